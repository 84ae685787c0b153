"""Values of events that no shape can say: words, plates, days and fields."""

from datetime import date, datetime, timedelta
from typing import Any

from wtforms.form import BaseForm

from chalicelib.domain.deadlines import day_of
from chalicelib.forms.application_fields import PlateNumberField
from chalicelib.forms.base import Form
from chalicelib.forms.fields import ChoiceField, TextField
from chalicelib.forms.problems import Problem

LONGEST_DEADLINE = timedelta(days=90)


class WordsField(TextField):
    """Words to an applicant."""

    limit = 500


class ReviewForm(Form):
    """審査完了: the plate of a new vehicle."""

    plate_number = PlateNumberField(required=False)


class WordsForm(Form):
    """お知らせ."""

    text = WordsField()


class CorrectableField(ChoiceField):
    """A field of the record that a correction can be about."""

    def __init__(self, *, choices: tuple[str, ...], **options: Any) -> None:
        super().__init__(choices=choices, **options)

    def problem(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """Nothing, or none that the applicant could put right."""
        return None if self.data else Problem("not_correctable_field")


def reason_form(correctable: tuple[str, ...] | None) -> type[Form]:
    """The form of one reason; with `correctable`, it has to name one of these fields."""
    members: dict[str, object] = {"text": WordsField()}
    if correctable is not None:
        members["field"] = CorrectableField(choices=correctable)
    return type("ReasonForm", (Form,), members)


def deadline_problem(due_on: date, now: datetime) -> Problem | None:
    """Not ahead, or too far ahead."""
    today = day_of(now)
    return None if today < due_on <= today + LONGEST_DEADLINE else Problem("day_not_ahead")

"""Values of events that no shape can say: words, plates, days and fields."""

from datetime import date, datetime, timedelta

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


class AboutField(ChoiceField):
    """What a reason is about: one of these fields of the record, where "" is one of them the application as a whole."""

    def problem(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """None of them."""
        if self.typed in self.choices:
            return None
        return Problem("unknown_choice" if "" in self.choices else "not_correctable_field")


def reason_form(about: tuple[str, ...]) -> type[Form]:
    """The form of one reason; it has to name one of these fields."""
    return type("ReasonForm", (Form,), {"text": WordsField(), "field": AboutField(choices=about)})


def deadline_problem(due_on: date, now: datetime) -> Problem | None:
    """Not ahead, or too far ahead."""
    today = day_of(now)
    return None if today < due_on <= today + LONGEST_DEADLINE else Problem("day_not_ahead")

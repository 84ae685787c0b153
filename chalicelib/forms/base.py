"""The form and field classes that all forms build on: WTForms without its messages, CSRF, widgets and labels."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import wtforms
from wtforms.validators import StopValidation

from chalicelib.forms.problems import Problem

_KEPT_CHARACTERS = 500


@dataclass(frozen=True)
class Condition:
    """When a field is asked for: while all of these fields hold these values."""

    choices: tuple[tuple[str, str], ...]

    def holds(self, form: wtforms.form.BaseForm) -> bool:
        """Whether it does, with what was typed."""
        return all(form[name].data == value for name, value in self.choices)


def required_if(**choices: str) -> Condition:
    """For a field's `required`: `required_if(kind="individual")`. While it does not hold, the field is not judged."""
    return Condition(tuple(choices.items()))


class Field(wtforms.Field):
    """One field: what was typed, converted, and at most one Problem.

    For templates: `name`, `data` (to be shown again), `errors`, `is_required` (badge 必須 or 任意), `is_ok` (badge OK),
    `input_type`, `inputmode`, `autocomplete`. A subclass says what it makes of a text (`take`) and what is wrong with
    that (`problem`).
    """

    errors: list[Problem]  # type: ignore[assignment]  # WTForms' stubs know only messages
    input_type = "text"
    inputmode = ""

    def __init__(self, *, required: bool | Condition = True, autocomplete: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.required = required
        self.autocomplete = autocomplete
        self.is_required = required is not False
        self.is_acceptable = False
        self.errors = []

    def is_asked(self, form: wtforms.form.BaseForm) -> bool:
        """Whether the field counts, given the others. One that does not keeps its text and is never complained of."""
        return not isinstance(self.required, Condition) or self.required.holds(form)

    def take(self, text: str) -> None:
        """Keep what was typed, or what a draft holds; "" when that is nothing."""
        raise NotImplementedError

    def problem(self, form: wtforms.form.BaseForm) -> Problem | None:
        """What is wrong with the field, or None."""
        raise NotImplementedError

    def process_data(self, value: str | None) -> None:
        """Called by WTForms with a draft's value."""
        self.take(value or "")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Called by WTForms when a form was sent; the list is empty when this field was not in it."""
        self.take(valuelist[0] if valuelist else "")

    def pre_validate(self, form: wtforms.form.BaseForm) -> None:
        """Called by WTForms; the problem becomes the field's only error."""
        problem = self.problem(form)
        self.is_acceptable = problem is None
        if problem and self.is_asked(form):
            raise StopValidation(problem)  # type: ignore[arg-type]  # see `errors`

    @property
    def value(self) -> str | None:
        """What a draft keeps of the field: None when nothing, "" when it was not acceptable."""
        return self.data if self.is_acceptable else ""

    @property
    def is_ok(self) -> bool:
        """Whether something was typed, judged and found fine."""
        return self.is_acceptable and not self.errors and bool(self.data)


class Form(wtforms.Form):
    """A form made of `Field`s.

    `typed` is a request's body; `values` prefills from a draft and is not looked at when something was typed.
    """

    def __init__(self, typed: Mapping[str, str] | None = None, *, values: Mapping[str, str] | None = None) -> None:
        super().__init__(None if typed is None else _Typed(typed), data=values)

    def fields(self) -> Iterator[Field]:
        """The fields in the order in which they were declared."""
        return (field for field in self if isinstance(field, Field))

    def values(self) -> dict[str, str]:
        """What a draft keeps, by field, after `validate`: no secrets; fields that were not asked for only if fine."""
        return {field.name: field.value for field in self.fields() if field.value is not None}

    def as_typed(self) -> dict[str, str]:
        """Everything that was typed, right or wrong, to be shown again: no secrets, nothing of absurd length."""
        texts = {field.name: field.data for field in self.fields() if field.value is not None}
        return {name: text for name, text in texts.items() if isinstance(text, str) and len(text) <= _KEPT_CHARACTERS}

    def problems(self) -> list[tuple[Field, Problem]]:
        """All that is to be put right, in the fields' order, for the error summary."""
        return [(field, problem) for field in self.fields() for problem in field.errors]


class _Typed(dict[str, str]):
    """A mapping as WTForms wants it."""

    def getlist(self, key: str) -> list[str]:
        return [self[key]] if key in self else []

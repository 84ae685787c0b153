"""Fields of 申請内容, shared by all who file and correct applications."""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

import jaconv
from wtforms.form import BaseForm

from chalicelib.domain.application_numbers import is_application_number
from chalicelib.domain.applications import Application
from chalicelib.domain.certificate_names import first_not_on_certificate
from chalicelib.domain.characters import display_of
from chalicelib.domain.offices import OFFICES
from chalicelib.domain.plates import plate_number_in
from chalicelib.domain.procedures import PROCEDURES, Procedure
from chalicelib.forms.base import Field, Form
from chalicelib.forms.fields import AsciiField, NameField, TextField
from chalicelib.forms.problems import Problem
from chalicelib.forms.text import to_ascii

_NOT_IN_CODES = re.compile("[^A-Z0-9-]")
_BETWEEN_PARTS = re.compile("[・.]+")
_CODE_LIMIT, _PLATE_LIMIT = 40, 20


class ApplicationNumberField(AsciiField):
    """受付番号, also with spaces and hyphens and in full width."""

    inputmode = "numeric"
    limit = _CODE_LIMIT

    def converted(self, text: str) -> str:
        """Digits alone, where nothing else was typed but what people put between them."""
        return super().converted(text).replace("-", "")

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """Not the form of a number; whether it is anybody's is never said."""
        return None if is_application_number(self.typed) else Problem("not_an_application_number")


class CodeField(AsciiField):
    """Chassis numbers, models, numbers of agents and documents: capitals, digits and hyphens."""

    limit = _CODE_LIMIT

    def converted(self, text: str) -> str:
        """Half-width capitals."""
        return super().converted(text).upper()

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """The first other character."""
        other = _NOT_IN_CODES.search(self.typed)
        return Problem("not_a_code", character=display_of(other.group())) if other else None


class PlateNumberField(TextField):
    """車両番号 in one line, with hyphens between its parts or without."""

    limit = _PLATE_LIMIT

    def converted(self, text: str) -> str:
        """Half-width, and without the dots that stand for absent digits."""
        plain = jaconv.kata2hira(to_ascii(text).upper().replace("ー", "-"))
        return _BETWEEN_PARTS.sub("", plain)

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """Not a plate; else `data` becomes what is stored."""
        plate = plate_number_in(self.typed)
        if plate is None:
            return Problem("not_a_plate_number")
        self.data = plate.text
        return None


class CertificateNameField(NameField):
    """A name that goes onto a certificate. `extended`: "yes" in 高水準文字, "no" beside such a field, "never" alone."""

    def __init__(self, *, extended: str, **options: Any) -> None:
        super().__init__(**options)
        self.extended = extended

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """The first character that no certificate can bear, with where else it could stand."""
        character = first_not_on_certificate(self.typed, is_extended=self.extended == "yes")
        if character is None:
            return None
        fits_beside = self.extended == "no" and first_not_on_certificate(character, is_extended=True) is None
        hint = "yes" if fits_beside else "never" if self.extended == "never" else "no"
        return Problem("not_on_certificate", character=display_of(character), extended=hint)


class OfficeField(AsciiField):
    """申請先: an office's code."""

    def converted(self, text: str) -> str:
        """Half-width capitals."""
        return super().converted(text).upper()

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """No office of ours."""
        return None if self.typed in OFFICES else Problem("unknown_office")


_Maker = Callable[[Procedure, bool], Any]


def _name(procedure: Procedure, required: bool) -> Any:  # noqa: FBT001 - as the table calls all of them
    has_extended = "user_name_extended" in PROCEDURES[procedure].fields
    return CertificateNameField(required=required, extended="no" if has_extended else "never")


def _extended_name(_procedure: Procedure, required: bool) -> Any:  # noqa: FBT001
    return CertificateNameField(required=required, extended="yes")


def _any_name(_procedure: Procedure, required: bool) -> Any:  # noqa: FBT001
    return NameField(required=required)


def _code(_procedure: Procedure, required: bool) -> Any:  # noqa: FBT001
    return CodeField(required=required)


_MAKERS: dict[str, _Maker] = {
    "plate_number": lambda _procedure, required: PlateNumberField(required=required),
    "office": lambda _procedure, required: OfficeField(required=required),
    "applicant_name": _any_name,
    "user_name": _name,
    "owner_name": _name,
    "user_name_extended": _extended_name,
    "owner_name_extended": _extended_name,
    "recording_agent_name": _any_name,
    "receiver_name": _any_name,
}


def record_fields(procedure: Procedure, names: Iterable[str]) -> dict[str, Field]:
    """Unbound fields for those of a record's `names`, required as the procedure has it."""
    required = PROCEDURES[procedure].required
    return {name: _MAKERS.get(name, _code)(procedure, name in required) for name in names}


_AGENT = ("recording_agent_number", "recording_agent_name")


class PairedForm(Form):
    """A form in which a recording agent has both a number and a name; `stored` is what the form does not ask for."""

    stored: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """All fields, and that both of the pair are there or neither."""
        is_valid = super().validate(extra_validators)
        for one, other in (_AGENT, _AGENT[::-1]):
            field, is_alone = self._fields.get(one), other not in self
            if not isinstance(field, Field) or field.errors or bool(field.data) == bool(self._text_of(other)):
                continue
            if not field.data or is_alone:
                field.errors = [Problem("required" if not field.data else "comes_with_the_other")]
                is_valid = False
        return is_valid

    def _text_of(self, name: str) -> str:
        return str(self[name].data) if name in self else self.stored.get(name, "")


class ReferenceField(CodeField):
    """A document's number, where a wrong one can still be put right."""

    def flaw(self, form: BaseForm) -> Problem | None:
        """As every code; and there is a digit in each."""
        if any(character.isdigit() for character in self.typed):
            return super().flaw(form)
        return super().flaw(form) or Problem("not_a_reference")


def record_form(application: Application) -> type[Form]:
    """What a correction opens: the fields that the office named, and no others."""
    fields = record_fields(application.procedure, application.fields_to_correct)
    required = PROCEDURES[application.procedure].required
    references = {name: ReferenceField(required=name in required) for name in fields if name.endswith("_reference")}
    return type("RecordForm", (PairedForm,), {**fields, **references, "stored": vars(application.record)})

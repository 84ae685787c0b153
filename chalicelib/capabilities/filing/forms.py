"""The values of an application as business software sends it, judged field by field."""

from typing import Any

from wtforms.form import BaseForm

from chalicelib.domain.procedures import PROCEDURES, RECORD_FIELDS, Procedure
from chalicelib.forms.addresses import EmailField
from chalicelib.forms.application_fields import PairedForm, record_fields
from chalicelib.forms.fields import TextField
from chalicelib.forms.passwords import NewPasswordField, PasswordForm
from chalicelib.forms.problems import Problem


class AbsentField(TextField):
    """A field of another procedure: it has to be empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """Anything."""
        return Problem("not_of_procedure")


class FilingForm(PairedForm, PasswordForm):
    """What every application has, whatever its procedure."""

    application_password = NewPasswordField()
    notification_email = EmailField(required=False)


def filing_form(procedure: Procedure) -> type[FilingForm]:
    """The form of an application of that procedure; fields of others are known, and have to be empty."""
    known = PROCEDURES[procedure].fields
    absent = {name: AbsentField() for name in RECORD_FIELDS if name not in known}
    return type("ProcedureForm", (FilingForm,), {**record_fields(procedure, known), **absent})

"""What may be sent to 二次元コード発行 (manual 2)."""

from wtforms.form import BaseForm

from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import RECEIVER_PURPOSES, Purpose
from chalicelib.domain.receivers import (
    begins_scrivener_number,
    has_scrivener_number,
    is_scrivener_number,
    with_scrivener_number,
)
from chalicelib.forms.base import required_if
from chalicelib.forms.fields import AsciiField, ChoiceField, NameField
from chalicelib.forms.passwords import NewPasswordField, PasswordForm
from chalicelib.forms.problems import Problem
from chalicelib.forms.secret_fields import SecretConfirmationField


class ReceiverNameField(NameField):
    """受取者名（証明書等管理業者名）: unique, and with a scrivener's number where one is begun."""

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """A number that was begun in brackets at the end, and does not have 8 digits."""
        if begins_scrivener_number(self.typed) and not has_scrivener_number(self.typed):
            return Problem("not_a_scrivener_number")
        return None


class ScrivenerNumberField(AsciiField):
    """行政書士個人の登録番号: put into brackets behind the name."""

    inputmode = "numeric"
    limit = 20

    def flaw(self, form: BaseForm) -> Problem | None:
        """Not 8 digits, or the name has a number already."""
        if not is_scrivener_number(self.typed):
            return Problem("not_a_scrivener_number")
        return Problem("number_stands_twice") if has_scrivener_number(form["receiver_name"].data) else None


class CodeForm(PasswordForm):
    """二次元コード発行."""

    purpose = ChoiceField(choices=[purpose.value for purpose in RECEIVER_PURPOSES])
    procedure = ChoiceField(
        choices=[procedure.value for procedure in Procedure],
        required=required_if(purpose=Purpose.AUTHENTICATION.value),
    )
    receiver_name = ReceiverNameField(autocomplete="organization")
    scrivener_number = ScrivenerNumberField(required=False)
    receiver_password = NewPasswordField()
    receiver_password_confirmation = SecretConfirmationField(of="receiver_password")

    def full_name(self) -> str:
        """The name with its number behind it, in the letters that are stored."""
        name, number = self.receiver_name.data, self.scrivener_number.data
        return with_scrivener_number(name, self.receiver_name.converted(number)) if number else name

"""What may be sent to the status enquiry."""

from wtforms.form import BaseForm

from chalicelib.domain.passcodes import PASSCODE_DIGITS
from chalicelib.forms.addresses import EmailField
from chalicelib.forms.application_fields import ApplicationNumberField
from chalicelib.forms.base import Form
from chalicelib.forms.fields import AsciiField
from chalicelib.forms.problems import Problem
from chalicelib.forms.secret_fields import SecretField


class NumberForm(Form):
    """状況照会ログイン: which application."""

    application_number = ApplicationNumberField()


class SignInForm(Form):
    """状況照会ログイン: its password."""

    application_password = SecretField()


class PasscodeRequestForm(Form):
    """To which address a passcode is mailed: the one that was named when the application was filed."""

    notification_email = EmailField()


class PasscodeField(AsciiField):
    """ワンタイムパスコード; never shown again."""

    inputmode = "numeric"

    def converted(self, text: str) -> str:
        """Digits alone, where nothing else was typed but what people put between them."""
        return super().converted(text).replace("-", "")

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """Not the form of a passcode: said like any wrong one."""
        is_one = len(self.typed) == PASSCODE_DIGITS and self.typed.isascii() and self.typed.isdigit()
        return None if is_one else Problem("passcode_wrong")


class PasscodeForm(Form):
    """The mailed passcode."""

    passcode = PasscodeField(autocomplete="one-time-code")

"""What may be sent to the sign-in, and to the screens that set passwords."""

from wtforms.form import BaseForm

from chalicelib.domain.accounts import suffix_of_payer_id
from chalicelib.forms.addresses import EmailField
from chalicelib.forms.base import Form
from chalicelib.forms.fields import AsciiField
from chalicelib.forms.passwords import NewPasswordField, PasswordForm
from chalicelib.forms.problems import Problem
from chalicelib.forms.secret_fields import SecretConfirmationField, SecretField


class PayerIdField(AsciiField):
    """納付利用者ID, also in lower case and full width."""

    def converted(self, text: str) -> str:
        """Half-width capitals."""
        return super().converted(text).upper()

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """Not the form of an ID; whether it is anybody's is never said."""
        return None if suffix_of_payer_id(self.typed) else Problem("not_a_payer_id")

    @property
    def id_suffix(self) -> str:
        """The suffix of an acceptable ID."""
        return suffix_of_payer_id(self.typed) or ""


class SignInForm(Form):
    """マイページログイン (manual 3, p. 4)."""

    payer_id = PayerIdField(autocomplete="username")
    payer_password = SecretField()


class PasswordChangeForm(PasswordForm):
    """パスワード変更 (manual 3, p. 9)."""

    payer_id = PayerIdField(autocomplete="username")
    current_password = SecretField()
    new_password = NewPasswordField()
    new_password_confirmation = SecretConfirmationField(of="new_password")


class ResetRequestForm(Form):
    """パスワード初期化: for whom the link is asked."""

    payer_id = PayerIdField(autocomplete="username")
    management_email = EmailField(autocomplete="email")


class NewPasswordForm(PasswordForm):
    """パスワード初期化: what the link lets set."""

    new_password = NewPasswordField()
    new_password_confirmation = SecretConfirmationField(of="new_password")


class FilerPasswordForm(PasswordForm):
    """一括利用者パスワード初期化."""

    payer_password = SecretField()
    filer_password = NewPasswordField()
    filer_password_confirmation = SecretConfirmationField(of="filer_password")


class PayerPasswordForm(Form):
    """The payer password alone, where a link asks for it."""

    payer_password = SecretField()

"""What may be sent to 本登録, and what it is worth."""

from collections.abc import Iterable, Mapping

from chalicelib.domain.passwords import PasswordRules
from chalicelib.domain.registrations import Registration
from chalicelib.forms.addresses import EmailConfirmationField, EmailField
from chalicelib.forms.passwords import NewPasswordField, PasswordForm
from chalicelib.forms.secret_fields import SecretConfirmationField


class DetailsForm(PasswordForm):
    """利用者ID 利用開始 本登録依頼の入力 (manual 1, p. 13–15)."""

    payer_password = NewPasswordField()
    payer_password_confirmation = SecretConfirmationField(of="payer_password")
    filer_password = NewPasswordField()
    filer_password_confirmation = SecretConfirmationField(of="filer_password")
    notification_email = EmailField(required=False, autocomplete="email")
    notification_email_confirmation = EmailConfirmationField(
        of="notification_email", required=False, autocomplete="email"
    )

    def secrets(self) -> dict[str, str]:
        """Both passwords, ready to be hashed."""
        return {"payer_password": self.payer_password.secret, "filer_password": self.filer_password.secret}


def details_form(
    registration: Registration,
    rules: PasswordRules,
    service_names: Iterable[str],
    typed: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
) -> DetailsForm:
    """The form for the holder of `registration`, whose own words no password may be."""
    notified = (typed or {}).get("notification_email", "")
    own_words = [*vars(registration.holder).values(), registration.management_email, notified, *service_names]
    return DetailsForm(typed, rules=rules, own_words=own_words, values=values)

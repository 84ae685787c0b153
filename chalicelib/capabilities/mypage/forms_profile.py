"""What may be sent to 利用者情報変更."""

from collections.abc import Mapping

from chalicelib.domain.accounts import Account
from chalicelib.domain.holders import Corporation, Holder, Individual
from chalicelib.forms.addresses import EmailField
from chalicelib.forms.base import Form
from chalicelib.forms.fields import KanaField, NameField


class IndividualForm(Form):
    """氏名とメールアドレス. A new address is confirmed through its link, so nothing is typed twice."""

    family_kana = KanaField()
    given_kana = KanaField()
    family_name = NameField(autocomplete="family-name")
    given_name = NameField(autocomplete="given-name")
    management_email = EmailField()
    notification_email = EmailField(required=False)


class CorporationForm(Form):
    """会社・団体名、代表者名とメールアドレス."""

    company_kana = KanaField()
    company_name = NameField(autocomplete="organization")
    representative_name = NameField(autocomplete="name")
    management_email = EmailField()
    notification_email = EmailField(required=False)


ProfileForm = IndividualForm | CorporationForm


def profile_form(
    account: Account, typed: Mapping[str, str] | None = None, values: Mapping[str, str] | None = None
) -> ProfileForm:
    """The form for an account of its kind, filled with what was typed, else with what is stored."""
    made = IndividualForm if isinstance(account.holder, Individual) else CorporationForm
    return made(typed, values=values or stored_values(account))


def stored_values(account: Account) -> dict[str, str]:
    """What is stored, by field."""
    return {
        **vars(account.holder),
        "management_email": account.management_email,
        "notification_email": account.notification_email or "",
    }


def holder_in(account: Account, values: Mapping[str, str]) -> Holder:
    """The holder in the kept values of a valid form; an account never changes its kind."""
    made = Individual if isinstance(account.holder, Individual) else Corporation
    return made(**{name: values[name] for name in vars(account.holder)})

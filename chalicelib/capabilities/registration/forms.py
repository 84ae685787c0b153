"""What may be sent to 仮登録, and what it is worth."""

from collections.abc import Mapping

from chalicelib.domain.holders import Corporation, Holder, Individual, Kind
from chalicelib.forms.addresses import EmailConfirmationField, EmailField
from chalicelib.forms.base import Form, required_if
from chalicelib.forms.fields import ChoiceField, ConsentField, KanaField, NameField

_INDIVIDUAL = required_if(kind=Kind.INDIVIDUAL.value)
_CORPORATION = required_if(kind=Kind.CORPORATION.value)


class ConsentForm(Form):
    """「同意する」."""

    consent = ConsentField()


class EntryForm(Form):
    """利用者ID 利用開始 仮登録依頼の入力 (manual 1, p. 6–8)."""

    email = EmailField(autocomplete="email")
    email_confirmation = EmailConfirmationField(of="email", autocomplete="email")
    kind = ChoiceField(choices=[kind.value for kind in Kind])
    family_kana = KanaField(required=_INDIVIDUAL)
    given_kana = KanaField(required=_INDIVIDUAL)
    family_name = NameField(required=_INDIVIDUAL, autocomplete="family-name")
    given_name = NameField(required=_INDIVIDUAL, autocomplete="given-name")
    company_kana = KanaField(required=_CORPORATION)
    company_name = NameField(required=_CORPORATION, autocomplete="organization")
    representative_name = NameField(required=_CORPORATION, autocomplete="name")


def holder_from(values: Mapping[str, str]) -> Holder:
    """The holder in the kept values of a valid `EntryForm`."""
    if values["kind"] == Kind.INDIVIDUAL:
        return Individual(
            family_kana=values["family_kana"],
            given_kana=values["given_kana"],
            family_name=values["family_name"],
            given_name=values["given_name"],
        )
    return Corporation(
        company_kana=values["company_kana"],
        company_name=values["company_name"],
        representative_name=values["representative_name"],
    )


def without_address(values: Mapping[str, str]) -> dict[str, str]:
    """The kept values for a second try with another address."""
    return {name: value for name, value in values.items() if name not in {"email", "email_confirmation"}}

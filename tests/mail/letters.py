"""One letter of each name, as the use cases post it."""

from chalicelib.domain.accounts import AddressRole
from chalicelib.domain.letters import Letter, LetterName
from chalicelib.domain.links import AddressLink, ResetLink, address_mark
from tests.builders import ADDRESS, NOW, a_letter

RESET_LINK = ResetLink("CA6288", 1, address_mark(ADDRESS), NOW)
ADDRESS_LINK = AddressLink("CA6288", AddressRole.MANAGEMENT, "mark-1")
A_MOMENT = "2019-09-24T00:55:50+00:00"
A_DAY_LATER = "2019-09-25T00:55:50+00:00"
AN_APPLICATION = {
    "application_number": "21122310500013045",
    "procedure": "continuation",
    "state": "inspection_fee_due",
    "due_on": "2022-01-06",
    "amount": "1500",
}
FACTS: dict[LetterName, dict[str, str]] = {
    LetterName.REGISTRATION_LINK: dict(a_letter().facts),
    LetterName.ADDRESS_FULL: dict(a_letter().facts),
    LetterName.REGISTRATION_COMPLETED: {
        "payer_id": "KNCA6288",
        "filer_id": "KICA6288",
        "completed_at": A_MOMENT,
    },
    LetterName.PASSWORD_RESET_LINK: {**RESET_LINK.facts(), "payer_id": "KNCA6288"},
    LetterName.PASSWORD_CHANGED: {
        "which": "payer",
        "payer_id": "KNCA6288",
        "filer_id": "KICA6288",
        "changed_at": A_MOMENT,
    },
    LetterName.ADDRESS_LINK: {**ADDRESS_LINK.facts(), "asked_at": A_MOMENT, "expires_at": A_DAY_LATER},
    LetterName.ADDRESS_CHANGE_ASKED: {"payer_id": "KNCA6288", "asked_at": A_MOMENT},
    LetterName.ADDRESS_CHANGED: {"payer_id": "KNCA6288", "role": "management", "changed_at": A_MOMENT},
    LetterName.DEBIT_ACCOUNT_CHANGED: {
        "payer_id": "KNCA6288",
        "debit_account_id": "KKAA0001",
        "change": "added",
        "changed_at": A_MOMENT,
    },
    LetterName.NEW_BROWSER: {
        "payer_id": "KNCA6288",
        "signed_in_at": A_MOMENT,
        "browser": "Firefox",
        "system": "Windows",
        "network": "203.0.113.…",
    },
    LetterName.APPLICATION_FILED: {**AN_APPLICATION, "reasons": ""},
    LetterName.APPLICATION_CHANGED: {**AN_APPLICATION, "event": "paid", "reasons_count": "0"},
    LetterName.APPLICATION_REMINDER: {**AN_APPLICATION, "days_left": "7"},
    LetterName.APPLICATION_PASSCODE: {
        "application_number": "21122310500013045",
        "procedure": "continuation",
        "passcode": "31415926",
        "expires_at": A_DAY_LATER,
    },
}
LANGUAGES = ("ja", "en")


def posted(name: LetterName, language: str = "ja", **facts: str) -> Letter:
    """The letter of this name, with other facts where a test says so."""
    return a_letter(name=name, language=language, facts={**FACTS[name], **facts})

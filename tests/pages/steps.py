"""What people do on the way to their IDs, one screen a function."""

from typing import Any

from tests.pages.visitor import Shown, Visitor

Typed = dict[str, Any]
"""What is typed, by field; handed on as keyword arguments, among which others have other types."""

ADDRESS = "hanako.canary@example.jp"
NOTIFICATION_ADDRESS = "shirase.canary@example.jp"
PAYER_PASSWORD = "violet kettle hums at dawn"
FILER_PASSWORD = "seven umbrellas under a piano"
INDIVIDUAL: Typed = {
    "email": ADDRESS,
    "email_confirmation": ADDRESS,
    "kind": "individual",
    "family_kana": "カナリヤマ",
    "given_kana": "ハナコ",
    "family_name": "金糸雀山",
    "given_name": "花子",
}
CORPORATION: Typed = {
    "email": ADDRESS,
    "email_confirmation": ADDRESS,
    "kind": "corporation",
    "company_kana": "カナリヤショウカイ",
    "company_name": "金糸雀商会",
    "representative_name": "金糸雀　次郎",
}
NOTIFICATION: Typed = {
    "notification_email": NOTIFICATION_ADDRESS,
    "notification_email_confirmation": NOTIFICATION_ADDRESS,
}
DETAILS: Typed = {
    "payer_password": PAYER_PASSWORD,
    "payer_password_confirmation": PAYER_PASSWORD,
    "filer_password": FILER_PASSWORD,
    "filer_password_confirmation": FILER_PASSWORD,
}


def consent(visitor: Visitor) -> Shown:
    """To the entry."""
    visitor.get("/registration")
    return visitor.submit(consent="yes")


def fill_in(visitor: Visitor, *, expect: int = 200, **typed: str) -> Shown:
    """To the check page, if nothing is wrong."""
    consent(visitor)
    return visitor.submit(expect=expect, **{**INDIVIDUAL, **typed})


def register(visitor: Visitor, **typed: Any) -> Shown:
    """To the page that says a mail is on its way."""
    fill_in(visitor, **typed)
    return visitor.submit()


def open_link(visitor: Visitor, **typed: Any) -> Shown:
    """To the entry behind the link."""
    register(visitor, **typed)
    visitor.portal.deliver_letters()
    return visitor.get(visitor.portal.newest_link())


def fill_in_details(visitor: Visitor, *, expect: int = 200, **typed: str) -> Shown:
    """To the check page of the confirmation."""
    open_link(visitor)
    return visitor.submit(expect=expect, **{**DETAILS, **typed})


def complete(visitor: Visitor, **typed: Any) -> Shown:
    """To both IDs."""
    fill_in_details(visitor, **typed)
    return visitor.submit()

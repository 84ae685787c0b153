"""People with an account: examples that the portal comes with, and what becomes of them for the tests of a worker."""

import re
import time
from dataclasses import dataclass

from tests.browser.visitor import PASSWORDS, Visitor

LOGIN, HOME = "/mypage/login", "/mypage"
TREASURY, LOCAL_TAX = "/mypage/treasury-accounts", "/mypage/local-tax-accounts"
BULK_FILE = "/mypage/bulk-payment-file"
WRONG = "wrong password of nobody"
BANK = {
    "holder_kana": "ミホンウンソウ",
    "bank_name": "0001",
    "branch_name": "001",
    "deposit_type": "ordinary",
    "account_number": "1234567",
}
_ID = re.compile(r"KN[A-Z]{2}[0-9]{4}")
_SESSION = ("session", "browser")
# Well within the thirty minutes that a session waits.
_KEPT_SECONDS = 900


@dataclass(frozen=True)
class Member:
    """Who can sign in."""

    payer_id: str
    password: str
    email: str


def _example(visitor: Visitor, payer_id: str) -> Member:
    found = next(one for one in visitor.portal.examples["accounts"] if one["payer_id"] == payer_id)
    return Member(payer_id, found["payer_password"], found["management_email"])


def somebody(visitor: Visitor) -> Member:
    """個人 who never used anything; tests leave it so."""
    return _example(visitor, "KNCA6288")


def traveller(visitor: Visitor) -> Member:
    """個人 for whole journeys, which leave behind what they like, but not another password."""
    return _example(visitor, "KNEC2048")


def expired(visitor: Visitor) -> Member:
    """Whose password is too old."""
    return _example(visitor, "KNFD3061")


def owner_of_many(visitor: Visitor) -> Member:
    """法人 with 2,000 debit accounts and an address that waits to be confirmed."""
    return _example(visitor, "KNHF2000")


def newcomer(visitor: Visitor) -> Member:
    """Somebody new, whom no other test knows."""
    visitor.finish()
    found = _ID.search(visitor.page.request.get(f"{visitor.portal.address}/confirmation/done").text())
    assert found
    return Member(found[0], PASSWORDS["payer_password"], visitor.email)


def try_password(visitor: Visitor, member: Member, password: str) -> int:
    """Send the sign-in; the answer's status, 303 when the password opened something."""
    typed = {"payer_id": member.payer_id, "payer_password": password}
    return visitor.post(LOGIN, typed, follows=0).status


def enter(visitor: Visitor, member: Member) -> None:
    """Be signed in. A worker signs in once for each account: comparing passwords is meant to take long."""
    cookies, kept = visitor.page.context, visitor.portal.kept
    cookies.clear_cookies(name="session")
    signed_in_at, session = kept.get(member.payer_id, (0.0, []))
    if session and time.monotonic() - signed_in_at < _KEPT_SECONDS:
        cookies.add_cookies(session)
        return
    assert try_password(visitor, member, member.password) == 303
    session = [one for one in cookies.cookies() if one.get("name") in _SESSION]
    kept[member.payer_id] = (time.monotonic(), session)


def enter_anew(visitor: Visitor, member: Member) -> None:
    """Be signed in since this moment."""
    visitor.portal.kept.pop(member.payer_id, None)
    enter(visitor, member)


def add_debit_account(visitor: Visitor, path: str, **other: str) -> str:
    """One more; the answer is its path."""
    check = visitor.fill(f"{path}/new", **{**BANK, **other})
    shown = visitor.fill_next(check)
    assert shown.ok
    return shown.url.removeprefix(visitor.portal.address).partition("?")[0]


def company(visitor: Visitor) -> Member:
    """法人, signed in, of which everything was used: debit accounts of both kinds, a bulk file, a new address."""
    member = _example(visitor, "KNDB1024")
    enter(visitor, member)
    if "company" not in visitor.portal.kept:
        for path in (TREASURY, LOCAL_TAX):
            for number in ("7654321", "12345"):
                add_debit_account(visitor, path, account_number=number)
        assert visitor.fill(BULK_FILE).ok
        for address in (DEAD, WAITING):
            _ask_for_address(visitor, address)
        visitor.portal.kept["company"] = member
    return member


# The link to the first dies when the second is asked for.
DEAD, WAITING = "first.office@example.jp", "second.office@example.jp"


def _ask_for_address(visitor: Visitor, address: str) -> None:
    names = {"company_kana": "ミホンウンソウ", "company_name": "見本運送株式会社", "representative_name": "見本　一郎"}
    addresses = {"management_email": "office@example.jp", "notification_email": address}
    assert visitor.fill_next(visitor.fill("/mypage/profile", **names, **addresses)).ok


def veteran(visitor: Visitor) -> Member:
    """Somebody in whose history every result of a try stands, signed in."""
    kept = visitor.portal.kept
    if "veteran" not in kept:
        kept["veteran"] = _with_history(visitor)
    enter(visitor, kept["veteran"])
    return kept["veteran"]  # type: ignore[no-any-return]


def _with_history(visitor: Visitor) -> Member:
    member = newcomer(visitor)
    with visitor.portal.later("61d"):
        try_password(visitor, member, member.password)
        for _ in range(6):
            assert try_password(visitor, member, WRONG) == 422
        set_password_by_link(visitor, member, member.password)
    return member


def reset_path(visitor: Visitor, member: Member) -> str:
    """Ask for a link to a new password; the path behind it."""
    letters = len(visitor.portal.mails_to(member.email))
    assert visitor.fill("/mypage/password-reset", payer_id=member.payer_id, management_email=member.email).ok
    visitor.portal.wait_for_mails(member.email, letters + 1)
    return visitor.portal.mailed_path(member.email)


def set_password_by_link(visitor: Visitor, member: Member, password: str) -> None:
    """Forget the password, and set another one."""
    typed = {"new_password": password, "new_password_confirmation": password}
    assert visitor.fill(reset_path(visitor, member), **typed).ok

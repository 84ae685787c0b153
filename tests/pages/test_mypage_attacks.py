"""What people with bad intentions, or bad luck, send to My Page."""

from typing import Any

import pytest

from app import app
from chalicelib.domain.accounts import Account
from chalicelib.domain.address_loads import ACCOUNTS_PER_ADDRESS
from tests.builders import PAYER_PASSWORD
from tests.pages.mypage_steps import BANK, HOME, LOCAL_TAX, LOGIN, TREASURY, sign_in, signed_in, store_account
from tests.pages.portal import OpenPortal
from tests.pages.visitor import BROWSER_HEADERS, Visitor

STRANGERS_ADDRESS = "stranger.canary@example.jp"
NASTY = ("", "x" * 5000, "\x00", "😀", "１２３", "'\"<script>", "\u202e", "Q" * 32)
FIELDS = (
    *("payer_id", "payer_password", "current_password", "new_password", "new_password_confirmation", "key", "form"),
    *("management_email", "notification_email", "family_kana", "given_kana", "family_name", "given_name", "version"),
    *("submission_id", "holder_kana", "bank_name", "bank_code", "branch_name", "branch_code", "deposit_type"),
    *("account_number", "debit_account_id", "search", "filer_password", "filer_password_confirmation"),
)
SENT = sorted(path for path, methods in app.routes.items() if path.startswith(HOME) and "POST" in methods)
READ = sorted(path for path, methods in app.routes.items() if path.startswith(HOME) and "GET" in methods)


def _token(visitor: Visitor) -> str:
    return visitor.page.form().values["csrf_token"]


def _kept_profile(visitor: Visitor) -> str:
    visitor.get("/mypage/profile")
    visitor.submit("/mypage/profile", family_name="鶴")
    return visitor.page.form("/mypage/profile/check").values["form"]


@pytest.mark.parametrize("path", [f"{TREASURY}/check", f"{LOCAL_TAX}/check"])
def test_a_kept_form_opens_on_its_own_screen_only(visitor: Visitor, path: str) -> None:
    signed_in(visitor)
    visitor.get(f"{path}?form={_kept_profile(visitor)}", expect=410)
    assert visitor.page.outcome == "draft_gone"


def test_a_form_of_one_kind_stores_nothing_of_the_other(visitor: Visitor) -> None:
    signed_in(visitor)
    visitor.get(f"{TREASURY}/new")
    visitor.submit(f"{TREASURY}/new", **BANK)
    fields = visitor.page.form(f"{TREASURY}/check").values
    visitor.post(f"{LOCAL_TAX}/check", fields, expect=410)


def test_nobody_fills_in_a_form_for_somebody_else(visitor: Visitor, stranger: Visitor) -> None:
    account = store_account(visitor.portal)
    stranger.get(LOGIN)
    planted = {"csrf_token": _token(stranger), "signed_in_as": account.id_suffix, "version": "1"}
    stranger.post("/mypage/profile", {**planted, "management_email": STRANGERS_ADDRESS})
    name = next(value for cookie, value in stranger.cookies.items() if cookie.endswith("kept"))
    sign_in(visitor, account)
    visitor.get(f"/mypage/profile?form={name}")
    assert STRANGERS_ADDRESS not in visitor.page.body


def _address_link(visitor: Visitor, address: str) -> str:
    visitor.get("/mypage/profile")
    visitor.submit("/mypage/profile", management_email=address)
    visitor.submit("/mypage/profile/check")
    portal = visitor.portal
    portal.deliver_letters()
    start = f"{portal.settings.base_url}/mypage/address?key="
    key = next(words.text.partition(start)[2].split()[0] for words in portal.sender.read if start in words.text)
    portal.discretion.tokens.add(key)
    return f"/mypage/address?key={key}"


def test_an_address_that_is_full_locks_nobody_out(portal: OpenPortal, visitor: Visitor) -> None:
    account = signed_in(visitor)
    link = _address_link(visitor, STRANGERS_ADDRESS)
    for _ in range(ACCOUNTS_PER_ADDRESS):
        with portal.world().begin() as work:
            work.addresses.count_account(STRANGERS_ADDRESS)
    for _ in range(6):
        visitor.get(link)
        visitor.submit("/mypage/address", payer_password=PAYER_PASSWORD, expect=409)
    assert visitor.page.outcome == "address_full"
    visitor.cookies.clear()
    assert sign_in(visitor, account).path == HOME


@pytest.mark.parametrize("back", ["------__evil_example", "------_mypage_.._x", "KNAB12_mypage", "------_static_css"])
def test_the_way_back_never_leads_elsewhere(visitor: Visitor, back: str) -> None:
    account = store_account(visitor.portal)
    prefix = "__Host-" if visitor.portal.settings.has_tls else ""
    visitor.cookies[f"{prefix}back"] = back
    assert sign_in(visitor, account).path == HOME


def _answer(portal: OpenPortal, visitor: Visitor, path: str, fields: dict[str, Any]) -> int:
    body = "&".join(f"{name}={_quoted(value)}" for name, value in fields.items()).encode()
    return portal.answer("POST", path, {**BROWSER_HEADERS, "Cookie": visitor.cookie_header()}, body)[0]


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


@pytest.mark.parametrize("nasty", NASTY)
def test_whatever_is_sent_is_answered(portal: OpenPortal, visitor: Visitor, nasty: str) -> None:
    account: Account = signed_in(visitor)
    own = {"csrf_token": _token(visitor), "signed_in_as": account.id_suffix}
    for path in SENT:
        address = path.replace("{debit_id}", "KKAA0001")
        if path != "/mypage/logout":
            assert _answer(portal, visitor, address, {**dict.fromkeys(FIELDS, nasty), **own}) < 500


@pytest.mark.parametrize("nasty", NASTY)
def test_whatever_is_asked_for_is_answered(portal: OpenPortal, visitor: Visitor, nasty: str) -> None:
    signed_in(visitor)
    query = "&".join(f"{name}={_quoted(nasty)}" for name in ("form", "after", "before", "key", "query", "done"))
    for path in READ:
        address = path.replace("{debit_id}", "KKAA0001").replace("{bank_code}", "0001")
        answered = portal.answer("GET", f"{address}?{query}", {"Cookie": visitor.cookie_header()}, b"")
        assert answered[0] < 500
        assert "QQQQ" not in answered[2] or "csrf_token" not in answered[2]

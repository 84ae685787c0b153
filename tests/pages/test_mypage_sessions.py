"""Being signed in: how it ends, and that nothing typed is lost with it."""

from datetime import timedelta

import pytest

from app import app
from chalicelib.domain.debit_accounts import DebitKind
from tests.pages.mypage_steps import HOME, LOGIN, NEW_PASSWORD, TREASURY, hold, sign_in, signed_in, store_account
from tests.pages.portal import OpenPortal
from tests.pages.visitor import Visitor

PUBLIC = {
    LOGIN,
    "/mypage/logout",
    "/mypage/signed-out",
    "/mypage/session",
    "/mypage/password",
    "/mypage/password/changed",
    "/mypage/password-reset",
    "/mypage/password-reset/new",
    "/mypage/password-reset/sent",
    "/mypage/address",
    "/mypage/address/confirmed",
    "/mypage/banks",
    "/mypage/banks/{bank_code}/branches",
}
CLOSED = sorted(
    (method, path)
    for path, methods in app.routes.items()
    for method in methods
    if path.startswith(HOME) and path not in PUBLIC and method != "HEAD"
)


def _cookie(visitor: Visitor) -> str:
    return next(name for name in visitor.cookies if name.endswith("session"))


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_every_page_of_my_page_asks_for_the_sign_in_first(visitor: Visitor, method: str, path: str) -> None:
    visitor.get(LOGIN)
    before = visitor.portal.store.snapshot()
    address = path.replace("{debit_id}", "KKAA0001")
    if method == "GET":
        visitor.get(address)
        assert visitor.portal.store.snapshot() == before
    else:
        visitor.post(address, {"csrf_token": visitor.page.form().values["csrf_token"]})
    assert visitor.page.path == LOGIN


def test_thirty_minutes_without_a_request_end_it_to_the_second(visitor: Visitor) -> None:
    signed_in(visitor)
    visitor.portal.clock.move(timedelta(minutes=30) - timedelta(seconds=1))
    assert visitor.get(HOME).path == HOME
    visitor.portal.clock.move(timedelta(minutes=30))
    assert visitor.get(HOME).path == LOGIN


def test_eight_hours_end_it_however_busy_it_is(visitor: Visitor) -> None:
    signed_in(visitor)
    for _ in range(8 * 3 - 1):
        visitor.portal.clock.move(timedelta(minutes=20))
        assert visitor.get(HOME).path == HOME
    visitor.portal.clock.move(timedelta(minutes=20))
    assert visitor.get(HOME).path == LOGIN


def test_signing_out_ends_it_for_a_copied_cookie_too(visitor: Visitor, stranger: Visitor) -> None:
    signed_in(visitor)
    stranger.cookies.update(visitor.cookies)
    visitor.submit("/mypage/logout")
    assert visitor.page.path == "/mypage/signed-out"
    assert stranger.get(HOME).path == LOGIN


@pytest.mark.parametrize("flaw", ["forged", "cut", "empty", "of another kind"])
def test_a_cookie_that_is_none_of_ours_is_no_session(visitor: Visitor, flaw: str) -> None:
    signed_in(visitor)
    name = _cookie(visitor)
    good = visitor.cookies[name]
    other = "A" if good[-2] != "A" else "B"
    bad = {"forged": f"{good[:-2]}{other}{good[-1]}", "cut": good[:-1], "empty": "", "of another kind": "x" * 32}
    visitor.cookies[name] = bad[flaw]
    assert visitor.get(HOME).path == LOGIN


def test_a_new_password_ends_every_session(visitor: Visitor, stranger: Visitor) -> None:
    account = signed_in(visitor)
    sign_in(stranger, account)
    visitor.get("/mypage/password")
    visitor.submit(
        "/mypage/password",
        current_password="payer password of samples",
        new_password=NEW_PASSWORD,
        new_password_confirmation=NEW_PASSWORD,
    )
    assert stranger.get(HOME).path == LOGIN


def test_what_was_typed_comes_back_after_signing_in_again(visitor: Visitor) -> None:
    account = signed_in(visitor)
    visitor.get("/mypage/profile")
    visitor.portal.clock.move(timedelta(minutes=31))
    visitor.submit("/mypage/profile", family_name="鶴")
    assert visitor.page.path == LOGIN
    visitor.submit(LOGIN, payer_id=account.payer_id, payer_password="payer password of samples")
    assert visitor.page.path.startswith("/mypage/profile?")
    assert visitor.page.form("/mypage/profile").values["family_name"] == "鶴"


def test_a_check_page_comes_back_after_signing_in_again(visitor: Visitor) -> None:
    account = signed_in(visitor)
    visitor.get("/mypage/profile")
    visitor.submit("/mypage/profile", family_name="鶴")
    visitor.portal.clock.move(timedelta(minutes=31))
    visitor.submit("/mypage/profile/check")
    visitor.submit(LOGIN, payer_id=account.payer_id, payer_password="payer password of samples")
    assert "鶴" in visitor.page.text
    visitor.submit("/mypage/profile/check")
    assert visitor.page.path.startswith("/mypage/profile/done")


def test_somebody_else_who_signs_in_sees_nothing_of_it(visitor: Visitor) -> None:
    signed_in(visitor)
    other = store_account(visitor.portal, id_suffix="AB1234")
    visitor.get("/mypage/profile")
    visitor.portal.clock.move(timedelta(minutes=31))
    visitor.submit("/mypage/profile", family_name="鶴")
    visitor.submit(LOGIN, payer_id=other.payer_id, payer_password="payer password of samples")
    assert visitor.page.path == HOME
    assert "鶴" not in visitor.page.body


def test_the_page_that_was_asked_for_comes_after_the_sign_in(visitor: Visitor) -> None:
    account = store_account(visitor.portal)
    hold(visitor.portal, account, DebitKind.TREASURY, 1)
    visitor.get(f"{TREASURY}/KKAA0001")
    visitor.submit(LOGIN, payer_id=account.payer_id, payer_password="payer password of samples")
    assert visitor.page.path == f"{TREASURY}/KKAA0001"


def test_a_form_of_one_account_changes_nothing_of_another(visitor: Visitor) -> None:
    signed_in(visitor)
    other = store_account(visitor.portal, id_suffix="AB1234")
    visitor.get("/mypage/profile")
    old_page = visitor.page
    tab = visitor.another_tab()
    tab.get(HOME)
    tab.submit("/mypage/logout")
    sign_in(tab, other)
    visitor.page = old_page
    before = visitor.portal.store.snapshot()
    visitor.submit("/mypage/profile", family_name="鶴", expect=409)
    assert visitor.page.outcome == "another_account"
    assert visitor.portal.store.snapshot() == before


def test_the_dialogs_script_is_told_how_long_it_lasts(portal: OpenPortal, visitor: Visitor) -> None:
    signed_in(visitor)
    token = visitor.page.form().values["csrf_token"]
    portal.clock.move(timedelta(minutes=29))
    body = portal.answer(
        "POST",
        "/mypage/session",
        {"Content-Type": "application/x-www-form-urlencoded", "Cookie": visitor.cookie_header()},
        f"csrf_token={token}".encode(),
    )[2]
    assert body == '{"seconds_left": 1800, "can_go_on": true}'

"""Issuing codes by hand, and a single vehicle's from the status page to the hand-over, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import keyboard
from tests.browser.code_states import ISSUE
from tests.browser.conftest import Arrive
from tests.browser.enquirers import APPLICATION, entered
from tests.browser.inspection import DESK, NARROWEST, PHONE, fits
from tests.browser.officers import CLERK, serve
from tests.browser.programs import CONTINUATION, look
from tests.browser.receivers import (
    AUTHENTICATION,
    ENROLMENT,
    ISSUING,
    PASSWORD_CHANGE,
    QUESTION,
    READY,
    RECEIVER_PASSWORD,
    SINGLE,
    issued,
    lying,
    new_name,
    read,
)
from tests.browser.steps import follow
from tests.browser.visitor import Visitor

BOTH_WIDTHS = pytest.mark.parametrize(
    ("width", "has_scripts"), [(DESK, True), (PHONE, False)], ids=["desk-scripts", "phone-plain"]
)
PASSWORDS = {"receiver_password": RECEIVER_PASSWORD, "receiver_password_confirmation": RECEIVER_PASSWORD}
SINGLE_HEADING = "受取者認証兼受取車両個別申告用二次元コード"
_PROCEDURE = "[name=procedure]"


def _choose(visitor: Visitor, purpose: str) -> None:
    visitor.page.check(f"[name=purpose][value={purpose}]")


def _read(visitor: Visitor) -> str:
    return read(visitor.page.locator(".qr-code").screenshot())


@BOTH_WIDTHS
def test_a_code_is_issued_by_hand(arrive: Arrive, width: int, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(width, has_scripts=has_scripts)
    visitor.open(ISSUING)
    _choose(visitor, AUTHENTICATION)
    visitor.type({"receiver_name": "見本ABC事務所", "scrivener_number": "1234567", **PASSWORDS})
    assert visitor.press(ISSUE).status == 422
    expect(visitor.page.locator("[name=receiver_name]")).to_have_value(re.compile("見本"))
    expect(visitor.page.locator(f"[name=purpose][value={AUTHENTICATION}]")).to_be_checked()
    visitor.page.check(f"{_PROCEDURE}[value={CONTINUATION}]")
    visitor.type({"scrivener_number": "１２３４５６７８", **PASSWORDS})
    visitor.press(ISSUE)
    key = visitor.path.rpartition("/")[2]
    ticket = visitor.page.locator(".ticket")
    expect(ticket.get_by_role("heading")).to_have_text("認証用二次元コード")
    for words in ("継続検査", "見本ＡＢＣ事務所（１２３４５６７８）"):
        expect(ticket.get_by_text(words, exact=True)).to_be_visible()
    assert visitor.page.locator(".ticket-key").inner_text().split() == re.findall("....", key)
    assert re.fullmatch("MDG1[A-Z2-7]{135}", _read(visitor))
    expect(visitor.page.get_by_role("button", name="印刷", exact=True)).to_be_visible(visible=has_scripts)
    follow(visitor, "終了")
    assert visitor.path == "/"


def test_the_procedure_is_asked_for_only_where_it_counts(visitor: Visitor) -> None:
    visitor.open(ISSUING)
    procedures = visitor.page.locator(_PROCEDURE)
    for purpose, count in ((ENROLMENT, 0), (AUTHENTICATION, 2), (PASSWORD_CHANGE, 0)):
        _choose(visitor, purpose)
        assert sum(one.is_visible() for one in procedures.all()) == count, purpose


def test_a_code_is_issued_with_the_keys_alone(visitor: Visitor) -> None:
    visitor.open(ISSUING)
    keyboard.tab_to(visitor, visitor.page.locator("[name=purpose]").first)
    visitor.page.keyboard.press("ArrowDown")
    keyboard.tab_to(visitor, visitor.page.locator(_PROCEDURE).first)
    visitor.page.keyboard.press("Space")
    keyboard.write(visitor, {"receiver_name": new_name(), **PASSWORDS})
    keyboard.enter(visitor, "button", ISSUE)
    expect(visitor.page.locator(".ticket").get_by_role("heading")).to_have_text("認証用二次元コード")


def test_a_double_click_and_a_way_back_give_one_code(visitor: Visitor) -> None:
    visitor.open(ISSUING)
    _choose(visitor, ENROLMENT)
    visitor.type({"receiver_name": new_name(), **PASSWORDS})
    visitor.page.get_by_role("button", name=ISSUE).dblclick(no_wait_after=True)
    expect(visitor.page.locator(".ticket")).to_be_visible()
    assert visitor.posts.count(ISSUING) == 1
    first = visitor.path
    visitor.page.reload()
    assert visitor.path == first
    expect(visitor.page.locator(".ticket")).to_be_visible()


def test_only_the_browser_that_issued_a_code_shows_it_and_not_for_long(visitor: Visitor, arrive: Arrive) -> None:
    path = f"{ISSUING}/{issued(visitor, ENROLMENT, new_name()).key}"
    assert visitor.open(path).ok
    assert arrive().open(path).status == 410
    with visitor.portal.later("30m"):
        assert visitor.open(path).status == 410
    follow(visitor, "二次元コードを発行する")
    assert visitor.path == ISSUING


@BOTH_WIDTHS
def test_a_single_vehicle_is_collected_with_its_own_code(arrive: Arrive, width: int, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(width, has_scripts=has_scripts)
    one = entered(visitor, CONTINUATION, READY, receiver_name=new_name())
    visitor.open(APPLICATION)
    expect(visitor.page.locator(".record").get_by_text("受取者（証明書等管理業者）認証用二次元コード")).to_be_visible()
    follow(visitor, f"{SINGLE_HEADING}の発行")
    assert visitor.path == QUESTION
    follow(visitor, "戻る")
    follow(visitor, f"{SINGLE_HEADING}の発行")
    visitor.press(ISSUE)
    assert visitor.path == SINGLE
    expect(visitor.page.locator(".ticket").get_by_role("heading")).to_have_text(SINGLE_HEADING)
    expect(visitor.page.locator(".ticket").get_by_text(one.grouped, exact=True)).to_be_visible()
    text = _read(visitor)
    follow(visitor, "戻る")
    expect(visitor.page.locator(".record").get_by_text(SINGLE_HEADING)).to_be_visible()
    follow(visitor, "二次元コードを表示する")
    assert _read(visitor) == text
    serve(visitor, text, CLERK)
    visitor.press("渡しました")
    assert look(visitor.portal, one.number)["state"] == "returned"
    assert visitor.open(SINGLE).status == 409
    visitor.open(APPLICATION)
    expect(visitor.page.get_by_text("交付物の受け取りは済んでいます。")).to_be_visible()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_large_letters_fit_the_pages_of_codes_in_the_narrowest_window(arrive: Arrive, language: str) -> None:
    visitor = arrive(NARROWEST)
    paths = [ISSUING, f"{ISSUING}/{issued(visitor, AUTHENTICATION, new_name()).key}"]
    for path in paths:
        visitor.open(f"{path}?size=large&lang={language}")
        fits(visitor)
    for text in (issued(visitor, ENROLMENT, new_name()).text, lying(visitor).text):
        serve(visitor, text, language=language)
        fits(visitor)

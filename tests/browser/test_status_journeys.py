"""状況照会 from the number to 「終了」, for everybody and in every window."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Arrive
from tests.browser.enquirers import (
    APPLICATION,
    CHECK,
    CORRECTION,
    NUMBER,
    PASSCODE_ENTRY,
    SIGN_IN,
    WITHDRAWAL,
    WRONG,
    Filed,
    asked,
    enter,
    entered,
    filed,
    in_correction,
    try_password,
)
from tests.browser.inspection import DESK, PHONE, fits
from tests.browser.programs import CONTINUATION, NEW_VEHICLE, PASSWORD, tell
from tests.browser.steps import follow
from tests.browser.visitor import Visitor

BOTH_WIDTHS = pytest.mark.parametrize(
    ("width", "has_scripts"), [(DESK, True), (PHONE, False)], ids=["desk-scripts", "phone-plain"]
)
_FULL_WIDTH = str.maketrans("0123456789 ", "０１２３４５６７８９　")
_PASSCODE = re.compile(r"^[0-9]{8}$", re.MULTILINE)
LOCKING = 5


def _fits(visitor: Visitor) -> None:
    with visitor.measuring():
        fits(visitor)


def _follow_the_turn(visitor: Visitor, link: str) -> None:
    with visitor.page.expect_navigation():
        visitor.page.locator(".turn").get_by_role("link", name=link).click()


def _state(visitor: Visitor) -> str:
    return visitor.page.locator(".record .chip").first.inner_text()


def _come_in(visitor: Visitor, one: Filed) -> None:
    """From the front page, with a number as some people type it, and a password that is wrong at first."""
    visitor.open("/")
    follow(visitor, "状況を照会する")
    visitor.type({"application_number": one.grouped.translate(_FULL_WIDTH)})
    visitor.press("次へ")
    assert visitor.path == SIGN_IN
    expect(visitor.page.get_by_text(one.grouped)).to_be_visible()
    visitor.type({"application_password": WRONG})
    assert visitor.press("ログイン").status == 422
    expect(visitor.page.get_by_text(one.grouped)).to_be_visible()
    visitor.type({"application_password": PASSWORD})
    visitor.press("ログイン")
    assert visitor.path == APPLICATION


def _correct(visitor: Visitor) -> None:
    """With an error at first, and a second thought at the check."""
    visitor.type({"chassis_number": "鶴", "user_name": "見本　次郎"})
    assert visitor.press("確認へ進む").status == 422
    expect(visitor.page.locator("[name=user_name]")).to_have_value("見本　次郎")
    visitor.type({"chassis_number": "ａｘ０１－0000002"})
    visitor.press("確認へ進む")
    assert visitor.path == CHECK
    follow(visitor, "修正する")
    expect(visitor.page.locator("[name=chassis_number]")).to_have_value("AX01-0000002")
    visitor.type({"chassis_number": "AX01-0000003"})
    visitor.press("確認へ進む")
    expect(visitor.page.get_by_text("変更前：AX01-0000001")).to_be_visible()
    _fits(visitor)
    visitor.press("この内容で送信する")


@BOTH_WIDTHS
def test_an_application_is_looked_up_and_corrected(arrive: Arrive, width: int, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(width, has_scripts=has_scripts)
    _come_in(visitor, filed(visitor, CONTINUATION, "inspection_correction"))
    _fits(visitor)
    _follow_the_turn(visitor, "申請を補正する")
    assert visitor.path == CORRECTION
    _correct(visitor)
    assert visitor.path == APPLICATION
    assert _state(visitor) == "検査申請審査中"
    for words in ("AX01-0000003", "見本　次郎"):
        expect(visitor.page.locator(".record").get_by_text(words, exact=True)).to_be_visible()
    expect(visitor.page.get_by_role("link", name="申請を補正する")).to_have_count(0)
    visitor.page.locator("#main").get_by_role("button", name="終了").click()
    visitor.page.wait_for_url("**/status/signed-out")
    visitor.open(APPLICATION)
    assert visitor.path == NUMBER


@BOTH_WIDTHS
def test_an_application_is_withdrawn_once_somebody_is_sure(arrive: Arrive, width: int, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(width, has_scripts=has_scripts)
    is_bulk = has_scripts
    entered(visitor, NEW_VEHICLE, "inspection_fee_bulk" if is_bulk else "inspection_correction")
    visitor.open(APPLICATION)
    state = _state(visitor)
    _follow_the_turn(visitor, "申請を取り下げる")
    expect(visitor.page.get_by_text("取り下げると、元に戻せません")).to_be_visible()
    follow(visitor, "戻る")
    assert _state(visitor) == state
    _follow_the_turn(visitor, "申請を取り下げる")
    visitor.press("取り下げる")
    assert visitor.path == APPLICATION
    assert _state(visitor) == "検査申請取り下げ"
    assert visitor.open(WITHDRAWAL).status == 409


@BOTH_WIDTHS
def test_a_mailed_passcode_opens_what_is_locked(arrive: Arrive, width: int, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(width, has_scripts=has_scripts)
    one = filed(visitor)
    for _ in range(LOCKING):
        assert try_password(visitor, one.number, WRONG) == 422
    assert try_password(visitor, one.number, PASSWORD) == 422
    letters = len(visitor.portal.wait_for_mails(one.email))
    visitor.open(NUMBER)
    visitor.type({"application_number": one.number})
    visitor.press("次へ")
    follow(visitor, "パスワードがわからない・ロックされたとき")
    visitor.type({"notification_email": one.email.upper()})
    visitor.press("パスコードを送る")
    assert visitor.path == PASSCODE_ENTRY
    passcode = _PASSCODE.search(visitor.portal.wait_for_mails(one.email, letters + 1)[0]["text"])
    assert passcode
    visitor.type({"passcode": f" {passcode[0].translate(_FULL_WIDTH)}"})
    visitor.press("ログイン")
    assert visitor.path == APPLICATION
    visitor.open(PASSCODE_ENTRY)
    visitor.type({"passcode": passcode[0]})
    assert visitor.press("ログイン").status == 422


def test_what_happens_meanwhile_is_seen_at_the_next_look(visitor: Visitor) -> None:
    one = entered(visitor, CONTINUATION, "inspection_review")
    visitor.open(APPLICATION)
    tell(visitor.portal, one.number, "notice_given", text="書類の写しをお持ちください。")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("link", name="最新の情報に更新").click()
    with visitor.page.expect_event("framenavigated"):
        visitor.page.get_by_role("link", name="通知等情報へ").click()
    expect(visitor.page.get_by_text("書類の写しをお持ちください。")).to_be_in_viewport()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_a_double_click_corrects_once(arrive: Arrive, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(has_scripts=has_scripts)
    in_correction(visitor)
    visitor.open(CORRECTION)
    visitor.type({"chassis_number": "AX01-0000002"})
    visitor.press("確認へ進む")
    visitor.page.get_by_role("button", name="この内容で送信する").dblclick(no_wait_after=True)
    expect(visitor.page).to_have_url(re.compile(f"{APPLICATION}$"))
    assert _state(visitor) == "検査申請審査中"


def test_another_look_at_another_application_changes_neither(visitor: Visitor) -> None:
    first = asked(visitor)
    visitor.open(CORRECTION)
    visitor.type({"chassis_number": "AX01-0000002"})
    entered(visitor)
    assert visitor.press("確認へ進む").status == 409
    visitor.press("照会を終了する")
    enter(visitor, first)
    visitor.open(APPLICATION)
    assert _state(visitor) == "検査申請補正待ち"

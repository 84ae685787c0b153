"""Being signed in: the dialog before the end, what comes after it, and that nothing typed is lost."""

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Arrive
from tests.browser.inspection import inspect
from tests.browser.keyboard import tab, tab_to
from tests.browser.members import HOME, LOGIN, enter, enter_anew, somebody, traveller
from tests.browser.steps import sign_in
from tests.browser.visitor import Visitor

PROFILE = "/mypage/profile"
BEFORE_THE_DIALOG, TO_THE_DIALOG = "27:30", "00:35"
TO_THE_END = "31:00"
SECONDS_OF_WARNING = 90
JAPAN = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def reader(arrive: Arrive, timed_window: Page) -> Visitor:
    """Somebody signed in, in whose window time can be moved on."""
    visitor = arrive(place=timed_window)
    enter(visitor, somebody(visitor))
    return visitor


def _dialog(page: Page, words: str = "まもなくログアウトします") -> Locator:
    return page.get_by_role("dialog", name=words)


def _allow(visitor: Visitor, words: str) -> None:
    """What a browser objects to because a test wants it so."""
    visitor.complaints[:] = [one for one in visitor.complaints if words not in one]


def _wait_for_dialog(visitor: Visitor) -> Locator:
    visitor.page.clock.fast_forward(BEFORE_THE_DIALOG)
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    visitor.page.clock.fast_forward(TO_THE_DIALOG)
    expect(_dialog(visitor.page)).to_be_visible()
    return _dialog(visitor.page)


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_one_key_prolongs_the_session_and_nothing_typed_is_lost(reader: Visitor, key: str) -> None:
    reader.open(PROFILE)
    field = reader.page.locator("#family_name")
    tab_to(reader, field)
    field.fill("鶴")
    dialog = _wait_for_dialog(reader)
    expect(dialog.get_by_role("button", name="続ける")).to_be_focused()
    expect(dialog.get_by_role("timer")).to_have_text(re.compile("残り1分[0-9]{2}秒"))
    with reader.page.expect_response("**/mypage/session") as answer:
        reader.page.keyboard.press(key)
    assert answer.value.json()["seconds_left"] == 30 * 60
    expect(dialog).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_value("鶴")
    reader.page.clock.fast_forward(BEFORE_THE_DIALOG)
    expect(dialog).to_be_hidden()
    reader.page.clock.fast_forward(TO_THE_DIALOG)
    expect(dialog).to_be_visible()


def test_escape_counts_from_somebody_who_only_read(reader: Visitor) -> None:
    reader.open(HOME)
    for _ in range(2):
        dialog = _wait_for_dialog(reader)
        with reader.page.expect_response("**/mypage/session"):
            reader.page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_dialogs_are_accessible_and_fit(reader: Visitor, language: str) -> None:
    reader.open(f"{HOME}?lang={language}")
    reader.page.clock.fast_forward("28:10")
    expect(reader.page.locator("#session-idle")).to_be_visible()
    inspect(reader, f"session-dialog-{language}")
    reader.page.clock.fast_forward(TO_THE_END)
    expect(reader.page.locator("#session-over")).to_be_visible()
    inspect(reader, f"session-over-{language}")


def test_the_dialog_keeps_the_focus_and_offers_the_way_out(reader: Visitor) -> None:
    reader.open(HOME)
    dialog = _wait_for_dialog(reader)
    assert tab(reader) == "ログアウト"
    reader.page.keyboard.press("Shift+Tab")
    expect(dialog.get_by_role("button", name="続ける")).to_be_focused()


def test_the_last_minute_is_said_and_not_every_second(reader: Visitor) -> None:
    reader.open(HOME)
    dialog = _wait_for_dialog(reader)
    said = dialog.get_by_role("status")
    expect(said).to_be_empty()
    reader.page.clock.fast_forward("01:00")
    expect(said).to_have_text(re.compile("あと[0-9]+秒でログアウトします。"))
    words = said.inner_text()
    reader.page.clock.run_for(3_000)
    assert said.inner_text() == words


def test_what_another_tab_prolonged_counts_here(reader: Visitor) -> None:
    reader.open(HOME)
    other = reader.page.context.new_page()
    other.goto(f"{reader.portal.address}{PROFILE}")
    # One clock for both.
    reader.page.clock.fast_forward("28:10")
    for page in (reader.page, other):
        expect(_dialog(page)).to_be_visible()
    other.keyboard.press("Enter")
    for page in (other, reader.page):
        expect(_dialog(page)).to_be_hidden()
    reader.page.clock.fast_forward(BEFORE_THE_DIALOG)
    expect(_dialog(reader.page)).to_be_hidden()
    other.close()


def test_eight_hours_cannot_be_prolonged_and_that_is_said(reader: Visitor) -> None:
    enter_anew(reader, somebody(reader))
    with reader.portal.later("25m"):
        for _ in range(17):
            assert reader.page.request.get(f"{reader.portal.address}/mypage/filer-password").ok
            reader.portal.advance("25m")
        reader.open(HOME)
    expect(reader.page.locator("[data-until]")).to_contain_text("ログインから8時間")
    seconds_left = int(reader.page.locator("[data-session]").get_attribute("data-seconds-left") or "")
    reader.page.clock.fast_forward((seconds_left - SECONDS_OF_WARNING) * 1000)
    expect(_dialog(reader.page)).to_contain_text("延長できません")
    inspect(reader, "session-last")
    _dialog(reader.page).get_by_role("button", name="閉じる").click()
    reader.page.clock.run_for(5_000)
    expect(_dialog(reader.page)).to_be_hidden()


def test_after_the_end_the_dialog_leads_through_the_sign_in_back_to_the_filled_form(reader: Visitor) -> None:
    member = somebody(reader)
    reader.open(PROFILE)
    reader.type({"family_name": "鶴", "given_name": "千年"})
    with reader.portal.later("31m"):
        reader.page.clock.fast_forward(TO_THE_END)
        over = _dialog(reader.page, "ログアウトしました")
        expect(over).to_be_visible()
        expect(over.get_by_role("button", name="ログインへ")).to_be_focused()
        with reader.page.expect_navigation(url=f"**{LOGIN}"):
            reader.page.keyboard.press("Enter")
        expect(reader.page.get_by_text("入力した内容は残っています。")).to_be_visible()
        sign_in(reader, member)
        assert reader.path == PROFILE
        expect(reader.page.locator("#family_name")).to_have_value("鶴")
        expect(reader.page.locator("#given_name")).to_have_value("千年")
    _allow(reader, "401")


def test_the_dialog_after_the_end_finds_out_that_another_tab_signed_in(reader: Visitor) -> None:
    reader.open(PROFILE)
    reader.type({"family_name": "鶴"})
    reader.page.clock.fast_forward(TO_THE_END)
    over = _dialog(reader.page, "ログアウトしました")
    over.get_by_role("button", name="ログインへ").click()
    expect(over).to_be_hidden()
    expect(reader.page.locator("#family_name")).to_have_value("鶴")


def test_a_lost_connection_is_said_in_the_dialog(reader: Visitor) -> None:
    reader.open(HOME)
    dialog = _wait_for_dialog(reader)
    reader.page.context.set_offline(True)
    dialog.get_by_role("button", name="続ける").click()
    expect(dialog.get_by_role("alert")).to_have_text(re.compile("通信できませんでした"))
    reader.page.context.set_offline(False)
    dialog.get_by_role("button", name="続ける").click()
    expect(dialog).to_be_hidden()
    _allow(reader, "ERR_INTERNET_DISCONNECTED")


def test_without_scripts_the_page_says_until_when_it_may_wait(arrive: Arrive) -> None:
    visitor = arrive(has_scripts=False)
    enter(visitor, somebody(visitor))
    answered = visitor.open(HOME).headers["date"]
    words = visitor.page.locator("[data-until]").inner_text()
    assert "自動的にログアウトします" in words
    # The answer is dated a moment after the session was looked at.
    ends = [parsedate_to_datetime(answered) + timedelta(minutes=30, seconds=-late) for late in range(3)]
    assert any(_time_of_day(end) in words for end in ends)
    assert visitor.page.get_by_role("dialog").count() == 0


def _time_of_day(moment: datetime) -> str:
    return moment.astimezone(JAPAN).strftime("%H:%M")


def test_the_dialog_signs_out(reader: Visitor) -> None:
    reader.portal.kept.pop(somebody(reader).payer_id)
    reader.open(HOME)
    dialog = _wait_for_dialog(reader)
    with reader.page.expect_navigation():
        dialog.get_by_role("button", name="ログアウト").click()
    assert reader.path == "/mypage/signed-out"


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_a_form_sent_after_the_end_comes_back_filled(arrive: Arrive, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(has_scripts=has_scripts)
    member = traveller(visitor)
    enter(visitor, member)
    visitor.open("/mypage/treasury-accounts/new")
    visitor.type({"holder_kana": "みほん", "account_number": "12345"})
    with visitor.portal.later("31m"):
        visitor.press("次へ")
        assert visitor.path == LOGIN
        sign_in(visitor, member)
        assert visitor.path == "/mypage/treasury-accounts/new"
        expect(visitor.page.locator("[name=holder_kana]")).to_have_value("ミホン")
        expect(visitor.page.locator("[name=account_number]")).to_have_value(re.compile("12345$"))

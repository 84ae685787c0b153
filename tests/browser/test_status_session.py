"""Being let in to an application: the dialog before the end, what comes after it, and that nothing typed is lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Arrive
from tests.browser.enquirers import APPLICATION, CHECK, CORRECTION, SIGN_IN, asked, entered
from tests.browser.inspection import inspect
from tests.browser.programs import PASSWORD
from tests.browser.visitor import Visitor

TO_THE_DIALOG, TO_THE_END = "28:40", "31:00"


@pytest.fixture
def reader(arrive: Arrive, timed_window: Page) -> Visitor:
    """Somebody let in, in whose window time can be moved on."""
    visitor = arrive(place=timed_window)
    asked(visitor)
    return visitor


def _dialog(visitor: Visitor, words: str) -> Locator:
    return visitor.page.get_by_role("dialog", name=words)


def _sign_in(visitor: Visitor) -> None:
    assert visitor.path == SIGN_IN
    expect(visitor.page.get_by_text("入力した内容は残っています。")).to_be_visible()
    visitor.type({"application_password": PASSWORD})
    visitor.press("ログイン")


def test_one_key_prolongs_the_enquiry_and_nothing_typed_is_lost(reader: Visitor) -> None:
    reader.open(CORRECTION)
    field = reader.page.locator("#user_name")
    field.fill("見本　次郎")
    reader.page.clock.fast_forward(TO_THE_DIALOG)
    dialog = _dialog(reader, "まもなく照会を終了します")
    expect(dialog.get_by_role("button", name="続ける")).to_be_focused()
    with reader.page.expect_response("**/status/session") as answer:
        reader.page.keyboard.press("Enter")
    assert answer.value.json() == {"seconds_left": 30 * 60, "can_go_on": True}
    expect(dialog).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_value("見本　次郎")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_dialogs_are_accessible_and_fit(reader: Visitor, language: str) -> None:
    reader.open(f"{CORRECTION}?lang={language}")
    reader.page.clock.fast_forward(TO_THE_DIALOG)
    expect(reader.page.locator("#session-idle")).to_be_visible()
    inspect(reader, f"status-session-dialog-{language}")
    reader.page.clock.fast_forward(TO_THE_END)
    expect(reader.page.locator("#session-over")).to_be_visible()
    inspect(reader, f"status-session-over-{language}")


def test_the_dialog_ends_the_enquiry(reader: Visitor) -> None:
    reader.open(APPLICATION)
    reader.page.clock.fast_forward(TO_THE_DIALOG)
    with reader.page.expect_navigation():
        _dialog(reader, "まもなく照会を終了します").get_by_role("button", name="終了").click()
    assert reader.path == "/status/signed-out"


def test_after_the_end_the_dialog_leads_back_to_the_filled_correction(reader: Visitor) -> None:
    reader.open(CORRECTION)
    reader.type({"chassis_number": "AX01-0000002", "user_name": "見本　次郎"})
    with reader.portal.later("31m"):
        reader.page.clock.fast_forward(TO_THE_END)
        over = _dialog(reader, "照会を終了しました")
        expect(over.get_by_role("button", name="もう一度照会する")).to_be_focused()
        with reader.page.expect_navigation(url=f"**{SIGN_IN}"):
            reader.page.keyboard.press("Enter")
        _sign_in(reader)
        assert reader.path == CORRECTION
        expect(reader.page.locator("#chassis_number")).to_have_value("AX01-0000002")
        expect(reader.page.locator("#user_name")).to_have_value("見本　次郎")
    reader.complaints[:] = [one for one in reader.complaints if "401" not in one]


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_a_correction_sent_after_the_end_comes_back_filled(arrive: Arrive, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(has_scripts=has_scripts)
    asked(visitor)
    visitor.open(CORRECTION)
    visitor.type({"chassis_number": "AX01-0000002"})
    with visitor.portal.later("31m"):
        visitor.press("確認へ進む")
        _sign_in(visitor)
        assert visitor.path == CORRECTION
        expect(visitor.page.locator("[name=chassis_number]")).to_have_value("AX01-0000002")
        visitor.press("確認へ進む")
        assert visitor.path == CHECK


def test_a_check_confirmed_after_the_end_is_not_lost(visitor: Visitor) -> None:
    asked(visitor)
    visitor.open(CORRECTION)
    visitor.type({"chassis_number": "AX01-0000002"})
    visitor.press("確認へ進む")
    with visitor.portal.later("31m"):
        visitor.press("この内容で送信する")
        _sign_in(visitor)
        expect(visitor.page.locator("[name=chassis_number]")).to_have_value("AX01-0000002")


def test_without_scripts_the_page_says_until_when_it_may_wait(arrive: Arrive) -> None:
    visitor = arrive(has_scripts=False)
    one = entered(visitor)
    visitor.open(APPLICATION)
    expect(visitor.page.locator("[data-until]")).to_have_text(re.compile("まで操作がないと、自動的に照会を終了します"))
    expect(visitor.page.locator(".session-who")).to_contain_text(one.grouped)
    assert visitor.page.get_by_role("dialog").count() == 0


def test_going_back_after_the_end_shows_nothing_of_the_application(visitor: Visitor) -> None:
    one = entered(visitor)
    visitor.open(APPLICATION)
    visitor.page.locator("#main").get_by_role("button", name="終了").click()
    visitor.page.wait_for_url("**/status/signed-out")
    visitor.page.go_back()
    assert visitor.path != APPLICATION
    assert one.grouped not in visitor.page.content()

"""Being signed in at the counter: the dialog before the end, what comes after it, and leaving."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Arrive
from tests.browser.inspection import inspect
from tests.browser.officers import COUNTER, SHELF, SIGN_IN, leave, scan, stand
from tests.browser.receivers import ENROLMENT, issued, lying, new_name
from tests.browser.visitor import Visitor

TO_THE_DIALOG, TO_THE_END = "28:40", "31:00"


@pytest.fixture
def standing(arrive: Arrive, timed_window: Page) -> Visitor:
    """An officer at the counter, in whose window time can be moved on."""
    visitor = arrive(place=timed_window)
    stand(visitor)
    return visitor


def test_one_key_prolongs_the_session_and_the_scanner_goes_on(standing: Visitor) -> None:
    standing.open(COUNTER)
    standing.page.clock.fast_forward(TO_THE_DIALOG)
    dialog = standing.page.get_by_role("dialog", name="まもなくログアウトします")
    expect(dialog.get_by_role("button", name="続ける")).to_be_focused()
    with standing.page.expect_response("**/counter/session") as answer:
        standing.page.keyboard.press("Enter")
    assert answer.value.json() == {"seconds_left": 30 * 60, "can_go_on": True}
    expect(dialog).to_be_hidden()
    assert scan(standing, issued(standing, ENROLMENT, new_name()).key).ok


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_dialogs_are_accessible_and_fit(standing: Visitor, language: str) -> None:
    standing.open(f"{COUNTER}?lang={language}")
    standing.page.clock.fast_forward(TO_THE_DIALOG)
    expect(standing.page.locator("#session-idle")).to_be_visible()
    inspect(standing, f"counter-session-dialog-{language}")
    standing.page.clock.fast_forward(TO_THE_END)
    expect(standing.page.locator("#session-over")).to_be_visible()
    inspect(standing, f"counter-session-over-{language}")


def test_after_the_end_the_dialog_leads_to_the_sign_in(standing: Visitor) -> None:
    standing.open(COUNTER)
    with standing.portal.later("31m"):
        standing.page.clock.fast_forward(TO_THE_END)
        over = standing.page.get_by_role("dialog", name="ログアウトしました")
        expect(over.get_by_role("button", name="ログインへ")).to_be_focused()
        with standing.page.expect_navigation(url=f"**{SIGN_IN}"):
            standing.page.keyboard.press("Enter")
    standing.complaints[:] = [one for one in standing.complaints if "401" not in one]


def test_a_scan_after_the_end_leads_to_the_sign_in(standing: Visitor) -> None:
    standing.open(COUNTER)
    with standing.portal.later("31m"):
        scan(standing, "1234567890123450")
        assert standing.path == SIGN_IN


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_whoever_leaves_leaves_nothing_behind(arrive: Arrive, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(has_scripts=has_scripts)
    code = lying(visitor)
    stand(visitor)
    visitor.open(SHELF)
    leave(visitor)
    assert visitor.path == SIGN_IN
    visitor.page.go_back()
    assert visitor.path != SHELF
    assert code.application
    assert code.application.grouped not in visitor.page.content()
    visitor.open(COUNTER)
    assert visitor.path == SIGN_IN

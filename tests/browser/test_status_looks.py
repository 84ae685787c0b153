"""How the pages of 状況照会 look to other eyes and on other media, and what can be taken along from them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Arrive
from tests.browser.enquirers import (
    APPLICATION,
    CORRECTION,
    NUMBER,
    PASSCODE,
    PASSCODE_ENTRY,
    SIGN_IN,
    WITHDRAWAL,
    asked,
    entered,
)
from tests.browser.inspection import DESK, NARROWEST, SCREENSHOTS, fits
from tests.browser.programs import CONTINUATION
from tests.browser.visitor import Visitor

BEFORE, BEHIND = (NUMBER, SIGN_IN, PASSCODE, PASSCODE_ENTRY), (APPLICATION, CORRECTION, WITHDRAWAL)
NOT_PRINTED = (".choices", ".session", ".breadcrumb", ".pointer", ".actions", ".button", ".button-small", ".footer")


def _look_at_all(visitor: Visitor, query: str = "") -> None:
    visitor.send(NUMBER, application_number=asked(visitor).number)
    for path in (*BEFORE, *BEHIND):
        visitor.open(f"{path}{query}")
        assert visitor.path == path
        fits(visitor)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_large_letters_fit_the_status_pages_in_the_narrowest_window(arrive: Arrive, language: str) -> None:
    _look_at_all(arrive(NARROWEST), f"?size=large&lang={language}")


def test_the_status_pages_fit_when_everything_is_twice_as_large(arrive: Arrive) -> None:
    _look_at_all(arrive(DESK // 2, device_scale_factor=2))


def test_numbers_are_copied_as_they_are_typed_elsewhere(arrive: Arrive) -> None:
    visitor = arrive(permissions=["clipboard-read", "clipboard-write"])
    one = entered(visitor)
    visitor.open(APPLICATION)
    copied = {}
    for button in visitor.page.get_by_role("button", name=re.compile("をコピー")).all():
        button.click()
        expect(button.locator("~ .copy-result")).to_have_text("コピーしました")
        name = str(button.get_attribute("aria-label")).removesuffix("をコピー")
        copied[name] = visitor.page.evaluate("navigator.clipboard.readText()")
    assert list(copied) == ["受付番号（到達番号）", "収納機関番号", "納付番号", "確認番号"]
    assert copied.pop("受付番号（到達番号）") == one.number
    assert [len(re.sub("[^0-9]", "", text)) for text in copied.values()] == [5, 20, 6]


def test_the_status_prints_without_what_only_a_screen_needs(arrive: Arrive) -> None:
    visitor = arrive(is_alone=True)
    asked(visitor)
    visitor.open(APPLICATION)
    visitor.page.emulate_media(media="print")
    for gone in NOT_PRINTED:
        assert not [one for one in visitor.page.locator(gone).all() if one.is_visible()], gone
    for kept in (".turn", ".progress", ".payments", ".reasons", "#history", "#explained"):
        assert visitor.page.locator(kept).first.is_visible(), kept
    assert visitor.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 4
    visitor.photograph(SCREENSHOTS / "printed-status.png")


def test_another_language_keeps_the_place_and_what_was_typed(visitor: Visitor) -> None:
    asked(visitor)
    visitor.open(CORRECTION)
    visitor.type({"user_name": "見本　次郎"})
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("link", name="English").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    assert visitor.path == CORRECTION
    expect(visitor.page.locator("#user_name")).to_have_value("見本　次郎")
    expect(visitor.page.locator(".asked [lang=ja]").first).to_contain_text("一致していません")
    visitor.open(APPLICATION)
    assert visitor.heading == "Application status (Continuation inspection)"


def test_states_are_told_apart_in_forced_colours(arrive: Arrive) -> None:
    visitor = arrive(forced_colors="active")
    entered(visitor, CONTINUATION, "inspection_review")
    visitor.open(APPLICATION)
    signs = visitor.page.locator(".progress-sign")
    styles = signs.evaluate_all("signs => signs.map((one) => getComputedStyle(one).borderColor + one.innerText)")
    assert len(set(styles)) == 3
    assert visitor.page.locator(".progress-step[aria-current=step]").count() == 1

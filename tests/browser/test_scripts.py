"""What scripts add to pages that are complete without them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Arrive
from tests.browser.visitor import INDIVIDUAL, PASSWORDS, Visitor


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_the_kind_decides_which_fields_are_shown(arrive: Arrive, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(has_scripts=has_scripts)
    visitor.agree()
    visitor.open("/registration/entry")
    name, company = visitor.page.locator("#family_name"), visitor.page.locator("#company_name")
    assert (name.is_visible(), company.is_visible()) == (False, False)
    visitor.page.check("[name=kind][value=individual]")
    assert (name.is_visible(), company.is_visible()) == (True, False)
    visitor.page.check("[name=kind][value=corporation]")
    assert (name.is_visible(), company.is_visible()) == (False, True)


def test_passwords_can_be_looked_at_and_are_sent_hidden(visitor: Visitor) -> None:
    visitor.open(visitor.register())
    visitor.type(PASSWORDS)
    field, switch = visitor.page.locator("#payer_password"), visitor.page.get_by_label("パスワードを表示")
    expect(field).to_have_attribute("type", "password")
    switch.check()
    expect(field).to_have_attribute("type", "text")
    switch.uncheck()
    expect(field).to_have_attribute("type", "password")
    switch.check()
    visitor.press("次へ")
    assert visitor.path == "/confirmation/check"


def test_both_ids_can_be_copied(arrive: Arrive) -> None:
    visitor = arrive(permissions=["clipboard-read", "clipboard-write"])
    visitor.finish()
    visitor.open("/confirmation/done")
    for name, letters in (("納付利用者ID", "KN"), ("一括利用者ID", "KI")):
        visitor.page.get_by_role("button", name=f"{name}をコピー").click()
        expect(visitor.page.get_by_text("コピーしました").last).to_be_visible()
        copied = visitor.page.evaluate("navigator.clipboard.readText()")
        assert re.fullmatch(rf"{letters}[A-Z]{{2}}[0-9]{{4}}", copied)


def test_the_resend_button_wakes_up_after_a_minute_and_nothing_moves(arrive: Arrive) -> None:
    visitor = arrive(is_alone=True)
    visitor.register()
    visitor.page.clock.install()
    visitor.open("/registration/sent")
    button, wait = visitor.page.get_by_role("button", name="メールを再送する"), visitor.page.locator(".countdown-wait")
    expect(button).to_be_disabled()
    expect(wait).to_have_text(re.compile(r"あと[0-9]+秒"))
    places = [one.bounding_box() for one in visitor.page.get_by_role("button").all()]
    visitor.page.clock.run_for(61_000)
    expect(button).to_be_enabled()
    expect(wait).to_be_hidden()
    expect(visitor.page.get_by_role("status").last).to_have_text("再送できます")
    assert [one.bounding_box() for one in visitor.page.get_by_role("button").all()] == places
    with visitor.portal.later("61s"):
        assert visitor.press("メールを再送する").ok
    assert len(visitor.portal.wait_for_mails(visitor.email, 2)) == 2


def test_the_wait_is_told_without_scripts_in_words_that_stay_true(arrive: Arrive) -> None:
    visitor = arrive(has_scripts=False)
    visitor.register()
    visitor.open("/registration/sent")
    wait = visitor.page.locator(".countdown-wait")
    assert wait.is_visible()
    assert re.fullmatch(r"この画面を開いてから(60|5[0-9])秒後に再送できます", wait.inner_text())
    with visitor.portal.later("61s"):
        visitor.open("/registration/sent")
        assert wait.count() == 0


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_a_double_click_registers_once(arrive: Arrive, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(has_scripts=has_scripts)
    visitor.enter()
    visitor.open("/registration/check")
    visitor.page.get_by_role("button", name="登録", exact=True).dblclick(no_wait_after=True)
    # Without scripts the second click takes the first one's place: waiting for a navigation would report its end.
    expect(visitor.page).to_have_url(re.compile("/registration/sent$"))
    assert len(visitor.portal.wait_for_mails(visitor.email)) == 1
    assert len(visitor.posts) == 1 or not has_scripts


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_a_double_click_completes_once(arrive: Arrive, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(has_scripts=has_scripts)
    visitor.choose_passwords()
    visitor.open("/confirmation/check")
    visitor.page.get_by_role("button", name="登録", exact=True).dblclick(no_wait_after=True)
    expect(visitor.page).to_have_url(re.compile("/confirmation/done$"))
    visitor.page.wait_for_load_state()
    shown = re.search(r"KN[A-Z]{2}[0-9]{4}", visitor.page.locator("main").inner_text())
    assert shown
    mails = visitor.portal.wait_for_mails(visitor.email, 2)
    assert [shown[0] in mail["text"] for mail in mails] == [True, False]


def test_a_button_works_again_after_coming_back(visitor: Visitor) -> None:
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.type({**visitor.addresses, **INDIVIDUAL})
    visitor.press("次へ")
    visitor.page.go_back()
    visitor.press("次へ")
    assert visitor.path == "/registration/check"

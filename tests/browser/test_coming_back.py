"""Going back, reloading, choosing another language: nothing that was typed is lost, nothing is done twice."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Arrive
from tests.browser.visitor import CORPORATION, INDIVIDUAL, PASSWORDS, Visitor


def _typed(visitor: Visitor, names: dict[str, str]) -> dict[str, str]:
    return {
        name: visitor.page.locator(f"[name={name}]:checked" if name == "kind" else f"[name={name}]").input_value()
        for name in names
    }


@pytest.mark.parametrize("way", ["link", "browser"])
@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_going_back_from_the_check_keeps_every_value(arrive: Arrive, has_scripts: bool, way: str) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(has_scripts=has_scripts)
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.type({**visitor.addresses, **CORPORATION})
    visitor.press("次へ")
    if way == "link":
        visitor.page.get_by_role("link", name="戻る").click()
    else:
        visitor.page.go_back()
    visitor.page.wait_for_url("**/registration/entry")
    # The server keeps them as they will be stored; the browser may put back what was typed into it.
    kept = _typed(visitor, {**visitor.addresses, **CORPORATION})
    assert kept["email"] == kept["email_confirmation"] == visitor.email
    assert kept["kind"] == "corporation"
    assert kept["company_kana"] in {"ミホンウンソウ", "みほんうんそう"}
    assert kept["representative_name"] == "見本　花子"


def test_another_address_keeps_the_names(visitor: Visitor) -> None:
    visitor.register("corporation")
    visitor.open("/registration/sent")
    visitor.press("別のメールアドレスを使う")
    kept = _typed(visitor, {"email": "", "email_confirmation": "", **CORPORATION})
    assert (kept["email"], kept["email_confirmation"]) == ("", "")
    assert (kept["kind"], kept["company_kana"]) == ("corporation", "ミホンウンソウ")


def test_going_back_from_the_second_check_asks_for_the_passwords_alone(visitor: Visitor) -> None:
    visitor.open(visitor.register())
    notice = {"notification_email": "notice@example.jp", "notification_email_confirmation": "notice@example.jp"}
    visitor.type({**PASSWORDS, **notice})
    visitor.press("次へ")
    visitor.page.get_by_role("link", name="戻る").click()
    visitor.page.wait_for_url("**/confirmation?key=*")
    assert _typed(visitor, notice) == notice
    assert set(_typed(visitor, PASSWORDS).values()) == {""}


def test_reloading_the_last_page_shows_the_same_ids(visitor: Visitor) -> None:
    visitor.finish()
    visitor.open("/confirmation/done")
    before = visitor.page.locator(".records").inner_text()
    visitor.page.reload()
    assert visitor.page.locator(".records").inner_text() == before
    with visitor.portal.later("31m"):
        visitor.page.reload()
    assert visitor.page.locator(".records").count() == 0


def test_the_last_page_is_shown_to_this_browser_only(visitor: Visitor, arrive: Arrive) -> None:
    visitor.finish()
    stranger = arrive()
    assert stranger.open("/confirmation/done").status == 410


def test_leaving_the_last_page_forgets_the_ids(visitor: Visitor) -> None:
    visitor.finish()
    visitor.open("/confirmation/done")
    visitor.press("終了")
    assert visitor.path == "/"
    assert visitor.open("/confirmation/done").status == 410


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_another_language_keeps_what_was_sent(arrive: Arrive, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(has_scripts=has_scripts)
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.type(INDIVIDUAL)
    visitor.press("次へ")
    visitor.page.get_by_role("link", name="English").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    assert _typed(visitor, INDIVIDUAL)["family_name"] == "見本"
    assert _typed(visitor, INDIVIDUAL)["kind"] == "individual"


@pytest.mark.parametrize("link", ["English", "大"])
def test_another_language_or_size_keeps_what_was_not_yet_sent(visitor: Visitor, link: str) -> None:
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.type({**visitor.addresses, **INDIVIDUAL})
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("link", name=link).click()
    assert _typed(visitor, {**visitor.addresses, **INDIVIDUAL}) == {**visitor.addresses, **INDIVIDUAL}
    expect(visitor.page.locator("#email-badge")).to_have_text("OK")
    assert visitor.page.evaluate("sessionStorage.length") == 0


def test_passwords_never_go_along_to_another_language(visitor: Visitor) -> None:
    visitor.open(visitor.register())
    visitor.page.get_by_label("パスワードを表示").check()
    visitor.type({**PASSWORDS, "notification_email": "notice@example.jp"})
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("link", name="English").click()
    assert set(_typed(visitor, PASSWORDS).values()) == {""}
    assert _typed(visitor, {"notification_email": ""}) == {"notification_email": "notice@example.jp"}


def test_what_was_typed_survives_a_draft_that_died(visitor: Visitor) -> None:
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.type({**visitor.addresses, **INDIVIDUAL})
    with visitor.portal.later("31m"):
        visitor.press("次へ")
        assert visitor.path == "/registration"
        visitor.page.get_by_label("同意する").check()
        visitor.press("開始")
        assert _typed(visitor, INDIVIDUAL)["family_name"] == "見本"


def test_a_form_whose_token_was_lost_can_be_sent_again(visitor: Visitor) -> None:
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.type({**visitor.addresses, **INDIVIDUAL})
    visitor.page.context.clear_cookies(name="visitor")
    assert visitor.press("次へ").status == 403
    assert visitor.page.locator(".choices").count() == 0, "their links would leave the form behind"
    visitor.press("もう一度送信する")
    assert visitor.path == "/registration/check"

"""Going back, two tabs, a closed window: no error at the sign-in, and no page of a person after it."""

from playwright.sync_api import expect

from tests.browser.conftest import Arrive
from tests.browser.members import HOME, LOGIN, TREASURY, enter, traveller
from tests.browser.steps import follow, sign_in
from tests.browser.visitor import Visitor


def test_going_back_after_the_sign_out_shows_nothing_of_the_person(visitor: Visitor) -> None:
    member = traveller(visitor)
    sign_in(visitor, member)
    visitor.open(TREASURY)
    visitor.press("ログアウト")
    for _ in range(2):
        visitor.page.go_back()
        assert visitor.path == LOGIN
        assert member.payer_id not in visitor.page.content()


def test_two_tabs_can_sign_in_one_after_the_other(visitor: Visitor) -> None:
    member = traveller(visitor)
    visitor.open(LOGIN)
    tab = visitor.page.context.new_page()
    tab.goto(f"{visitor.portal.address}{LOGIN}")
    sign_in(visitor, member)
    tab.fill("[name=payer_id]", member.payer_id)
    tab.fill("[name=payer_password]", member.password)
    tab.get_by_role("button", name="ログイン", exact=True).click()
    tab.wait_for_url(f"**{HOME}")
    follow(visitor, "利用者情報変更")
    assert visitor.path == "/mypage/profile"
    tab.close()


def test_signing_out_in_one_tab_keeps_what_was_typed_in_the_other(visitor: Visitor) -> None:
    member = traveller(visitor)
    sign_in(visitor, member)
    visitor.open("/mypage/profile")
    visitor.type({"family_name": "鶴"})
    tab = visitor.page.context.new_page()
    tab.goto(f"{visitor.portal.address}{HOME}")
    tab.get_by_role("button", name="ログアウト").click()
    tab.wait_for_url("**/mypage/signed-out")
    tab.close()
    visitor.press("次へ")
    assert visitor.path == LOGIN
    sign_in(visitor, member)
    assert visitor.path == "/mypage/profile"
    expect(visitor.page.locator("#family_name")).to_have_value("鶴")


def test_a_closed_window_leaves_no_error_at_the_next_sign_in(arrive: Arrive) -> None:
    visitor = arrive(is_alone=True)
    member = traveller(visitor)
    sign_in(visitor, member)
    kept = [one for one in visitor.page.context.cookies() if one.get("expires", -1) > 0]
    visitor.page.context.clear_cookies()
    visitor.page.context.add_cookies(kept)  # type: ignore[arg-type]
    visitor.open(HOME)
    assert visitor.path == LOGIN
    assert visitor.page.locator(".notice, .error-summary").count() == 0
    sign_in(visitor, member)
    assert visitor.path == HOME


def test_a_reload_after_the_end_asks_for_the_sign_in_alone(visitor: Visitor) -> None:
    enter(visitor, traveller(visitor))
    visitor.open(TREASURY)
    with visitor.portal.later("31m"):
        visitor.page.reload()
        assert visitor.path == LOGIN
        sign_in(visitor, traveller(visitor))
        assert visitor.path == TREASURY


def test_the_password_can_be_looked_at_before_it_is_sent(visitor: Visitor) -> None:
    member = traveller(visitor)
    visitor.portal.kept.pop(member.payer_id, None)
    visitor.open(LOGIN)
    visitor.type({"payer_id": member.payer_id, "payer_password": member.password})
    field, switch = visitor.page.locator("#payer_password"), visitor.page.get_by_label("パスワードを表示")
    expect(field).to_have_attribute("type", "password")
    switch.check()
    expect(field).to_have_attribute("type", "text")
    expect(field).to_have_value(member.password)
    switch.uncheck()
    expect(field).to_have_attribute("type", "password")
    switch.check()
    visitor.press("ログイン")
    assert visitor.path == HOME

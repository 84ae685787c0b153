"""The counter as those know it who stand there all day: a scanner that types, one hand, no mouse."""

import re

from playwright.sync_api import expect

from tests.browser import keyboard
from tests.browser.conftest import Arrive
from tests.browser.enquirers import filed
from tests.browser.inspection import fits
from tests.browser.officers import (
    CLERK,
    COUNTER,
    SHELF,
    SIGN_IN,
    enrolled,
    newly_enrolled,
    officer,
    one_time_password,
    scan,
    serve,
    stand,
    verdict,
)
from tests.browser.programs import CONTINUATION, look
from tests.browser.receivers import (
    AUTHENTICATION,
    ENROLMENT,
    OTHER_PASSWORD,
    PASSWORD_CHANGE,
    READY,
    RECEIVER_PASSWORD,
    issued,
    lying,
    new_name,
)
from tests.browser.visitor import Visitor

_FIELD = "#scanned"


def _sign_in(visitor: Visitor) -> None:
    """With the keys alone."""
    one = officer(visitor.portal)
    visitor.open(SIGN_IN)
    with one_time_password(visitor.portal, one) as code:
        secrets = {"officer_password": one.password, "one_time_password": code}
        keyboard.write(visitor, {"officer_id": one.officer_id.lower(), **secrets})
        with visitor.page.expect_navigation():
            visitor.page.keyboard.press("Enter")
    assert visitor.path == COUNTER


def _approve(visitor: Visitor) -> None:
    keyboard.tab_to(visitor, visitor.page.locator("[name=papers_seen]"))
    visitor.page.keyboard.press("Space")
    keyboard.enter(visitor, "button", "承認する")


def test_a_receiver_is_enrolled_and_served_without_a_mouse(visitor: Visitor) -> None:
    name = new_name()
    _sign_in(visitor)
    scan(visitor, issued(visitor, ENROLMENT, name).text)
    assert verdict(visitor) == "有効"
    expect(visitor.page.get_by_text(name).first).to_be_visible()
    _approve(visitor)
    assert verdict(visitor) == "登録しました"
    kept, handed = (filed(visitor, CONTINUATION, READY, receiver_name=name) for _ in range(2))
    scan(visitor, issued(visitor, AUTHENTICATION, name).text)
    assert verdict(visitor) == "有効"
    assert len(visitor.page.locator("main :checked").all()) == 2
    keyboard.tab_to(visitor, visitor.page.locator(f"#application_{kept.number}"))
    visitor.page.keyboard.press("Space")
    keyboard.enter(visitor, "button", "渡しました")
    assert verdict(visitor) == "記録しました"
    assert look(visitor.portal, handed.number)["state"] == "returned"
    assert look(visitor.portal, kept.number)["state"] == READY
    assert handed.number in visitor.portal.wait_for_mails(handed.email)[0]["text"].replace(" ", "")
    keyboard.enter(visitor, "button", "続きを確かめる")
    assert [str(one.get_attribute("id")) for one in visitor.page.locator("main :checked").all()] == [
        f"application_{kept.number}"
    ]


def test_a_new_password_closes_the_codes_of_the_old_one(visitor: Visitor) -> None:
    name = newly_enrolled(visitor)
    old = issued(visitor, AUTHENTICATION, name)
    serve(visitor, issued(visitor, PASSWORD_CHANGE, name, OTHER_PASSWORD).text)
    _approve(visitor)
    assert verdict(visitor) == "変更しました"
    scan(visitor, old.text)
    assert verdict(visitor) == "パスワード不一致"
    scan(visitor, issued(visitor, AUTHENTICATION, name, RECEIVER_PASSWORD).text)
    assert verdict(visitor) == "パスワード不一致"
    scan(visitor, issued(visitor, AUTHENTICATION, name, OTHER_PASSWORD).text)
    assert verdict(visitor) == "お渡しするものなし"


def test_a_scanner_that_types_reaches_the_field_from_anywhere(visitor: Visitor) -> None:
    stand(visitor, CLERK)
    code = lying(visitor)
    visitor.open(SHELF)
    visitor.page.locator(".tab").last.focus()
    visitor.page.keyboard.type(code.text)
    expect(visitor.page.locator(_FIELD)).to_have_value(code.text)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    assert verdict(visitor) == "有効"
    visitor.page.locator("main :checked").focus()
    grouped = re.sub("(....)", r"\1 ", code.key.lower())
    visitor.page.keyboard.type(grouped)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    assert verdict(visitor) == "有効"


def test_a_scanner_that_ends_with_two_line_ends_scans_once(visitor: Visitor) -> None:
    stand(visitor, CLERK)
    code = lying(visitor)
    visitor.open(COUNTER)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.type(f"{code.text}\r\n\n")
    assert verdict(visitor) == "有効"
    assert visitor.posts.count("/counter/scan") == 1


def test_the_shelf_shows_what_lies_there_until_it_is_handed_over(visitor: Visitor) -> None:
    one = filed(visitor, CONTINUATION, READY)
    stand(visitor, CLERK)
    visitor.open(COUNTER)
    keyboard.enter(visitor, "link", "一覧を見る")
    assert visitor.path == SHELF
    line = visitor.page.get_by_role("row").filter(has_text=one.grouped)
    expect(line).to_contain_text("品川 580 さ 1234")
    expect(visitor.page.locator(_FIELD)).to_be_visible()
    keyboard.enter(visitor, "link", "新車（新規検査・地方税申告）")
    expect(line).to_have_count(0)


def test_the_counter_works_without_scripts(arrive: Arrive) -> None:
    visitor = arrive(360, has_scripts=False)
    name = enrolled(visitor)
    filed(visitor, CONTINUATION, READY, receiver_name=name)
    serve(visitor, issued(visitor, AUTHENTICATION, name).text)
    assert verdict(visitor) == "有効"
    expect(visitor.page.locator("[data-camera]")).to_be_hidden()
    expect(visitor.page.locator(".scan-photo")).to_be_hidden()
    visitor.press("渡しました")
    assert verdict(visitor) == "記録しました"
    with visitor.measuring():
        fits(visitor)

"""状況照会 without a mouse, and what those hear who do not see it."""

import re

from playwright.sync_api import expect

from tests.browser.enquirers import APPLICATION, CHECK, CORRECTION, NUMBER, SIGN_IN, asked, entered, filed
from tests.browser.keyboard import enter as press
from tests.browser.keyboard import tab_to, write
from tests.browser.programs import CONTINUATION, PASSWORD
from tests.browser.visitor import Visitor


def _send(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def test_a_correction_needs_no_mouse(visitor: Visitor) -> None:
    one = filed(visitor, CONTINUATION, "inspection_correction")
    visitor.open(NUMBER)
    write(visitor, {"application_number": one.grouped})
    _send(visitor)
    assert visitor.path == SIGN_IN
    write(visitor, {"application_password": PASSWORD})
    _send(visitor)
    assert visitor.path == APPLICATION
    # The first of the two that lead there stands at the top.
    tab_to(visitor, visitor.page.get_by_role("link", name="申請を補正する").first)
    _send(visitor)
    assert visitor.path == CORRECTION
    tab_to(visitor, visitor.page.locator("[name=chassis_number]"))
    visitor.page.keyboard.press("Control+A")
    visitor.page.keyboard.insert_text("AX01-0000002")
    _send(visitor)
    assert visitor.path == CHECK
    press(visitor, "button", "この内容で送信する")
    assert visitor.path == APPLICATION
    expect(visitor.page.locator("#main").get_by_text("AX01-0000002")).to_be_visible()


def test_an_error_leads_to_its_field_which_tells_what_the_office_said(visitor: Visitor) -> None:
    asked(visitor)
    visitor.open(CORRECTION)
    visitor.type({"chassis_number": "鶴"})
    assert visitor.press("確認へ進む").status == 422
    expect(visitor.page.locator(".error-summary")).to_be_focused()
    tab_to(visitor, visitor.page.locator(".error-summary a"))
    visitor.page.keyboard.press("Enter")
    field = visitor.page.locator("[name=chassis_number]")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("指摘：自動車検査証.*「鶴」は使えません"))


def test_only_what_became_something_else_is_in_order(visitor: Visitor) -> None:
    asked(visitor)
    visitor.open(CORRECTION)
    badge, field = visitor.page.locator("#chassis_number-badge"), visitor.page.locator("#chassis_number")
    for text, word in (("AX01-0000001", "必須"), ("AX01-0000002", "OK"), ("AX01-0000001", "必須")):
        field.fill(text)
        field.blur()
        expect(badge).to_have_text(word)


def test_a_screen_reader_finds_its_way_by_headings_and_tables(visitor: Visitor) -> None:
    entered(visitor, CONTINUATION, "weight_tax_due")
    visitor.open(APPLICATION)
    headings = visitor.page.get_by_role("heading", level=2).all_inner_texts()
    assert headings == [
        "あなたの手続が必要です",
        "現在の申請状況",
        "添付書類取得状況",
        "軽自動車検査協会事務所等審査状況",
        "納付情報",
        "交付物の受け取りに関する情報",
        "これまでの経過",
        "申請状況の説明",
    ]
    payments = visitor.page.get_by_role("table", name="納付情報")
    expect(payments.get_by_role("columnheader")).to_have_count(13)
    expect(payments.get_by_role("rowheader")).to_have_count(2)
    steps = visitor.page.get_by_role("list", name="手続の進み具合").get_by_role("listitem")
    assert [re.sub(r"\s+", " ", step) for step in steps.all_inner_texts()] == [
        "! 手続準備 納付待ち",
        "2 軽自動車検査協会事務所等への手続 未",
        "3 返付 未",
    ]

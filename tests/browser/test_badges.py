"""Badges and errors beside the fields keep up with what is typed, as far as a script can judge it."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor

OK, REQUIRED = "OK", "必須"
_DEPTH = "element => element.getBoundingClientRect().top + scrollY"


def _badge(visitor: Visitor, name: str) -> Locator:
    """The badge, once the typing is over."""
    visitor.page.locator("#main").focus()
    return visitor.page.locator(f"#{name}-badge")


def test_badges_turn_to_ok_and_back_while_one_types(visitor: Visitor) -> None:
    visitor.agree()
    visitor.open("/registration/entry")
    badge = visitor.page.locator("#email_confirmation-badge")
    expect(badge).to_have_text(REQUIRED)
    visitor.type(visitor.addresses)
    visitor.page.locator("#email").focus()
    expect(badge).to_have_text(OK)
    visitor.type({"email": "other@example.jp"})
    visitor.page.locator("#email_confirmation").focus()
    expect(badge).to_have_text(REQUIRED)


def test_badges_ask_for_both_halves_of_a_name(visitor: Visitor) -> None:
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.type({"kind": "individual", "family_kana": "みほん"})
    badge = visitor.page.locator("#family_kana-badge")
    expect(badge).to_have_text(REQUIRED)
    visitor.type({"given_kana": "ﾀﾛｳ"})
    visitor.page.locator("#family_name").focus()
    expect(badge).to_have_text(OK)


def test_badges_of_furigana_ask_for_kana(visitor: Visitor) -> None:
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.type({"kind": "corporation", "company_kana": "abc"})
    expect(_badge(visitor, "company_kana")).to_have_text(REQUIRED)
    for kana in ("みほん・うんそう", "ミホンウンソウ　トウキョウ", "ﾐﾎﾝｳﾝｿﾞｰ", "ミホン－ウンソ-"):
        visitor.type({"company_kana": kana})
        expect(_badge(visitor, "company_kana")).to_have_text(OK)
    visitor.type({"kind": "individual", "family_kana": "みほん", "given_kana": "taro"})
    expect(_badge(visitor, "family_kana")).to_have_text(REQUIRED)


@pytest.mark.parametrize(
    ("name", "badge", "typed", "complaint"),
    [
        ("email_confirmation", "email_confirmation", "taro@example.jp", re.compile("一致していません")),
        ("given_kana", "family_kana", "タ郎", re.compile("「郎」は使えません")),
    ],
)
def test_a_field_put_right_loses_its_error_and_gets_it_back(
    visitor: Visitor, name: str, badge: str, typed: str, complaint: re.Pattern[str]
) -> None:
    right = {**visitor.addresses, "kind": "individual", "family_kana": "ミホン", "given_kana": "タロウ"}
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.type({**right, name: typed})
    assert visitor.press("次へ").status == 422
    field, button = visitor.page.locator(f"#{name}"), visitor.page.locator(".button-primary")
    error, depth = visitor.page.locator(f"#{name} ~ .field-error"), button.evaluate(_DEPTH)
    expect(_badge(visitor, badge)).to_have_text(REQUIRED)
    expect(field).to_have_accessible_description(complaint)
    visitor.type({name: right[name]})
    expect(_badge(visitor, badge)).to_have_text(OK)
    expect(error).to_be_hidden()
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(field).not_to_have_accessible_description(complaint)
    visitor.type({name: "違"})
    expect(_badge(visitor, badge)).to_have_text(REQUIRED)
    expect(error).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(complaint)
    assert button.evaluate(_DEPTH) == depth, "it would move away under the pointer"


def test_a_choice_made_loses_its_error(visitor: Visitor) -> None:
    visitor.agree()
    visitor.open("/registration/entry")
    assert visitor.press("次へ").status == 422
    error = visitor.page.locator("#kind-error")
    expect(error).to_be_visible()
    visitor.type({"kind": "corporation"})
    expect(_badge(visitor, "kind")).to_have_text(OK)
    expect(error).to_be_hidden()
    expect(visitor.page.locator(".field-wrong").filter(has=visitor.page.locator("#kind"))).to_have_count(0)


def test_what_only_the_server_can_judge_stays_wrong_until_it_is_sent(visitor: Visitor) -> None:
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.type({"kind": "individual", "family_name": "見本😀", "given_name": "太郎"})
    assert visitor.press("次へ").status == 422
    visitor.type({"family_name": "見本😀😀"})
    expect(_badge(visitor, "family_name")).to_have_text(REQUIRED)
    expect(visitor.page.locator("#family_name-error")).to_be_visible()
    visitor.type({"family_name": "見本"})
    expect(_badge(visitor, "family_name")).to_have_text(REQUIRED)
    visitor.press("次へ")
    expect(_badge(visitor, "family_name")).to_have_text(OK)

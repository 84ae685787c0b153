"""Without a mouse: everything is reached in order, is seen to be reached, and works."""

import pytest

from tests.browser.conftest import Arrive
from tests.browser.keyboard import enter, tab, tab_to, write
from tests.browser.visitor import CORPORATION, PASSWORDS, Visitor


def test_the_whole_way_needs_no_mouse(visitor: Visitor) -> None:
    visitor.open("/")
    enter(visitor, "link", "利用者IDを発行する")
    tab_to(visitor, visitor.page.get_by_label("同意する"))
    visitor.page.keyboard.press("Space")
    enter(visitor, "button", "開始")
    write(visitor, {**visitor.addresses, **CORPORATION})
    enter(visitor, "button", "次へ")
    enter(visitor, "button", "登録")
    visitor.open(visitor.portal.mailed_path(visitor.email))
    write(visitor, PASSWORDS)
    enter(visitor, "button", "次へ")
    enter(visitor, "button", "登録")
    assert visitor.path == "/confirmation/done"


def test_the_first_stop_leads_past_the_header(visitor: Visitor) -> None:
    visitor.open("/registration")
    tab(visitor)
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main"
    assert tab(visitor) == "利用規約を読む（新しいタブで開きます）"


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("individual", ["family_kana", "given_kana", "family_name", "given_name"]),
        ("corporation", ["company_kana", "company_name", "representative_name"]),
    ],
)
def test_fields_are_reached_in_the_order_of_the_screen(visitor: Visitor, kind: str, names: list[str]) -> None:
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.page.check(f"[name=kind][value={kind}]")
    visitor.page.locator("#main").focus()
    stops = [tab(visitor) for _ in range(5 + len(names))]
    assert stops == ["email", "email_confirmation", "kind", *names, "次へ", "終了"]


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_the_error_summary_has_the_focus_and_leads_to_the_fields(arrive: Arrive, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(has_scripts=has_scripts)
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.page.check("[name=kind][value=individual]")
    assert visitor.press("次へ").status == 422
    assert visitor.page.title().startswith("エラー：")
    visitor.page.locator(".error-summary:focus").wait_for()
    links = visitor.page.locator(".error-summary").get_by_role("link")
    for link, name in zip(links.all(), ["email", "email_confirmation", "family_kana"], strict=False):
        link.click()
        assert visitor.page.locator(f"[name={name}]").evaluate("field => field.matches(':target, :focus')")
    assert links.count() == 6

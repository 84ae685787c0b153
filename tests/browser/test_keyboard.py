"""Without a mouse: everything is reached in order, is seen to be reached, and works."""

import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import Arrive
from tests.browser.visitor import CORPORATION, PASSWORDS, Visitor

MOST_STOPS = 40
# How the element that has the focus shows it, and whether it can be seen.
_FOCUS = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    words: element.getAttribute("name") || element.innerText.trim(),
    ring: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 3,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def _tab(visitor: Visitor) -> str:
    """To the next stop; the answer is its name or its words."""
    visitor.page.keyboard.press("Tab")
    stop = visitor.page.evaluate(_FOCUS)
    assert stop["ring"], f"no ring: {stop}"
    assert stop["seen"], f"out of sight: {stop}"
    return str(stop["words"])


def _tab_to(visitor: Visitor, target: Locator) -> None:
    for _ in range(MOST_STOPS):
        _tab(visitor)
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{target} was not reached in {MOST_STOPS} stops")


def _enter(visitor: Visitor, role: str, name: str) -> None:
    target = visitor.page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    _tab_to(visitor, target)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def _write(visitor: Visitor, values: dict[str, str]) -> None:
    for name, text in values.items():
        _tab_to(visitor, visitor.page.locator(f"[name={name}]").first)
        if name == "kind":
            visitor.page.keyboard.press("ArrowDown" if text == "corporation" else "Space")
        else:
            visitor.page.keyboard.insert_text(text)


def test_the_whole_way_needs_no_mouse(visitor: Visitor) -> None:
    visitor.open("/")
    _enter(visitor, "link", "利用者IDを発行する")
    _tab_to(visitor, visitor.page.get_by_label("同意する"))
    visitor.page.keyboard.press("Space")
    _enter(visitor, "button", "開始")
    _write(visitor, {**visitor.addresses, **CORPORATION})
    _enter(visitor, "button", "次へ")
    _enter(visitor, "button", "登録")
    visitor.open(visitor.portal.mailed_path(visitor.email))
    _write(visitor, PASSWORDS)
    _enter(visitor, "button", "次へ")
    _enter(visitor, "button", "登録")
    assert visitor.path == "/confirmation/done"


def test_the_first_stop_leads_past_the_header(visitor: Visitor) -> None:
    visitor.open("/registration")
    _tab(visitor)
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main"
    assert _tab(visitor) == "利用規約を読む（新しいタブで開きます）"


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
    stops = [_tab(visitor) for _ in range(5 + len(names))]
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

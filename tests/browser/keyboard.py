"""Hands on the keyboard: every stop on the way is seen to be reached."""

import pytest
from playwright.sync_api import Locator

from tests.browser.visitor import Visitor

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


def tab(visitor: Visitor) -> str:
    """To the next stop; the answer is its name or its words."""
    visitor.page.keyboard.press("Tab")
    stop = visitor.page.evaluate(_FOCUS)
    assert stop["ring"], f"no ring: {stop}"
    assert stop["seen"], f"out of sight: {stop}"
    return str(stop["words"])


def tab_to(visitor: Visitor, target: Locator) -> None:
    """On to one of the next stops."""
    for _ in range(MOST_STOPS):
        tab(visitor)
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{target} was not reached in {MOST_STOPS} stops")


def enter(visitor: Visitor, role: str, name: str) -> None:
    """Press a button or a link that leads to a page."""
    target = visitor.page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    tab_to(visitor, target)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def write(visitor: Visitor, values: dict[str, str]) -> None:
    """Fill in fields in the order of the screen."""
    for name, text in values.items():
        tab_to(visitor, visitor.page.locator(f"[name={name}]").first)
        if name == "kind":
            visitor.page.keyboard.press("ArrowDown" if text == "corporation" else "Space")
        else:
            visitor.page.keyboard.insert_text(text)

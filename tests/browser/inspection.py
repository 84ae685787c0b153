"""What every page must stand, whichever way it came about; and its picture for people to look at."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT, AxeResults

from tests.browser.visitor import Visitor

SCREENSHOTS = Path(__file__).resolve().parent.parent.parent / "artefacts" / "screenshots"
DESK, PHONE, NARROWEST = 1280, 360, 320
HEIGHTS = {DESK: 900, PHONE: 740, NARROWEST: 640}
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# None of these rules asks for stylesheets or films, so axe need not fetch them once more.
_OPTIONS = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"], "preload": False}
_OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Buttons that touch each other are pressed by mistake.
_CROWDED = """() => {
  const front = document.querySelector("dialog[open]") || document;
  const boxes = [...front.querySelectorAll(".button, .button-small")]
    .map((button) => ({ words: button.innerText, box: button.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0);
  const gap = (a, b) => Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom);
  return boxes.flatMap((a, i) => boxes.slice(i + 1)
    .filter((b) => gap(a.box, b.box) < 8).map((b) => `${a.words} / ${b.words}`));
}"""


def inspect(visitor: Visitor, name: str, widths: tuple[int, ...] = (DESK, PHONE)) -> None:
    """Look at the page that a visitor sees, in windows of several widths."""
    with visitor.measuring():
        for width in widths:
            visitor.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            fits(visitor)
            found = _violations(visitor)
            assert found.violations_count == 0, found.generate_report()
            visitor.photograph(SCREENSHOTS / f"{name}-{width}.png")
        visitor.page.set_viewport_size({"width": NARROWEST, "height": HEIGHTS[NARROWEST]})
        fits(visitor)
        visitor.page.set_viewport_size({"width": widths[0], "height": HEIGHTS[widths[0]]})
    assert visitor.complaints == []


def _violations(visitor: Visitor) -> AxeResults:
    if not visitor.page.evaluate("'axe' in window"):
        visitor.page.evaluate(AXE_SCRIPT)
    return AxeResults(visitor.page.evaluate("options => axe.run(options)", _OPTIONS))


def fits(visitor: Visitor) -> None:
    """Nothing sticks out sideways, and no two buttons touch."""
    assert visitor.page.evaluate(_OVERHANG) == 0, f"scrolls sideways: {visitor.page.url} {visitor.page.viewport_size}"
    assert visitor.page.evaluate(_CROWDED) == []

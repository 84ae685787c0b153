"""Codes on paper and in pictures: one clean page, and another maker's reader reads them however they are treated."""

import io
import re

import pytest
from PIL import Image, ImageFilter
from pypdf import PdfReader

from tests.browser.conftest import Arrive
from tests.browser.enquirers import enter
from tests.browser.inspection import SCREENSHOTS
from tests.browser.receivers import AUTHENTICATION, ISSUING, SINGLE, Code, issued, lying, new_name, read
from tests.browser.visitor import Visitor

LONGEST_NAME = f"{'見本行政書士法人' * 10}（12345678）"
SMALLEST_MM = 40
A4_MM = (210, 297)
_MM_PER_POINT = 25.4 / 72
# A code of version 8 is 49 modules wide, and 4 are left free on each side.
_CODE_SHARE = 49 / 57
_DPI, _SMALL_CM = 300, 2
_PAPER_PX = {"width": 718, "height": 1047}
_NOT_PRINTED = (".header", ".footer", "h1", ".session", ".breadcrumb", ".actions", ".ticket-after", ".button")


@pytest.fixture
def reader(arrive: Arrive) -> Visitor:
    """Somebody in a window of their own, which will look like paper."""
    return arrive(is_alone=True)


def _shown(visitor: Visitor, name: str, query: str = "") -> Code:
    code = issued(visitor, AUTHENTICATION, name)
    assert visitor.open(f"{ISSUING}/{code.key}{query}").ok
    return code


def _shown_singly(visitor: Visitor) -> Code:
    code = lying(visitor)
    assert code.application
    enter(visitor, code.application)
    assert visitor.open(SINGLE).ok
    return code


def _width_of_code_mm(visitor: Visitor) -> float:
    visitor.page.emulate_media(media="print")
    visitor.page.set_viewport_size(_PAPER_PX)  # type: ignore[arg-type]
    pixels = visitor.page.locator(".qr-code").evaluate("picture => picture.getBoundingClientRect().width")
    return float(pixels) * _CODE_SHARE / 96 * 25.4


def _check_print(visitor: Visitor, code: Code) -> None:
    """One page of A4 with the whole ticket and nothing else."""
    for settings in ({"prefer_css_page_size": True}, {"format": "A4"}):
        (page,) = PdfReader(io.BytesIO(visitor.page.pdf(**settings))).pages
        size = (float(page.mediabox.width) * _MM_PER_POINT, float(page.mediabox.height) * _MM_PER_POINT)
        assert size == pytest.approx(A4_MM, abs=1), size
        assert code.key in re.sub(r"\s", "", page.extract_text())
    assert _width_of_code_mm(visitor) >= SMALLEST_MM
    for gone in _NOT_PRINTED:
        assert not [one for one in visitor.page.locator(gone).all() if one.is_visible()], gone


@pytest.mark.parametrize("query", ["", "?lang=en&size=large"])
def test_a_receivers_code_prints_as_one_page(reader: Visitor, query: str) -> None:
    _check_print(reader, _shown(reader, LONGEST_NAME, query))
    reader.photograph(SCREENSHOTS / f"printed-code{'-english' if query else ''}.png")


def test_a_single_vehicles_code_prints_as_one_page(reader: Visitor) -> None:
    _check_print(reader, _shown_singly(reader))
    reader.photograph(SCREENSHOTS / "printed-status-code.png")


def test_the_button_prints(reader: Visitor) -> None:
    reader.page.add_init_script("window.print = () => { document.title = 'printed'; }")
    _shown(reader, new_name())
    reader.page.get_by_role("button", name="印刷", exact=True).click()
    assert reader.page.title() == "printed"


def _small(picture: Image.Image) -> Image.Image:
    """Printed 2 cm wide, and scanned with 300 dots an inch."""
    width = round(_SMALL_CM / 2.54 * _DPI / _CODE_SHARE)
    return picture.resize((width, width), Image.Resampling.BOX)


def _turned(picture: Image.Image, degrees: float) -> Image.Image:
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def test_another_makers_reader_reads_the_shown_code_however_it_is_treated(visitor: Visitor) -> None:
    code = _shown(visitor, new_name())
    seen = Image.open(io.BytesIO(visitor.page.locator(".qr-code").screenshot())).convert("L")
    large = seen.resize((684, 684), Image.Resampling.LANCZOS)
    treated = {
        "as shown": seen,
        "blurred": large.filter(ImageFilter.GaussianBlur(4)),
        "rotated": _turned(large, 33),
        "upside down": large.rotate(180),
        "small": _small(large),
        "small, rotated and blurred": _turned(_small(large), 11).filter(ImageFilter.GaussianBlur(1)),
        "faint": large.point(lambda grey: 120 + grey // 4),
    }
    assert {how: read(picture) for how, picture in treated.items()} == dict.fromkeys(treated, code.text)


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_the_code_is_saved_as_a_picture_and_as_a_drawing(arrive: Arrive, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(has_scripts=has_scripts)
    code = _shown(visitor, new_name())
    saved = {}
    for kind in ("png", "svg"):
        with visitor.page.expect_download() as fetched:
            visitor.page.get_by_role("link", name=f"画像を保存（{kind.upper()}）").click()
        assert fetched.value.suggested_filename == f"qr-code-{code.key}.{kind}"
        saved[kind] = fetched.value.path()
    assert read(saved["png"].read_bytes()) == code.text
    drawing = saved["svg"].read_text(encoding="utf-8")
    with visitor.measuring():
        visitor.open("/privacy")
        visitor.page.evaluate("drawing => { document.body.innerHTML = drawing; }", drawing)
        assert read(visitor.page.locator("body > svg").screenshot()) == code.text


def test_a_code_stays_black_on_white_in_forced_colours(arrive: Arrive) -> None:
    visitor = arrive(forced_colors="active", color_scheme="dark")
    code = _shown(visitor, new_name())
    assert read(visitor.page.locator(".qr-code").screenshot()) == code.text

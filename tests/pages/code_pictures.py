"""Codes as a scanner sees them: what a page draws or gives to save is drawn as an image and read by another library."""

import base64
import io
import re
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import fromstring

import zxingcpp
from PIL import Image, ImageDraw

from tests.pages.visitor import Shown

MOST_MODULES = 57
"""Modules on a side at version 10."""

_PIXELS = 6
_STROKES = re.compile(r"([Mmh])(-?\d+)(?: (-?\d+)(?:\.5)?)?")


def read_image(image: Image.Image) -> str:
    """The text of the one code on an image, which is at level Q and not larger than version 10."""
    (code,) = zxingcpp.read_barcodes(image.convert("L"))
    known: Any = code.extra
    assert (code.format, code.ec_level) == (zxingcpp.BarcodeFormat.QRCode, "Q")
    assert int(known["Version"]) <= (MOST_MODULES - 17) // 4
    return str(code.text)


def drawn(strokes: str, size: int) -> Image.Image:
    """A path of horizontal strokes, one unit thick, on a white square."""
    image = Image.new("L", (size * _PIXELS, size * _PIXELS), 255)
    brush = ImageDraw.Draw(image)
    x = y = 0
    for command, first, second in _STROKES.findall(strokes):
        if command == "h":
            corners = (x * _PIXELS, y * _PIXELS, (x + int(first)) * _PIXELS - 1, (y + 1) * _PIXELS - 1)
            brush.rectangle(corners, fill=0)
            x += int(first)
        elif command == "M":
            x, y = int(first), int(second)
        else:
            x, y = x + int(first), y + int(second)
    return image


def picture_on(page: Shown) -> Image.Image:
    """The picture in the page."""
    (svg,) = [one for one in page.document.all() if one.get("class") == "qr-code"]
    (strokes,) = [one.attrib["d"] for one in svg.iter() if one.get("stroke") == "#000"]
    left, top, width, height = map(int, svg.attrib["viewBox"].split())
    assert (left, top, width) == (0, 0, height)
    return drawn(strokes, width)


def saved_from(page: Shown, kind: str) -> Image.Image:
    """The picture that is saved as png or svg."""
    (href,) = [one.attrib["href"] for one in page.document.all("a") if one.get("download", "").endswith(f".{kind}")]
    head, _, content = href.partition(",")
    if kind == "png":
        assert head == "data:image/png;base64"
        return Image.open(io.BytesIO(base64.b64decode(content)))
    assert head.startswith("data:image/svg+xml")
    return _svg_drawn(unquote(content))


def _svg_drawn(text: str) -> Image.Image:
    root = fromstring(text)  # noqa: S314 - our own
    (scale,) = [one.attrib["transform"] for one in root.iter() if "transform" in one.attrib]
    (strokes,) = [one.attrib["d"] for one in root.iter() if one.get("stroke") == "#000"]
    return drawn(strokes, int(root.attrib["width"]) // int(re.sub(r"\D", "", scale)))


def code_on(page: Shown) -> str:
    """The text of the code that a page shows."""
    return read_image(picture_on(page))

"""Two-dimensional codes as pictures: in the page, and as files to save that travel inside it."""

import re
from dataclasses import dataclass

import segno

LEVEL = "q"
_QUIET_ZONE = 4
_FILE_SCALE = 12
_DARK = re.compile(b"\x01+")


@dataclass(frozen=True)
class CodePicture:
    """`lines`: strokes one unit thick, to be drawn on a square of `size` units. The files are `data:` links."""

    lines: str
    size: int
    svg_file: str
    png_file: str
    version: int


def picture_of(text: str) -> CodePicture:
    """The picture of a code's text: capitals and digits alone, so that it stays small."""
    code = segno.make(text, error=LEVEL, mode="alphanumeric", boost_error=False, micro=False)
    rows = enumerate(map(bytes, code.matrix_iter(border=_QUIET_ZONE)))
    return CodePicture(
        lines="".join(f"M{run.start()} {y}.5h{len(run[0])}" for y, row in rows for run in _DARK.finditer(row)),
        size=int(code.symbol_size(border=_QUIET_ZONE)[0]),
        svg_file=code.svg_data_uri(border=_QUIET_ZONE, scale=_FILE_SCALE, light="#fff", svgclass=None, lineclass=None),
        png_file=code.png_data_uri(border=_QUIET_ZONE, scale=_FILE_SCALE),
        version=int(code.version),
    )

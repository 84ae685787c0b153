"""What drawing a code costs, beside the libraries alone: the same text, in turn."""

import io
import time
from argparse import Namespace
from collections.abc import Callable, Sequence

import qrcode
import segno
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.image.svg import SvgPathImage

from bench.environment import DEPLOYMENT
from bench.report import DOCUMENT, write_between
from bench.tables import table
from bench.timing import Spread, no_collections, spread_of
from chalicelib.code_sealing import qr_code_seal
from chalicelib.domain.lookup_keys import lookup_key
from chalicelib.domain.qr_codes import CodeSays, Purpose
from chalicelib.settings import load_settings
from chalicelib.web.code_pictures import LEVEL, picture_of
from chalicelib.wiring import read_clock

BEGIN, END = "<!-- pictures: begin -->", "<!-- pictures: end -->"
_WARM_UPS = 3
_TITLES = ("what is made", "CPU ms", "(min–max)", "× segno alone")


def run(options: Namespace) -> None:
    """Draw one code in every way, show the figures, and on request keep them."""
    shown = "\n\n".join((f"`make bench ARGS='--pictures --tries {options.tries}'`.", _measured(options.tries)))
    print(shown)
    if options.write_docs:
        write_between(DOCUMENT, (BEGIN, END), shown)


def ways() -> dict[str, Callable[[], object]]:
    """Each way to a picture of the same text; all but the first are what libraries do alone."""
    now, seal = read_clock(), qr_code_seal(load_settings(DEPLOYMENT))
    says = CodeSays(Purpose.ENROLMENT, lookup_key("0" * 15), now, now + (Purpose.ENROLMENT.lifetime or now - now))
    text = seal.sealed(says)
    return {
        "segno alone: SVG and PNG to save": lambda: _by_segno(text),
        "segno alone: the modules": lambda: segno.make(text, error=LEVEL, boost_error=False, micro=False),
        "qrcode: SVG and PNG to save": lambda: _by_qrcode(text),
        "ours: the page's lines, SVG and PNG to save": lambda: picture_of(text),
        "ours: the signature": lambda: seal.sealed(says),
        "ours: the signature checked": lambda: seal.opened(text),
    }


def _by_segno(text: str) -> Sequence[str]:
    code = segno.make(text, error=LEVEL, boost_error=False, micro=False)
    return code.svg_data_uri(scale=12), code.png_data_uri(scale=12)


def _by_qrcode(text: str) -> Sequence[bytes]:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, box_size=12)
    code.add_data(text)
    code.make(fit=True)
    png = io.BytesIO()
    code.make_image().save(png)
    return code.make_image(image_factory=SvgPathImage).to_string(), png.getvalue()


def _measured(tries: int) -> str:
    taken = times_of(ways(), tries)
    floor = next(iter(taken.values())).middle
    return table(_TITLES, [_row(name, spread, floor) for name, spread in taken.items()])


def _row(name: str, spread: Spread, floor: float) -> Sequence[str]:
    noise = f"({spread.least:.2f}–{spread.most:.2f})"
    return name, f"{spread.middle:.2f}", noise, f"{spread.middle / floor:.2f}"


def times_of(found: dict[str, Callable[[], object]], tries: int) -> dict[str, Spread]:
    """CPU milliseconds of each, in turn, so that whatever slows one down slows down the others."""
    taken: dict[str, list[float]] = {name: [] for name in found}
    with no_collections():
        for turn in range(_WARM_UPS + tries):
            for name, draw in found.items():
                started = time.process_time_ns()
                draw()
                if turn >= _WARM_UPS:
                    taken[name].append((time.process_time_ns() - started) / 1e6)
    return {name: spread_of(times) for name, times in taken.items()}

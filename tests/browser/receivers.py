"""Receivers and their two-dimensional codes: by request, up to where a test begins."""

import base64
import io
import re
from dataclasses import dataclass, replace
from itertools import count

import zxingcpp
from PIL import Image

from tests.browser.enquirers import Filed, entered
from tests.browser.programs import CONTINUATION
from tests.browser.visitor import Visitor

ISSUING, QUESTION, SINGLE = "/qrcodes", "/status/qr-code", "/status/qr-code/shown"
RECEIVER_PASSWORD, OTHER_PASSWORD = "the wide river in the morning", "a quiet bridge after the rain"
ENROLMENT, AUTHENTICATION, PASSWORD_CHANGE = "enrolment", "authentication", "password_change"
READY = "ready_to_return"
_PNG = re.compile(r'href="data:image/png;base64,([^"]+)"')
_SINGLE_KEY = re.compile(r"qr-code-(K[0-9]{15})\.png")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_names = count(1)


@dataclass(frozen=True)
class Code:
    """A code as its page gives it away: the text that scanners read, and what stands below; and whose it is."""

    text: str
    key: str
    application: Filed | None = None


def new_name() -> str:
    """A receiver's that no other test uses, as scriveners have it."""
    return f"見本行政書士事務所（{next(_names):08d}）".translate(_FULL_WIDTH)


def read(picture: bytes | Image.Image) -> str:
    """What a scanner of another make reads in a picture."""
    image = picture if isinstance(picture, Image.Image) else Image.open(io.BytesIO(picture))
    found = zxingcpp.read_barcode(image.convert("L"))
    assert found is not None, "no code in the picture"
    return str(found.text)


def typed(purpose: str, name: str, password: str = RECEIVER_PASSWORD, procedure: str = CONTINUATION) -> dict[str, str]:
    """What is filled in to issue a code."""
    secrets = {"receiver_password": password, "receiver_password_confirmation": password}
    about = {"procedure": procedure} if purpose == AUTHENTICATION else {}
    return {"purpose": purpose, "receiver_name": name, **secrets, **about}


def issued(visitor: Visitor, purpose: str, name: str, *rest: str) -> Code:
    """A code of its own for a test; `rest`: password and procedure. This browser may look at it."""
    answer = visitor.send(ISSUING, **typed(purpose, name, *rest))
    return _code_in(answer.text(), answer.url.rpartition("/")[2])


def issued_singly(visitor: Visitor, **record: str) -> Code:
    """The code of an application of its own for a test, which this browser was let in to."""
    one = entered(visitor, CONTINUATION, READY, **record)
    page = visitor.fill(QUESTION).text()
    found = _SINGLE_KEY.search(page)
    return replace(_code_in(page, found[1] if found else ""), application=one)


def lying(visitor: Visitor) -> Code:
    """A worker's code of a single vehicle, which tests only look at."""
    kept = visitor.portal.kept
    if "lying" not in kept:
        kept["lying"] = issued_singly(visitor, receiver_name=new_name())
    code: Code = kept["lying"]
    return code


def _code_in(page: str, key: str) -> Code:
    found = _PNG.search(page)
    assert found, page
    return Code(read(base64.b64decode(found[1])), key)

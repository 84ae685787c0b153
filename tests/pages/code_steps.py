"""What receivers do at 二次元コード発行, and what they then hold in their hands."""

from dataclasses import dataclass
from typing import Any

from chalicelib.domain.lookup_keys import is_lookup_key
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose, QrCode
from tests.pages.code_pictures import code_on
from tests.pages.portal import OpenPortal
from tests.pages.visitor import Shown, Visitor

ENTRY = "/qrcodes"
RECEIVER = "見本受取"
NUMBER = "12345678"
RECEIVER_PASSWORD = "eleven lanterns under the quay"
NEW_RECEIVER_PASSWORD = "a copper heron counts to nine"


@dataclass(frozen=True)
class Held:
    """A code on paper: what a scanner reads, and the key below it."""

    text: str
    lookup_key: str


def fill_in(visitor: Visitor, purpose: Purpose, /, *, expect: int = 200, **typed: Any) -> Shown:
    """「二次元コードを発行する」."""
    visitor.get(ENTRY)
    return visitor.submit(ENTRY, expect=expect, **filled(purpose, **typed))


def filled(purpose: Purpose, /, **typed: Any) -> dict[str, Any]:
    """What is typed for a code, the password twice."""
    password = typed.pop("receiver_password", RECEIVER_PASSWORD)
    procedure = Procedure.CONTINUATION.value if purpose is Purpose.AUTHENTICATION else None
    return {
        "purpose": purpose.value,
        "procedure": procedure,
        "receiver_name": RECEIVER,
        "receiver_password": password,
        "receiver_password_confirmation": password,
        **typed,
    }


def issue(visitor: Visitor, purpose: Purpose, /, **typed: Any) -> Held:
    """A new code, printed."""
    return held(fill_in(visitor, purpose, **typed))


def held(page: Shown) -> Held:
    """What the page shows, as printed."""
    return Held(code_on(page), key_on(page))


def key_on(page: Shown) -> str:
    """The search key below the code."""
    (element,) = [one for one in page.document.all("p") if one.get("class") == "ticket-key"]
    key = "".join("".join(element.itertext()).split())
    assert is_lookup_key(key), key
    return key


def stored_code(portal: OpenPortal, lookup_key: str) -> QrCode:
    """The code as it is stored now."""
    with portal.world().begin() as work:
        code = work.qr_codes.find(lookup_key)
    assert code is not None
    return code


def codes_issued(portal: OpenPortal) -> int:
    """How many there are."""
    return len(portal.store.rows.qr_codes)

"""People who filed an application and look at it: 状況照会 by request, up to where a test begins."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.browser import programs
from tests.browser.members import BULK_FILE, owner_of_many
from tests.browser.members import enter as enter_my_page
from tests.browser.programs import CONTINUATION, PASSWORD
from tests.browser.visitor import Visitor

NUMBER, SIGN_IN = "/status", "/status/login"
PASSCODE, PASSCODE_ENTRY = "/status/passcode", "/status/passcode/entry"
APPLICATION, WITHDRAWAL = "/status/application", "/status/withdrawal"
CORRECTION, CHECK = "/status/correction", "/status/correction/check"
WRONG = "wrong password of nobody"
# Well-formed, and nobody's.
NOBODYS_NUMBER = "01010100000010009"
_NO_NUMBER_IN_IT = "HOKEN"
_people = count(1)


@dataclass(frozen=True)
class Filed:
    """An application; `email` is where its letters go."""

    number: str
    email: str

    @property
    def grouped(self) -> str:
        """The number as people read it."""
        return " ".join((self.number[:4], self.number[4:8], self.number[8:12], self.number[12:]))


def filed(visitor: Visitor, procedure: str = CONTINUATION, state: str = "inspection_fee_due", **record: str) -> Filed:
    """An application of its own for a test, led to a state."""
    email = f"shinsei{next(_people)}@example.jp"
    if state == "not_accepted":
        record = {"insurance_reference": _NO_NUMBER_IN_IT, **record}
    if state.endswith("_bulk"):
        record = {"payment_method": "bulk", "bulk_payment_file": _bulk_file(visitor), **record}
    number = programs.file(visitor.portal, procedure, notification_email=email, **record)
    programs.lead(visitor.portal, number, procedure, state)
    return Filed(number, email)


def _bulk_file(visitor: Visitor) -> str:
    kept = visitor.portal.kept
    if "bulk_file" not in kept:
        enter_my_page(visitor, owner_of_many(visitor))
        kept["bulk_file"] = visitor.fill(BULK_FILE).text()
    return str(kept["bulk_file"])


def try_password(visitor: Visitor, number: str, password: str) -> int:
    """Send the sign-in; the answer's status, 303 when the password opened something."""
    typed = {"application_number": number, "application_password": password}
    return visitor.post(SIGN_IN, typed, follows=0).status


def enter(visitor: Visitor, one: Filed) -> None:
    """Be let in."""
    assert try_password(visitor, one.number, PASSWORD) == 303


def entered(visitor: Visitor, *where: str, **record: str) -> Filed:
    """An application of its own for a test, `where` is its procedure and state, and to be let in to it."""
    one = filed(visitor, *where, **record)
    enter(visitor, one)
    return one


def asked(visitor: Visitor) -> Filed:
    """To be let in to an application that has to be put right, which tests leave so."""
    kept = visitor.portal.kept
    one: Filed | None = kept.get("asked")
    if not one or programs.look(visitor.portal, one.number)["state"] != "inspection_correction":
        one = filed(visitor, CONTINUATION, "inspection_correction")
        kept["asked"] = one
    enter(visitor, one)
    return one


def in_correction(visitor: Visitor, **facts: Any) -> Filed:
    """To be let in to an application that has to be put right."""
    if not facts:
        return entered(visitor, CONTINUATION, "inspection_correction")
    one = entered(visitor, CONTINUATION, "inspection_review")
    programs.tell(visitor.portal, one.number, programs.ASKED, **facts)
    return one

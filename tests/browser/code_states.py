"""Pages of 二次元コード発行 and of a single vehicle's code, and how a browser comes to see them."""

from tests.browser.application_states import LONG
from tests.browser.enquirers import APPLICATION, enter, entered
from tests.browser.gallery import States
from tests.browser.programs import CONTINUATION
from tests.browser.receivers import (
    AUTHENTICATION,
    ENROLMENT,
    ISSUING,
    PASSWORD_CHANGE,
    QUESTION,
    READY,
    RECEIVER_PASSWORD,
    SINGLE,
    issued,
    lying,
    new_name,
)
from tests.browser.visitor import Visitor

STATES = States()
_state, _page = STATES.state, STATES.page
ISSUE = "二次元コードを発行する"
_NOBODYS_KEY = "1234567890123450"
_LONGEST_NAME = f"{'見本行政書士法人' * 10}（12345678）"

_page("qrcodes", ISSUING)
_page("english-qrcodes", f"{ISSUING}?lang=en")
_page("qrcodes-not-shown", f"{ISSUING}/{_NOBODYS_KEY}", 410)


@_state
def qrcodes_refused(visitor: Visitor) -> None:
    visitor.open(ISSUING)
    visitor.page.check(f"[name=purpose][value={AUTHENTICATION}]")
    visitor.type({"receiver_name": "見本事務所（12345678）", "scrivener_number": "1234567"})
    visitor.type({"receiver_password": "short", "receiver_password_confirmation": "other"})
    assert visitor.press(ISSUE).status == 422


@_state
def english_qrcodes_refused(visitor: Visitor) -> None:
    visitor.open(f"{ISSUING}?lang=en")
    visitor.page.check(f"[name=purpose][value={AUTHENTICATION}]")
    visitor.type({"receiver_name": "見本事務所（12345678）", "scrivener_number": "12345678"})
    visitor.type({"receiver_password": RECEIVER_PASSWORD})
    assert visitor.go_on().status == 422


@_state
def qrcodes_of_an_old_window(visitor: Visitor) -> None:
    visitor.open(ISSUING)
    visitor.type({"receiver_name": "見本事務所（12345678）"})
    visitor.page.context.clear_cookies(name="visitor")
    assert visitor.press(ISSUE).status == 409


def _show(visitor: Visitor, purpose: str, name: str, language: str = "ja") -> None:
    code = issued(visitor, purpose, name)
    assert visitor.open(f"{ISSUING}/{code.key}?lang={language}").ok


@_state
def qrcodes_enrolment(visitor: Visitor) -> None:
    _show(visitor, ENROLMENT, new_name())


@_state
def qrcodes_authentication(visitor: Visitor) -> None:
    _show(visitor, AUTHENTICATION, new_name())


@_state
def qrcodes_password_change(visitor: Visitor) -> None:
    _show(visitor, PASSWORD_CHANGE, _LONGEST_NAME)


@_state
def english_qrcodes_authentication(visitor: Visitor) -> None:
    _show(visitor, AUTHENTICATION, new_name(), "en")


@_state
def status_code_question(visitor: Visitor) -> None:
    entered(visitor, CONTINUATION, READY, receiver_name=LONG["receiver_name"])
    assert visitor.open(QUESTION).ok


def _look_again(visitor: Visitor) -> None:
    one = lying(visitor).application
    assert one
    enter(visitor, one)


@_state
def status_code(visitor: Visitor) -> None:
    _look_again(visitor)
    assert visitor.open(SINGLE).ok


@_state
def english_status_code(visitor: Visitor) -> None:
    _look_again(visitor)
    assert visitor.open(f"{SINGLE}?lang=en").ok


@_state
def application_with_a_code(visitor: Visitor) -> None:
    _look_again(visitor)
    assert visitor.open(APPLICATION).ok


@_state
def status_code_too_early(visitor: Visitor) -> None:
    entered(visitor)
    assert visitor.open(QUESTION).status == 409

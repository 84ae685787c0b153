"""The counter: every verdict against a code, and every refusal; and how a browser comes to see that.

Not 失効: nothing that can happen to an application that is ready revokes its code, besides the hand-over.
"""

from tests.browser.application_states import LONG
from tests.browser.counter_states import APPROVE, HANDED
from tests.browser.gallery import States
from tests.browser.officers import (
    CLERK,
    COUNTER,
    EXAMINER,
    OTHER_OFFICE,
    approve,
    enrolled,
    officer,
    scan,
    serve,
    stand,
)
from tests.browser.programs import NEW_VEHICLE, tell
from tests.browser.receivers import (
    AUTHENTICATION,
    ENROLMENT,
    OTHER_PASSWORD,
    RECEIVER_PASSWORD,
    Code,
    issued,
    issued_singly,
    lying,
    new_name,
)
from tests.browser.visitor import Visitor

STATES = States()
_state = STATES.state
# Well-formed, and nobody's.
_NOBODYS_KEY = "1234567890123450"
_FILL = "(fields, words) => fields.forEach((one) => { one.value = words; })"


def _authentication(visitor: Visitor, *rest: str) -> str:
    return issued(visitor, AUTHENTICATION, enrolled(visitor), *rest).text


@_state
def counter_used(visitor: Visitor) -> None:
    code = issued(visitor, ENROLMENT, new_name())
    approve(visitor, code)
    assert serve(visitor, code.text).ok


@_state
def counter_scan_moved(visitor: Visitor) -> None:
    code = issued_singly(visitor)
    serve(visitor, code.text)
    number = str(visitor.page.locator("[name^=application_]").get_attribute("id")).removeprefix("application_")
    tell(visitor.portal, number, "handed_over")
    visitor.portal.kept["handed over"] = code
    assert visitor.press(HANDED).status == 409


@_state
def counter_used_singly(visitor: Visitor) -> None:
    if "handed over" not in visitor.portal.kept:
        counter_scan_moved(visitor)
    code: Code = visitor.portal.kept["handed over"]
    assert serve(visitor, code.key).ok


@_state
def counter_expired(visitor: Visitor) -> None:
    with visitor.portal.later("-31d"):
        code = issued(visitor, AUTHENTICATION, new_name())
    assert serve(visitor, code.text).ok


@_state
def counter_other_office(visitor: Visitor) -> None:
    assert serve(visitor, lying(visitor).text, EXAMINER, OTHER_OFFICE).ok


@_state
def english_counter_other_office(visitor: Visitor) -> None:
    assert serve(visitor, lying(visitor).text, EXAMINER, OTHER_OFFICE, "en").ok


@_state
def counter_forged(visitor: Visitor) -> None:
    text = issued(visitor, ENROLMENT, new_name()).text
    assert serve(visitor, text[:20] + ("A" if text[20] == "B" else "B") + text[21:]).ok


@_state
def counter_unreadable(visitor: Visitor) -> None:
    assert serve(visitor, "https://www.example.jp/").ok


@_state
def counter_not_found(visitor: Visitor) -> None:
    assert serve(visitor, _NOBODYS_KEY).ok


@_state
def counter_receiver_unknown(visitor: Visitor) -> None:
    assert serve(visitor, issued(visitor, AUTHENTICATION, LONG["receiver_name"]).text).ok


@_state
def counter_credential_wrong(visitor: Visitor) -> None:
    assert serve(visitor, _authentication(visitor, OTHER_PASSWORD)).ok


@_state
def english_counter_name_taken(visitor: Visitor) -> None:
    assert serve(visitor, issued(visitor, ENROLMENT, enrolled(visitor)).text, language="en").ok


@_state
def counter_nothing_ready(visitor: Visitor) -> None:
    assert serve(visitor, _authentication(visitor, RECEIVER_PASSWORD, NEW_VEHICLE)).ok


@_state
def counter_may_not_approve(visitor: Visitor) -> None:
    serve(visitor, issued(visitor, ENROLMENT, new_name()).text)
    visitor.page.check("[name=papers_seen]")
    stand(visitor, CLERK)
    visitor.page.locator("[name=signed_in_as]").evaluate_all(_FILL, officer(visitor.portal, CLERK).officer_id)
    assert visitor.press(APPROVE).status == 403


@_state
def counter_another_officer(visitor: Visitor) -> None:
    stand(visitor)
    visitor.open(COUNTER)
    stand(visitor, CLERK)
    assert scan(visitor, _NOBODYS_KEY).status == 409

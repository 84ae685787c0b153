"""The counter: signing in, and what follows from a valid code; and how a browser comes to see that."""

from playwright.sync_api import Response

from tests.browser.application_states import LONG
from tests.browser.enquirers import filed
from tests.browser.gallery import States
from tests.browser.officers import CLERK, COUNTER, EXAMINER, OTHER_OFFICE, SHELF, SIGN_IN, enrolled, serve, stand
from tests.browser.programs import CONTINUATION, NEW_VEHICLE
from tests.browser.receivers import (
    AUTHENTICATION,
    ENROLMENT,
    OTHER_PASSWORD,
    PASSWORD_CHANGE,
    READY,
    RECEIVER_PASSWORD,
    issued,
    issued_singly,
    lying,
    new_name,
)
from tests.browser.visitor import Visitor

STATES = States()
_state, _page = STATES.state, STATES.page
APPROVE, HANDED = "承認する", "渡しました"

_page("counter-login", SIGN_IN)
_page("english-counter-login", f"{SIGN_IN}?lang=en")


@_state
def counter_login_wrong(visitor: Visitor) -> None:
    visitor.open(SIGN_IN)
    visitor.type({"officer_id": "zz99zz99", "officer_password": OTHER_PASSWORD, "one_time_password": "012345"})
    assert visitor.press("ログイン").status == 422


@_state
def counter_login_of_an_old_window(visitor: Visitor) -> None:
    visitor.open(SIGN_IN)
    visitor.type({"officer_id": "zz99zz99"})
    visitor.page.context.clear_cookies(name="visitor")
    assert visitor.press("ログイン").status == 409


@_state
def counter(visitor: Visitor) -> None:
    stand(visitor)
    assert visitor.open(COUNTER).ok


@_state
def english_counter(visitor: Visitor) -> None:
    stand(visitor)
    assert visitor.open(f"{COUNTER}?lang=en").ok


@_state
def counter_nothing_typed(visitor: Visitor) -> None:
    assert serve(visitor, "").status == 422


def _go_on(visitor: Visitor) -> Response:
    """Press the filled button, whatever its language."""
    with visitor.page.expect_navigation() as led:
        visitor.page.locator("#main form:not(.scan) .button-primary").click()
    return led.value


# Approval


@_state
def counter_enrolment(visitor: Visitor) -> None:
    assert serve(visitor, issued(visitor, ENROLMENT, new_name()).text).ok


@_state
def counter_enrolment_for_clerks(visitor: Visitor) -> None:
    assert serve(visitor, issued(visitor, ENROLMENT, new_name()).text, CLERK).ok


@_state
def counter_papers_not_seen(visitor: Visitor) -> None:
    counter_enrolment(visitor)
    assert visitor.press(APPROVE).status == 422


@_state
def english_counter_papers_not_seen(visitor: Visitor) -> None:
    serve(visitor, issued(visitor, PASSWORD_CHANGE, enrolled(visitor)).text, language="en")
    assert _go_on(visitor).status == 422


@_state
def counter_enrolled(visitor: Visitor) -> None:
    counter_enrolment(visitor)
    visitor.page.check("[name=papers_seen]")
    assert visitor.press(APPROVE).ok


@_state
def english_counter_password_changed(visitor: Visitor) -> None:
    """To the one that it was: this receiver is for other tests too."""
    serve(visitor, issued(visitor, PASSWORD_CHANGE, enrolled(visitor)).text, language="en")
    visitor.page.check("[name=papers_seen]")
    assert _go_on(visitor).ok


# Handing over


@_state
def counter_hand_over(visitor: Visitor) -> None:
    name = enrolled(visitor)
    for record in ({}, {"chassis_number": LONG["chassis_number"], "user_name": LONG["user_name"]}):
        filed(visitor, CONTINUATION, READY, receiver_name=name, **record)
    assert serve(visitor, issued(visitor, AUTHENTICATION, name).text).ok


@_state
def counter_nothing_ticked(visitor: Visitor) -> None:
    assert serve(visitor, lying(visitor).text).ok
    visitor.page.locator("[name^=application_]").uncheck()
    assert visitor.press(HANDED).status == 422


@_state
def english_counter_hand_over(visitor: Visitor) -> None:
    assert serve(visitor, lying(visitor).text, CLERK, language="en").ok


@_state
def counter_handed_over(visitor: Visitor) -> None:
    name = enrolled(visitor)
    filed(visitor, NEW_VEHICLE, "ready_to_issue", receiver_name=name)
    serve(visitor, issued(visitor, AUTHENTICATION, name, RECEIVER_PASSWORD, NEW_VEHICLE).text)
    assert visitor.press(HANDED).ok


@_state
def english_counter_handed_over(visitor: Visitor) -> None:
    serve(visitor, issued_singly(visitor).text, language="en")
    assert _go_on(visitor).ok


@_state
def counter_shelf(visitor: Visitor) -> None:
    lying(visitor)
    stand(visitor, CLERK)
    assert visitor.open(SHELF).ok


@_state
def english_counter_shelf(visitor: Visitor) -> None:
    stand(visitor, CLERK)
    assert visitor.open(f"{SHELF}?procedure=new_vehicle&lang=en").ok


@_state
def counter_shelf_empty(visitor: Visitor) -> None:
    stand(visitor, EXAMINER, OTHER_OFFICE)
    assert visitor.open(SHELF).ok

"""How many calls of DynamoDB issuing, scanning, approving and handing over make, and that they tell nothing."""

import pytest

from chalicelib.domain.application_states import State
from chalicelib.domain.lookup_keys import lookup_key
from chalicelib.domain.qr_codes import RECEIVER_PURPOSES, Purpose
from tests.pages.code_steps import ENTRY, NEW_RECEIVER_PASSWORD, RECEIVER_PASSWORD, fill_in, filled, held, issue
from tests.pages.counter_steps import (
    HAND_OVER,
    SHELF,
    at_the_counter,
    employ,
    enrol,
    hand_over,
    lay_on_the_shelf,
    scan,
    ticks,
    try_to_sign_in,
)
from tests.pages.portal import OpenPortal
from tests.pages.status_steps import WRONG, looking_at, stored
from tests.pages.steps import Typed
from tests.pages.visitor import Visitor

AT_ONCE, ON_A_PAGE = 20, 50


def _calls(portal: OpenPortal, function: str) -> list[int]:
    return [int(line["calls"]) for line in portal.lines if line.get("function") == function]


def test_pages_before_anything_is_sent_ask_the_store_nothing(metered: OpenPortal) -> None:
    visitor = Visitor(metered)
    visitor.get(ENTRY)
    visitor.get("/counter/login")
    metered.answer("GET", "/.well-known/qr-code-keys.json", {}, b"")
    fill_in(visitor, Purpose.ENROLMENT, receiver_password="", expect=422)
    assert {line["calls"] for line in metered.lines} == {0}


@pytest.mark.parametrize("purpose", RECEIVER_PURPOSES)
@pytest.mark.parametrize("password", [RECEIVER_PASSWORD, NEW_RECEIVER_PASSWORD, None])
def test_issuing_takes_one_call_whether_or_not_the_receiver_exists(
    metered: OpenPortal, purpose: Purpose, password: str | None
) -> None:
    visitor = Visitor(metered)
    if password:
        enrol(visitor, at_the_counter(metered), receiver_password=password)
    del metered.lines[:]
    issue(visitor, purpose)
    assert (_calls(metered, "post_entry"), _calls(metered, "show_code")) == ([1], [1])


def test_a_form_sent_twice_takes_two_calls(metered: OpenPortal) -> None:
    visitor = Visitor(metered)
    visitor.get(ENTRY)
    form = visitor.page.form(ENTRY)
    first = held(visitor.submit(ENTRY, **filled(Purpose.ENROLMENT)))
    typed = {name: text for name, text in filled(Purpose.ENROLMENT).items() if text}
    assert held(visitor.post(ENTRY, {**form.values, **typed})) == first
    assert _calls(metered, "post_entry") == [1, 2]


@pytest.mark.parametrize("past", ["unknown", "wrong", "locked", "dismissed"])
def test_a_refused_sign_in_costs_the_same_whatever_it_was(metered: OpenPortal, past: str) -> None:
    officer = employ(metered, is_active=past != "dismissed")
    typed: Typed = {"unknown": {"officer_id": "NOBODY01"}, "wrong": {"officer_password": WRONG}}.get(past, {})
    for _ in range(5 if past == "locked" else 0):
        try_to_sign_in(Visitor(metered), officer, officer_password=WRONG)
    del metered.lines[:]
    try_to_sign_in(Visitor(metered), officer, **typed)
    assert _calls(metered, "post_sign_in") == [2]


def test_an_officers_day_makes_the_calls_it_was_designed_to_make(metered: OpenPortal) -> None:
    visitor, officer = Visitor(metered), at_the_counter(metered)
    enrol(visitor, officer)
    lay_on_the_shelf(metered)
    scan(officer, issue(visitor, Purpose.AUTHENTICATION).text)
    hand_over(officer)
    officer.get(SHELF)
    officer.submit("/counter/logout")
    assert _calls(metered, "post_sign_in") == [3]
    assert _calls(metered, "show_scan") == [1]
    assert _calls(metered, "post_approval") == [4]
    assert _calls(metered, "post_scan") == [4, 6]
    assert _calls(metered, "post_hand_over") == [7]
    assert _calls(metered, "show_shelf") == [3]
    assert _calls(metered, "post_sign_out") == [2]


@pytest.mark.parametrize(
    ("typed", "calls"), [("SOMETHING ELSE", 2), ("MDG1" + "A" * 135, 2), (lookup_key("999999999999999"), 3)]
)
def test_what_is_no_code_costs_less_than_a_code(metered: OpenPortal, typed: str, calls: int) -> None:
    scan(at_the_counter(metered), typed)
    assert _calls(metered, "post_scan") == [calls]


def test_twenty_at_once_fit_into_one_transaction(metered: OpenPortal) -> None:
    visitor, officer = Visitor(metered), at_the_counter(metered)
    enrol(visitor, officer)
    laid = lay_on_the_shelf(metered, AT_ONCE + 1)
    page = scan(officer, issue(visitor, Purpose.AUTHENTICATION).text)
    assert set(ticks(page)) == {one.application_number for one in laid[:AT_ONCE]}
    fields = page.form(HAND_OVER).values
    hand_over(officer)
    assert [stored(metered, one).state for one in laid] == [State.RETURNED] * AT_ONCE + [State.READY_TO_RETURN]
    assert _calls(metered, "post_hand_over") == [6 + AT_ONCE]
    metered.deliver_letters()
    assert len(metered.sender.sent) == AT_ONCE
    assert officer.post(HAND_OVER, fields).outcome == "handed_over"


def test_a_single_vehicle_takes_few_calls(metered: OpenPortal) -> None:
    visitor, officer = Visitor(metered), at_the_counter(metered)
    looking_at(visitor, State.READY_TO_RETURN)
    visitor.get("/status/qr-code")
    code = held(visitor.submit("/status/qr-code"))
    scan(officer, code.text)
    hand_over(officer)
    assert _calls(metered, "show_question") == [2]
    assert _calls(metered, "issue_code") == [3]
    assert _calls(metered, "show_code") == [3]
    assert _calls(metered, "post_scan") == [4]
    assert _calls(metered, "post_hand_over") == [5]


def test_a_long_shelf_is_read_page_by_page(metered: OpenPortal) -> None:
    laid = lay_on_the_shelf(metered, ON_A_PAGE + 1)
    officer = at_the_counter(metered)
    rows = []
    page = officer.get(SHELF)
    rows.append(len(page.document.all("tr")) - 1)
    page = officer.get(next(door for door in page.doors() if "after=" in door))
    rows.append(len(page.document.all("tr")) - 1)
    assert rows == [ON_A_PAGE, 1]
    assert laid[-1].record.chassis_number in page.text
    assert _calls(metered, "show_shelf") == [4, 4]

"""How many calls of DynamoDB each request of the status enquiry makes, and that they tell nothing."""

import pytest

from chalicelib.domain.application_states import State
from chalicelib.domain.procedures import Procedure
from tests.application_builders import APPLICATION_PASSWORD
from tests.pages.portal import OpenPortal
from tests.pages.status_steps import (
    APPLICATION,
    CHASSIS,
    CHECK,
    CORRECTION,
    PASSCODE,
    PASSCODE_ENTRY,
    WITHDRAWAL,
    WRONG,
    ask_passcode,
    looking_at,
    name_application,
    passcode_in_newest_letter,
    store_application,
    try_to_enter,
)
from tests.pages.visitor import Visitor


def _calls(portal: OpenPortal, function: str) -> int:
    return max(int(line["calls"]) for line in portal.lines if line.get("function") == function)


def test_pages_before_the_password_ask_the_store_nothing(metered: OpenPortal) -> None:
    visitor = Visitor(metered)
    name_application(visitor, store_application(metered).application_number)
    visitor.get(PASSCODE)
    visitor.get(PASSCODE_ENTRY)
    visitor.get("/status/states")
    assert {line["calls"] for line in metered.lines} == {0}


@pytest.mark.parametrize("state", [State.INSPECTION_FEE_DUE, State.ISSUED])
def test_the_application_takes_two_calls_however_much_happened(metered: OpenPortal, state: State) -> None:
    visitor = Visitor(metered)
    looking_at(visitor, state, procedure=Procedure.NEW_VEHICLE)
    assert _calls(metered, "post_sign_in") == 3
    assert _calls(metered, "show_application") == 2


@pytest.mark.parametrize("past", ["unknown", "wrong", "locked", "unknown and locked"])
def test_a_refused_password_costs_the_same_whatever_it_was(metered: OpenPortal, past: str) -> None:
    number = store_application(metered).application_number
    if "unknown" in past:
        number = "26112114000021238"
    if "locked" in past:
        for _ in range(5):
            try_to_enter(Visitor(metered), number, WRONG)
    del metered.lines[:]
    try_to_enter(Visitor(metered), number, APPLICATION_PASSWORD if past == "locked" else WRONG)
    assert _calls(metered, "post_sign_in") == 2


def test_a_passcode_takes_two_calls_to_ask_and_three_to_use(metered: OpenPortal) -> None:
    visitor = Visitor(metered)
    name_application(visitor, store_application(metered).application_number)
    ask_passcode(visitor)
    visitor.submit(PASSCODE_ENTRY, passcode=passcode_in_newest_letter(metered))
    assert _calls(metered, "post_passcode") == 2
    assert _calls(metered, "post_passcode_entry") == 3


def test_asking_for_a_passcode_costs_the_same_for_nobody(metered: OpenPortal) -> None:
    visitor = Visitor(metered)
    name_application(visitor, "26112114000021238")
    ask_passcode(visitor)
    assert _calls(metered, "post_passcode") == 2


def test_what_is_sent_makes_the_calls_it_was_designed_to_make(metered: OpenPortal) -> None:
    visitor = Visitor(metered)
    looking_at(visitor, State.INSPECTION_CORRECTION)
    visitor.get(CORRECTION)
    visitor.submit(CORRECTION, chassis_number=CHASSIS)
    visitor.submit(CHECK)
    assert _calls(metered, "show_correction") == 2
    assert _calls(metered, "post_correction") == 3
    assert _calls(metered, "show_correction_check") == 3
    assert _calls(metered, "post_correction_check") == 4


def test_withdrawing_takes_three_calls(metered: OpenPortal) -> None:
    visitor = Visitor(metered)
    looking_at(visitor, State.INSPECTION_FEE_BULK)
    visitor.get(WITHDRAWAL)
    visitor.submit(WITHDRAWAL)
    assert _calls(metered, "post_withdrawal") == 3
    assert visitor.page.path == APPLICATION

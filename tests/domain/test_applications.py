"""申請: what can be asked of an application."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.application_states import ENDED, Event, State, StepState, Turn, states_of
from chalicelib.domain.applications import Application
from chalicelib.domain.deadlines import end_of, reminded_at
from chalicelib.domain.procedures import Procedure
from tests.application_builders import an_application, happens

NEW = Procedure.NEW_VEHICLE
TICK = timedelta(microseconds=1)
EVERY = [
    an_application(procedure, state, in_bulk=in_bulk)
    for procedure in Procedure
    for state in states_of(procedure)
    for in_bulk in (False, True)
]
every_application = pytest.mark.parametrize(
    "application", EVERY, ids=lambda one: f"{one.procedure}-{one.state}-{one.method}"
)


@every_application
def test_the_history_tells_from_which_state_it_ended(application: Application) -> None:
    assert application.is_ended == (application.state in ENDED)
    line = application.history[-2:][0] if application.is_ended else application.history[-1]
    assert application.last_open_state == (None if line.state is State.NOT_ACCEPTED else line.state)


@every_application
def test_the_steps_stop_where_it_ended(application: Application) -> None:
    shown = [state for _, state in application.progress]
    collected = application.state in {State.RETURNED, State.ISSUED}
    assert (shown == [StepState.DONE] * len(shown)) == collected
    assert shown.count(StepState.STOPPED) == (application.is_ended and not collected)


@every_application
def test_something_falls_due_as_long_as_the_applicant_is_needed(application: Application) -> None:
    assert (application.next_moment is not None) == (application.turn is Turn.APPLICANT)
    assert (application.days_left(application.changed_at) is not None) == (application.turn is Turn.APPLICANT)


def test_it_is_overdue_when_its_last_day_is_over() -> None:
    application = an_application()
    assert application.due_on
    end = end_of(application.due_on)
    assert not application.is_overdue(end - TICK)
    assert application.is_overdue(end)
    assert application.days_left(end - TICK) == 0


def test_what_cannot_fall_due_is_never_overdue() -> None:
    assert not an_application(state=State.RETURNED).is_overdue(end_of(an_application().changed_at.date()))


def test_reminders_come_before_the_end() -> None:
    application = an_application()
    assert application.due_on
    moments = [application.next_moment]
    for days in (7, 3, 1):
        application = application.with_reminded(days)
        moments.append(application.next_moment)
    due_on = application.due_on
    assert due_on
    assert moments == [*(reminded_at(due_on, days) for days in (7, 3, 1)), end_of(due_on)]
    assert application.version == 4


def test_it_can_be_collected_between_its_readiness_and_its_end() -> None:
    ready = an_application(NEW, State.READY_TO_ISSUE)
    assert ready.is_ready
    assert ready.turn is Turn.RECEIVER
    assert not happens(ready, Event.HANDED_OVER).is_ready


def test_an_application_that_ended_says_no_more_what_to_correct() -> None:
    rejected = happens(an_application(state=State.INSPECTION_CORRECTION), Event.EXPIRED)
    assert (rejected.open_correction, rejected.fields_to_correct) == (None, ())


@every_application
def test_it_waits_for_its_receiver_while_it_is_ready_and_names_one(application: Application) -> None:
    assert application.awaits_receiver == application.is_ready
    nameless = replace(application, record=replace(application.record, receiver_name=""))
    assert not nameless.awaits_receiver


def test_a_code_of_its_own_takes_the_receivers_place_for_good() -> None:
    ready = an_application(state=State.READY_TO_RETURN)
    issued = ready.with_pickup_code("K000000000000000")
    assert (issued.pickup_code, issued.version) == ("K000000000000000", ready.version + 1)
    assert issued.is_ready
    assert not issued.awaits_receiver
    assert issued.with_pickup_code("K000000000000018") == issued
    assert happens(issued, Event.HANDED_OVER).pickup_code == issued.pickup_code

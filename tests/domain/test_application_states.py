"""申請状況: the table, its groups, whose turn it is, and the steps that are shown."""

import pytest

from chalicelib.domain.application_refusals import EventOutOfOrder
from chalicelib.domain.application_states import (
    CAN_EXPIRE,
    CORRECTABLE,
    ENDED,
    IN_BULK,
    IN_BULK_STATES,
    NEEDS_APPLICANT,
    OPEN,
    PAYABLE,
    READY_STATES,
    TABLE,
    WITHDRAWABLE,
    Event,
    State,
    StepState,
    Turn,
    next_state,
    progress,
    states_of,
    whose_turn,
)
from chalicelib.domain.procedures import PROCEDURES, Procedure, Step

NEW, OLD = Procedure.NEW_VEHICLE, Procedure.CONTINUATION
FEES = frozenset({State.INSPECTION_FEE_DUE, State.INSPECTION_FEE_BULK})
WEIGHT_TAXES = frozenset({State.WEIGHT_TAX_DUE, State.WEIGHT_TAX_BULK})
ENVIRONMENTAL_TAXES = frozenset({State.ENVIRONMENTAL_TAX_DUE, State.ENVIRONMENTAL_TAX_BULK})
CORRECTIONS = frozenset({State.INSPECTION_CORRECTION, State.TAX_CORRECTION})
HAPPY = {
    OLD: (Event.PAID, Event.PAID, Event.REVIEW_PASSED, Event.READY, Event.HANDED_OVER),
    NEW: (Event.PAID, Event.PAID, Event.REVIEW_PASSED, Event.REVIEW_PASSED, Event.PAID, Event.HANDED_OVER),
}
DONE, AHEAD, RUNNING, NEEDS_YOU, STOPPED = StepState

every_procedure = pytest.mark.parametrize("procedure", list(Procedure))
both_ways = pytest.mark.parametrize("in_bulk", [False, True], ids=["individual", "bulk"])


def _first(*, in_bulk: bool) -> State:
    return State.INSPECTION_FEE_BULK if in_bulk else State.INSPECTION_FEE_DUE


def _way(procedure: Procedure, *events: Event, in_bulk: bool) -> list[State]:
    states = [_first(in_bulk=in_bulk)]
    for event in events:
        states.append(next_state(procedure, states[-1], event, in_bulk=in_bulk))
    return states


def _reached(procedure: Procedure, *, in_bulk: bool) -> set[State]:
    """Every state that some sequence of events leads to."""
    reached, ahead = set[State](), [_first(in_bulk=in_bulk)]
    while ahead:
        state = ahead.pop()
        reached.add(state)
        after = {
            next_state(procedure, state, event, in_bulk=in_bulk)
            for event in Event
            if (state, event) in TABLE[procedure]
        }
        ahead += after - reached
    return reached


def _shown(procedure: Procedure, state: State, last_open: State | None = None) -> list[StepState]:
    return [shown for _, shown in progress(procedure, state, last_open)]


def test_a_continuation_that_goes_well() -> None:
    assert _way(OLD, *HAPPY[OLD], in_bulk=False) == [
        State.INSPECTION_FEE_DUE,
        State.WEIGHT_TAX_DUE,
        State.INSPECTION_REVIEW,
        State.INSPECTION_REVIEW,
        State.READY_TO_RETURN,
        State.RETURNED,
    ]


def test_a_new_vehicle_that_goes_well() -> None:
    assert _way(NEW, *HAPPY[NEW], in_bulk=True) == [
        State.INSPECTION_FEE_BULK,
        State.WEIGHT_TAX_BULK,
        State.INSPECTION_REVIEW,
        State.TAX_REVIEW,
        State.ENVIRONMENTAL_TAX_BULK,
        State.READY_TO_ISSUE,
        State.ISSUED,
    ]


@every_procedure
@both_ways
def test_every_state_is_reached_by_its_way_of_paying_alone(procedure: Procedure, *, in_bulk: bool) -> None:
    other_way = frozenset(IN_BULK) if in_bulk else IN_BULK_STATES
    assert _reached(procedure, in_bulk=in_bulk) == set(states_of(procedure)) - other_way - {State.NOT_ACCEPTED}


@every_procedure
def test_what_is_no_move_of_the_table_is_refused_with_the_state(procedure: Procedure) -> None:
    pairs = [(state, event) for state in State for event in Event if (state, event) not in TABLE[procedure]]
    assert pairs
    for state, event in pairs:
        with pytest.raises(EventOutOfOrder) as refused:
            next_state(procedure, state, event, in_bulk=False)
        assert refused.value.state == state.value


@every_procedure
def test_every_state_but_the_ends_leads_on(procedure: Procedure) -> None:
    left = {state for state, _ in TABLE[procedure]}
    assert left == set(states_of(procedure)) & OPEN


@every_procedure
def test_a_deadline_is_where_the_applicant_is_needed(procedure: Procedure) -> None:
    expiring = {state for state, event in TABLE[procedure] if event is Event.EXPIRED}
    assert expiring == set(states_of(procedure)) & NEEDS_APPLICANT


@every_procedure
def test_what_is_not_paid_in_time_is_void_and_what_is_not_corrected_is_rejected(procedure: Procedure) -> None:
    ends = {state: after for (state, event), after in TABLE[procedure].items() if event is Event.EXPIRED}
    assert {after for state, after in ends.items() if state in PAYABLE} == {State.VOID}
    assert {after for state, after in ends.items() if state in CORRECTABLE} == {State.REJECTED}


def test_the_states_are_those_of_the_manual_and_each_is_some_procedures() -> None:
    assert len(State) == 18
    assert {state for procedure in Procedure for state in states_of(procedure)} == set(State)
    assert set(states_of(NEW)) - set(states_of(OLD)) == {
        State.TAX_REVIEW,
        *CORRECTIONS - {State.INSPECTION_CORRECTION},
        *ENVIRONMENTAL_TAXES,
        State.READY_TO_ISSUE,
        State.ISSUED,
    }
    assert set(states_of(OLD)) - set(states_of(NEW)) == {State.READY_TO_RETURN, State.RETURNED}


def test_the_groups_hold_what_they_say() -> None:
    assert {state.value for state in ENDED} == {"not_accepted", "returned", "issued", "withdrawn", "void", "rejected"}
    assert set(State) == OPEN | ENDED
    assert not OPEN & ENDED
    assert FEES | WEIGHT_TAXES | ENVIRONMENTAL_TAXES == PAYABLE
    assert CORRECTIONS == CORRECTABLE
    assert PAYABLE | CORRECTABLE == NEEDS_APPLICANT == CAN_EXPIRE
    assert {State.READY_TO_RETURN, State.READY_TO_ISSUE} == READY_STATES
    assert {State.INSPECTION_FEE_BULK, State.WEIGHT_TAX_BULK, State.ENVIRONMENTAL_TAX_BULK} == IN_BULK_STATES
    assert {State.INSPECTION_FEE_BULK, *CORRECTIONS} == WITHDRAWABLE


def test_it_is_somebodys_turn_until_the_end() -> None:
    turns = {state: whose_turn(state) for state in State}
    assert {state for state, turn in turns.items() if turn is Turn.APPLICANT} == NEEDS_APPLICANT
    assert {state for state, turn in turns.items() if turn is Turn.RECEIVER} == READY_STATES
    assert {state for state, turn in turns.items() if turn is Turn.NOBODY} == ENDED
    assert turns[State.INSPECTION_REVIEW] is Turn.OFFICE
    assert turns[State.TAX_REVIEW] is Turn.TAX_OFFICE


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (State.INSPECTION_FEE_DUE, [NEEDS_YOU, AHEAD, AHEAD]),
        (State.WEIGHT_TAX_BULK, [NEEDS_YOU, AHEAD, AHEAD]),
        (State.INSPECTION_REVIEW, [DONE, RUNNING, AHEAD]),
        (State.INSPECTION_CORRECTION, [DONE, NEEDS_YOU, AHEAD]),
        (State.READY_TO_RETURN, [DONE, DONE, NEEDS_YOU]),
        (State.RETURNED, [DONE, DONE, DONE]),
    ],
)
def test_the_steps_of_a_continuation(state: State, shown: list[StepState]) -> None:
    assert _shown(OLD, state) == shown


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (State.WEIGHT_TAX_DUE, [NEEDS_YOU, AHEAD, AHEAD, AHEAD]),
        (State.INSPECTION_REVIEW, [DONE, RUNNING, AHEAD, AHEAD]),
        (State.INSPECTION_CORRECTION, [DONE, NEEDS_YOU, AHEAD, AHEAD]),
        (State.TAX_REVIEW, [DONE, DONE, RUNNING, AHEAD]),
        (State.TAX_CORRECTION, [DONE, DONE, NEEDS_YOU, AHEAD]),
        (State.ENVIRONMENTAL_TAX_DUE, [DONE, DONE, NEEDS_YOU, AHEAD]),
        (State.ENVIRONMENTAL_TAX_BULK, [DONE, DONE, NEEDS_YOU, AHEAD]),
        (State.READY_TO_ISSUE, [DONE, DONE, DONE, NEEDS_YOU]),
        (State.ISSUED, [DONE, DONE, DONE, DONE]),
    ],
)
def test_the_steps_of_a_new_vehicle(state: State, shown: list[StepState]) -> None:
    assert _shown(NEW, state) == shown


@pytest.mark.parametrize(
    ("state", "last_open", "shown"),
    [
        (State.NOT_ACCEPTED, None, [STOPPED, AHEAD, AHEAD, AHEAD]),
        (State.VOID, State.WEIGHT_TAX_DUE, [STOPPED, AHEAD, AHEAD, AHEAD]),
        (State.VOID, State.INSPECTION_REVIEW, [DONE, STOPPED, AHEAD, AHEAD]),
        (State.WITHDRAWN, State.INSPECTION_CORRECTION, [DONE, STOPPED, AHEAD, AHEAD]),
        (State.REJECTED, State.TAX_REVIEW, [DONE, DONE, STOPPED, AHEAD]),
        (State.VOID, State.ENVIRONMENTAL_TAX_BULK, [DONE, DONE, STOPPED, AHEAD]),
    ],
)
def test_an_application_that_ended_early_stopped_at_a_step(
    state: State, last_open: State | None, shown: list[StepState]
) -> None:
    assert _shown(NEW, state, last_open) == shown


@every_procedure
def test_the_steps_are_the_procedures_and_have_their_order(procedure: Procedure) -> None:
    for state in set(states_of(procedure)) & OPEN:
        assert tuple(step for step, _ in progress(procedure, state)) == PROCEDURES[procedure].steps
    assert PROCEDURES[procedure].steps[0] is Step.PREPARATION

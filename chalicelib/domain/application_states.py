"""申請状況: in which states an application can be, and which event leads from which to which (manual 5, chapter 6).

`next_state` is the one table; docs/states.md is made from it.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from chalicelib.domain.application_refusals import EventOutOfOrder
from chalicelib.domain.procedures import PROCEDURES, Procedure, Step


class State(StrEnum):
    """申請状況."""

    NOT_ACCEPTED = "not_accepted"
    INSPECTION_FEE_DUE = "inspection_fee_due"
    INSPECTION_FEE_BULK = "inspection_fee_bulk"
    WEIGHT_TAX_DUE = "weight_tax_due"
    WEIGHT_TAX_BULK = "weight_tax_bulk"
    INSPECTION_REVIEW = "inspection_review"
    INSPECTION_CORRECTION = "inspection_correction"
    TAX_REVIEW = "tax_review"
    TAX_CORRECTION = "tax_correction"
    ENVIRONMENTAL_TAX_DUE = "environmental_tax_due"
    ENVIRONMENTAL_TAX_BULK = "environmental_tax_bulk"
    READY_TO_RETURN = "ready_to_return"
    RETURNED = "returned"
    READY_TO_ISSUE = "ready_to_issue"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    REJECTED = "rejected"


class Event(StrEnum):
    """What can happen to an application. EXPIRED: its deadline passed; READY: what it asked for can be collected."""

    PAID = "paid"
    REVIEW_PASSED = "review_passed"
    CORRECTION_ASKED = "correction_asked"
    CORRECTED = "corrected"
    READY = "ready"
    HANDED_OVER = "handed_over"
    REJECTED = "rejected"
    VOIDED = "voided"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Turn(StrEnum):
    """Whose turn it is."""

    APPLICANT = "applicant"
    OFFICE = "office"
    TAX_OFFICE = "tax_office"
    RECEIVER = "receiver"
    NOBODY = "nobody"


class StepState(StrEnum):
    """済, 未, 手続中, or ! when the applicant is needed. STOPPED: the application ended here."""

    DONE = "done"
    AHEAD = "ahead"
    RUNNING = "running"
    NEEDS_YOU = "needs_you"
    STOPPED = "stopped"


_S, _E = State, Event
_Moves = Mapping[tuple[State, Event], State]

_PAYING = {
    (_S.INSPECTION_FEE_DUE, _E.PAID): _S.WEIGHT_TAX_DUE,
    (_S.INSPECTION_FEE_BULK, _E.PAID): _S.WEIGHT_TAX_BULK,
    (_S.INSPECTION_FEE_BULK, _E.WITHDRAWN): _S.WITHDRAWN,
    (_S.WEIGHT_TAX_DUE, _E.PAID): _S.INSPECTION_REVIEW,
    (_S.WEIGHT_TAX_BULK, _E.PAID): _S.INSPECTION_REVIEW,
    **{
        (state, event): _S.VOID
        for state in (_S.INSPECTION_FEE_DUE, _S.INSPECTION_FEE_BULK, _S.WEIGHT_TAX_DUE, _S.WEIGHT_TAX_BULK)
        for event in (_E.EXPIRED, _E.VOIDED)
    },
}


def _review(review: State, correction: State) -> _Moves:
    return {
        (review, _E.CORRECTION_ASKED): correction,
        (review, _E.REJECTED): _S.REJECTED,
        (correction, _E.CORRECTED): review,
        (correction, _E.WITHDRAWN): _S.WITHDRAWN,
        (correction, _E.EXPIRED): _S.REJECTED,
        (correction, _E.REJECTED): _S.REJECTED,
    }


_INSPECTION = {
    **_review(_S.INSPECTION_REVIEW, _S.INSPECTION_CORRECTION),
    (_S.INSPECTION_REVIEW, _E.VOIDED): _S.VOID,
}

TABLE: Mapping[Procedure, _Moves] = MappingProxyType(
    {
        Procedure.CONTINUATION: {
            **_PAYING,
            **_INSPECTION,
            (_S.INSPECTION_REVIEW, _E.REVIEW_PASSED): _S.INSPECTION_REVIEW,
            (_S.INSPECTION_REVIEW, _E.READY): _S.READY_TO_RETURN,
            (_S.READY_TO_RETURN, _E.HANDED_OVER): _S.RETURNED,
        },
        Procedure.NEW_VEHICLE: {
            **_PAYING,
            **_INSPECTION,
            (_S.INSPECTION_REVIEW, _E.REVIEW_PASSED): _S.TAX_REVIEW,
            **_review(_S.TAX_REVIEW, _S.TAX_CORRECTION),
            (_S.TAX_REVIEW, _E.REVIEW_PASSED): _S.ENVIRONMENTAL_TAX_DUE,
            (_S.TAX_REVIEW, _E.READY): _S.READY_TO_ISSUE,
            (_S.ENVIRONMENTAL_TAX_DUE, _E.PAID): _S.READY_TO_ISSUE,
            (_S.ENVIRONMENTAL_TAX_DUE, _E.EXPIRED): _S.VOID,
            (_S.ENVIRONMENTAL_TAX_BULK, _E.PAID): _S.READY_TO_ISSUE,
            (_S.ENVIRONMENTAL_TAX_BULK, _E.EXPIRED): _S.VOID,
            (_S.READY_TO_ISSUE, _E.HANDED_OVER): _S.ISSUED,
        },
    }
)
# Where the table leads to 納付待ち and the charges are paid in bulk, the state is まとめ払い中.
IN_BULK: Mapping[State, State] = MappingProxyType(
    {
        _S.INSPECTION_FEE_DUE: _S.INSPECTION_FEE_BULK,
        _S.WEIGHT_TAX_DUE: _S.WEIGHT_TAX_BULK,
        _S.ENVIRONMENTAL_TAX_DUE: _S.ENVIRONMENTAL_TAX_BULK,
    }
)

ENDED = frozenset({_S.NOT_ACCEPTED, _S.RETURNED, _S.ISSUED, _S.WITHDRAWN, _S.VOID, _S.REJECTED})
OPEN = frozenset(State) - ENDED
READY_STATES = frozenset({_S.READY_TO_RETURN, _S.READY_TO_ISSUE})
CORRECTABLE = frozenset({_S.INSPECTION_CORRECTION, _S.TAX_CORRECTION})
IN_BULK_STATES = frozenset(IN_BULK.values())
PAYABLE = frozenset(IN_BULK) | IN_BULK_STATES
WITHDRAWABLE = frozenset(state for moves in TABLE.values() for state, event in moves if event is _E.WITHDRAWN)
NEEDS_APPLICANT = PAYABLE | CORRECTABLE
CAN_EXPIRE = frozenset(state for moves in TABLE.values() for state, event in moves if event is _E.EXPIRED)


def next_state(procedure: Procedure, state: State, event: Event, *, in_bulk: bool) -> State:
    """Where `event` leads. Raises EventOutOfOrder when it cannot happen in `state`."""
    reached = TABLE[procedure].get((state, event))
    if reached is None:
        raise EventOutOfOrder(state.value)
    return IN_BULK.get(reached, reached) if in_bulk else reached


def states_of(procedure: Procedure) -> list[State]:
    """Every state that the procedure knows, in the order of `State`."""
    moves = TABLE[procedure]
    known = {state for state, _ in moves} | set(moves.values()) | {_S.NOT_ACCEPTED}
    return [state for state in State if state in known]


def whose_turn(state: State) -> Turn:
    """Who has to do something next."""
    if state in NEEDS_APPLICANT:
        return Turn.APPLICANT
    if state in READY_STATES:
        return Turn.RECEIVER
    return {_S.INSPECTION_REVIEW: Turn.OFFICE, _S.TAX_REVIEW: Turn.TAX_OFFICE}.get(state, Turn.NOBODY)


_STEP_OF = {
    **dict.fromkeys((_S.NOT_ACCEPTED, *(PAYABLE - {_S.ENVIRONMENTAL_TAX_DUE, _S.ENVIRONMENTAL_TAX_BULK})), 0),
    _S.INSPECTION_REVIEW: 1,
    _S.INSPECTION_CORRECTION: 1,
    **dict.fromkeys((_S.TAX_REVIEW, _S.TAX_CORRECTION, _S.ENVIRONMENTAL_TAX_DUE, _S.ENVIRONMENTAL_TAX_BULK), 2),
}
_COLLECTED = frozenset({_S.RETURNED, _S.ISSUED})


def progress(procedure: Procedure, state: State, last_open: State | None = None) -> list[tuple[Step, StepState]]:
    """手続進捗状況. `last_open`: the state from which an ended application ended; None if it was never accepted."""
    steps = PROCEDURES[procedure].steps
    if state in _COLLECTED:
        return [(step, StepState.DONE) for step in steps]
    shown = last_open or state if state in ENDED else state
    current = len(steps) - 1 if shown in READY_STATES else _STEP_OF[shown]
    return [(step, _step_state(position - current, state)) for position, step in enumerate(steps)]


def _step_state(distance: int, state: State) -> StepState:
    if distance:
        return StepState.DONE if distance < 0 else StepState.AHEAD
    if state in ENDED:
        return StepState.STOPPED
    return StepState.NEEDS_YOU if whose_turn(state) in {Turn.APPLICANT, Turn.RECEIVER} else StepState.RUNNING

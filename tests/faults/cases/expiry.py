"""The expiry job under faults: killed half-way, run twice, two at once, skipped for a day."""

from datetime import timedelta

from chalicelib.capabilities.expiry.usecases import due_applications
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_refusals import EventOutOfOrder
from chalicelib.domain.application_states import State
from chalicelib.domain.procedures import Procedure
from tests.builders import NOW
from tests.faults.applicants import END, at_the_desk, has, the_application
from tests.faults.insider import letters_named
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Case, Outcome, again
from tests.usecases.applications.steps import DAY, OWN, paying

UNCORRECTED, NEAR = (application_number(NOW, Procedure.CONTINUATION, digits) for digits in ("001", "002"))
PAID_ON = (END - timedelta(days=1)).date()


def _three_are_due(stage: Stage) -> None:
    """One unpaid, one uncorrected, one whose reminder has come."""
    has()(stage)
    has(State.INSPECTION_CORRECTION, application_number=UNCORRECTED)(stage)
    has(application_number=NEAR, filed_at=NOW + 7 * DAY)(stage)
    stage.clock.now = END


def _run(stage: Stage) -> None:
    stage.expire()


def _skipped_for_a_day(stage: Stage, outcome: Outcome) -> None:
    """Nobody repeats it, the schedule misses a day, and then fires twice."""
    stage.clock.move(DAY)
    _run(stage)
    _run(stage)


def _is_dealt_with(stage: Stage, after: Rows) -> None:
    states = [the_application(after, number)["state"] for number in (OWN, UNCORRECTED, NEAR)]
    assert states == [State.VOID, State.REJECTED, State.INSPECTION_FEE_DUE]
    assert the_application(after, NEAR)["reminded"] == 7
    assert len(letters_named(after, "application_changed")) == 2
    assert len(letters_named(after, "application_reminder")) == 1
    assert not due_applications(stage.begin, END + DAY)


def _one_is_due(stage: Stage) -> None:
    has()(stage)
    stage.clock.now = END


def _it_is_paid(stage: Stage) -> None:
    """In time; the bank tells of it now."""
    at_the_desk(stage).tell(paying(END, paid_on=PAID_ON), now=END)


def _is_paid_or_void(stage: Stage, after: Rows) -> None:
    assert the_application(after)["state"] in {State.VOID, State.WEIGHT_TAX_DUE}
    assert len(letters_named(after, "application_changed")) == 1


CASES = (
    Case("deal with what is due", _three_are_due, _run, _skipped_for_a_day, _is_dealt_with),
    Case(
        "deal with what is paid at the same moment",
        _one_is_due,
        _run,
        again(_run),
        _is_paid_or_void,
        rivals=(_it_is_paid,),
        refusals=(EventOutOfOrder,),
    ),
)

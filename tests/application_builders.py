"""Applications for tests, led to any state of their procedure the way real ones get there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.domain.application_moves import (
    Billing,
    accepted,
    corrected,
    correction_asked,
    expired,
    handed_over,
    not_accepted,
    paid,
    ready,
    rejected,
    review_passed,
    voided,
    withdrawn,
)
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_states import IN_BULK, IN_BULK_STATES, Event, State
from chalicelib.domain.applications import Actor, Application, Reason
from chalicelib.domain.charges import ChargeKind, PaymentMethod, PaymentReport
from chalicelib.domain.deadlines import day_of, end_of
from chalicelib.domain.procedures import PROCEDURES, Procedure, Record
from tests.builders import NOW
from tests.fakes.hashing import quick_hash

APPLICATION_PASSWORD = "application password of samples"
PLATE_NUMBER = "品川-580-さ-1234"
ENVIRONMENTAL_TAX = 12_300
CORRECTION_DAYS = timedelta(days=14)
ASKED = (
    Reason("chassis_number", "車台番号が自動車検査証と異なります。"),
    Reason("user_name", "氏名を確かめてください。"),
)
REFUSED = (Reason("", "申請の内容が要件を満たしていません。"),)
UNACCEPTED = (Reason("insurance_reference", "document_reference_unreadable", is_code=True),)
WEIGHT_TAX_PAID = (Event.PAID, Event.PAID)

_FULL_RECORD = Record(
    plate_number=PLATE_NUMBER,
    chassis_number="AX01-0000001",
    model="5BA-AX01",
    applicant_name="見本商会",
    user_name="見本太郎",
    user_name_extended="見本太郎",
    owner_name="見本花子",
    owner_name_extended="見本花子",
    office="TK01",
    recording_agent_number="KIROKU0001",
    recording_agent_name="見本整備",
    receiver_name="見本受取",
    insurance_reference="INS-0000001",
    compliance_reference="CMP-0000001",
    completion_reference="CPL-0000001",
    plate_reservation_reference="PLT-0000001",
)
_TO_TAX_REVIEW = (*WEIGHT_TAX_PAID, Event.REVIEW_PASSED)
_TO_READY = {
    Procedure.CONTINUATION: (*_TO_TAX_REVIEW, Event.READY),
    Procedure.NEW_VEHICLE: (*_TO_TAX_REVIEW, Event.REVIEW_PASSED, Event.PAID),
}
_WAYS: Mapping[State, tuple[Event, ...]] = {
    State.INSPECTION_FEE_DUE: (),
    State.WEIGHT_TAX_DUE: (Event.PAID,),
    State.INSPECTION_REVIEW: WEIGHT_TAX_PAID,
    State.INSPECTION_CORRECTION: (*WEIGHT_TAX_PAID, Event.CORRECTION_ASKED),
    State.TAX_REVIEW: _TO_TAX_REVIEW,
    State.TAX_CORRECTION: (*_TO_TAX_REVIEW, Event.CORRECTION_ASKED),
    State.ENVIRONMENTAL_TAX_DUE: (*_TO_TAX_REVIEW, Event.REVIEW_PASSED),
    State.READY_TO_RETURN: _TO_READY[Procedure.CONTINUATION],
    State.RETURNED: (*_TO_READY[Procedure.CONTINUATION], Event.HANDED_OVER),
    State.READY_TO_ISSUE: _TO_READY[Procedure.NEW_VEHICLE],
    State.ISSUED: (*_TO_READY[Procedure.NEW_VEHICLE], Event.HANDED_OVER),
    State.WITHDRAWN: (*WEIGHT_TAX_PAID, Event.CORRECTION_ASKED, Event.WITHDRAWN),
    State.VOID: (Event.EXPIRED,),
    State.REJECTED: (*WEIGHT_TAX_PAID, Event.REJECTED),
}
_NOT_IN_BULK = {bulk: due for due, bulk in IN_BULK.items()}


def a_record(procedure: Procedure = Procedure.CONTINUATION, **other: str) -> Record:
    """申請内容 in which every field of the procedure is filled in."""
    known = {name: getattr(_FULL_RECORD, name) for name in PROCEDURES[procedure].fields}
    return Record(**{**known, **other})


def a_billing(environmental_tax: int = ENVIRONMENTAL_TAX, digits: str = "012345678901234567890123") -> Billing:
    """A calendar without holidays, digits, and an environmental tax to pay; 0 for none."""
    return Billing(digits, settle=lambda day: day, environmental_tax=environmental_tax)


def an_unfiled_application(procedure: Procedure = Procedure.CONTINUATION, **other: Any) -> Application:
    """What `accepted` and `not_accepted` take: who, what and when. Its password is `APPLICATION_PASSWORD`."""
    filed_at = other.get("filed_at", NOW)
    application = Application(
        application_number=application_number(filed_at, procedure, "000"),
        procedure=procedure,
        state=State.NOT_ACCEPTED,
        filed_at=filed_at,
        changed_at=filed_at,
        record=a_record(procedure),
        password_hash=quick_hash(APPLICATION_PASSWORD),
        language="ja",
        notification_email="taro@example.jp",
    )
    return replace(application, **other)


def an_application(
    procedure: Procedure = Procedure.CONTINUATION,
    state: State = State.INSPECTION_FEE_DUE,
    *,
    in_bulk: bool = False,
    **other: Any,
) -> Application:
    """申請 in `state`, filed at `filed_at` (NOW) and led there event by event, an hour between two.

    A state of まとめ払い中 says by itself that it is paid in bulk; `in_bulk` says so of the others. `other` are what it
    had when it was filed, such as `record`, `filer_suffix` or `application_number`. For another way to the same state
    let events happen: `happens(an_application(), Event.VOIDED)`.
    """
    if in_bulk or state in IN_BULK_STATES:
        other = {"payer_suffix": "CA6288", **other, "method": PaymentMethod.BULK}
    unfiled = an_unfiled_application(procedure, **other)
    if state is State.NOT_ACCEPTED:
        return not_accepted(unfiled, UNACCEPTED)
    application = happens(accepted(unfiled, a_billing()), *_WAYS[_NOT_IN_BULK.get(state, state)])
    assert application.state in {state, IN_BULK.get(state)}, f"{procedure} does not know {state}"
    return application


@dataclass(frozen=True)
class Facts:
    """What is told along with an event. What is None is what fits the application."""

    now: datetime | None = None
    billing: Billing | None = None
    payment: PaymentReport | None = None
    reasons: tuple[Reason, ...] | None = None
    due_on: date | None = None
    answers: Mapping[str, str] | None = None
    by: Actor = Actor.APPLICANT
    completed_on: date | None = None
    plate_number: str = PLATE_NUMBER


def happens(application: Application, *events: Event, **facts: Any) -> Application:
    """The application after these events, each an hour after the last change; EXPIRED as soon as it can be.

    `facts` are those of `Facts`: `happens(application, Event.PAID, payment=payment_of(application, amount=1))`.
    """
    for event in events:
        application = moved(application, event, Facts(**facts))
    return application


def moved(application: Application, event: Event, facts: Facts) -> Application:
    """The application after one event."""
    return _MOVES[event](application, facts.now or _moment_of(application, event), facts)


def payment_of(application: Application, **other: Any) -> PaymentReport:
    """What the bank reports when the open charge is paid; of an application that owes nothing, some other payment."""
    charge = application.open_charge
    report = PaymentReport(ChargeKind.INSPECTION_FEE, 1_500, day_of(application.changed_at))
    if charge:
        number = charge.numbers.payment_number if charge.numbers else None
        report = PaymentReport(charge.kind, charge.amount, report.paid_on, number)
    return replace(report, **other)


def answers_of(application: Application) -> dict[str, str]:
    """Another value for each field that the office named."""
    return {name: f"{getattr(application.record, name)}2" for name in application.fields_to_correct}


def _moment_of(application: Application, event: Event) -> datetime:
    if event is Event.EXPIRED and application.due_on:
        return end_of(application.due_on)
    return application.changed_at + timedelta(hours=1)


def _paid(application: Application, now: datetime, facts: Facts) -> Application:
    return paid(application, facts.payment or payment_of(application), now, facts.billing or a_billing())


def _review_passed(application: Application, now: datetime, facts: Facts) -> Application:
    day = facts.completed_on or day_of(now)
    return review_passed(application, day, facts.plate_number, now, facts.billing or a_billing())


def _correction_asked(application: Application, now: datetime, facts: Facts) -> Application:
    return correction_asked(application, facts.reasons or ASKED, facts.due_on or day_of(now) + CORRECTION_DAYS, now)


def _corrected(application: Application, now: datetime, facts: Facts) -> Application:
    answers = answers_of(application) if facts.answers is None else facts.answers
    return corrected(application, answers, facts.by, now)


_MOVES: Mapping[Event, Callable[[Application, datetime, Facts], Application]] = {
    Event.PAID: _paid,
    Event.REVIEW_PASSED: _review_passed,
    Event.CORRECTION_ASKED: _correction_asked,
    Event.CORRECTED: _corrected,
    Event.READY: lambda application, now, _: ready(application, now),
    Event.HANDED_OVER: lambda application, now, _: handed_over(application, now),
    Event.REJECTED: lambda application, now, facts: rejected(application, facts.reasons or REFUSED, now),
    Event.VOIDED: lambda application, now, facts: voided(application, facts.reasons or REFUSED, now),
    Event.WITHDRAWN: lambda application, now, facts: withdrawn(application, facts.by, now),
    Event.EXPIRED: lambda application, now, _: expired(application, now),
}

"""How an application moves: each function gives the application as it is afterwards, or refuses.

All raise EventOutOfOrder when the event cannot happen in the application's state. `settle` moves a day that is no
working day to the next one; `digits` are 24 digits by chance, for payment numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chalicelib.domain.application_refusals import (
    EventOutOfOrder,
    FieldNotAsked,
    NotCorrectable,
    NotWithdrawable,
    PaymentDiffers,
    PaymentLate,
)
from chalicelib.domain.application_states import PAYABLE, Event, State, next_state
from chalicelib.domain.applications import Actor, Application, Change, Notice, NoticeKind, Reason, Review
from chalicelib.domain.charges import (
    PAYMENT_DAYS,
    Charge,
    ChargeKind,
    PaymentMethod,
    PaymentReport,
    items_of,
    payment_numbers,
)
from chalicelib.domain.deadlines import Settle, day_of, reminders_passed
from chalicelib.domain.procedures import Attachment, AttachmentState, attachments_at_start

_CHARGE_OF_STATE = {
    State.INSPECTION_FEE_DUE: ChargeKind.INSPECTION_FEE,
    State.INSPECTION_FEE_BULK: ChargeKind.INSPECTION_FEE,
    State.WEIGHT_TAX_DUE: ChargeKind.WEIGHT_TAX,
    State.WEIGHT_TAX_BULK: ChargeKind.WEIGHT_TAX,
    State.ENVIRONMENTAL_TAX_DUE: ChargeKind.ENVIRONMENTAL_TAX,
    State.ENVIRONMENTAL_TAX_BULK: ChargeKind.ENVIRONMENTAL_TAX,
}


@dataclass(frozen=True)
class Billing:
    """What is needed to ask for money: digits by chance, the calendar, and the environmental tax if there is any."""

    digits: str
    settle: Settle
    environmental_tax: int = 0


def accepted(application: Application, billing: Billing) -> Application:
    """A new application, its first charge asked for: `application` says who, what and when, not in which state."""
    first = State.INSPECTION_FEE_BULK if application.is_in_bulk else State.INSPECTION_FEE_DUE
    attachments = attachments_at_start(application.procedure, application.record)
    started = replace(application, state=first, attachments=attachments, updated_at=application.filed_at)
    actor = Actor.FILER if application.filer_suffix else Actor.APPLICANT
    billed = _billed(started, application.filed_at, billing)
    return replace(billed, history=(Change(application.filed_at, first, actor),))


def not_accepted(application: Application, reasons: tuple[Reason, ...]) -> Application:
    """An application that is kept only so that people can look up why it was not accepted (未受付)."""
    at = application.filed_at
    return replace(
        application,
        state=State.NOT_ACCEPTED,
        updated_at=at,
        attachments=attachments_at_start(application.procedure, application.record),
        notices=(Notice(NoticeKind.NOT_ACCEPTED, at, reasons),),
        history=(Change(at, State.NOT_ACCEPTED, Actor.PORTAL),),
    )


def paid(application: Application, report: PaymentReport, now: datetime, billing: Billing) -> Application:
    """The charge was paid. Raises PaymentDiffers when another kind, amount or number was asked for, PaymentLate."""
    moved = _moved(application, Event.PAID, Actor.OFFICE, now)
    charge = _charge_meant(application, report)
    charges = tuple(one.paid(report.paid_on) if one is charge else one for one in application.charges)
    return _billed(replace(moved, charges=charges), now, billing)


def _charge_meant(application: Application, report: PaymentReport) -> Charge:
    charge = application.open_charge
    is_settled = any(one.kind is report.kind for one in application.charges if one is not charge)
    if charge is None or is_settled:
        raise EventOutOfOrder(application.state.value)
    if not report.is_for(charge):
        raise PaymentDiffers(charge.amount)
    if report.paid_on > charge.due_on:
        raise PaymentLate(charge.due_on)
    return charge


def review_passed(
    application: Application, completed_on: date, plate_number: str, now: datetime, billing: Billing
) -> Application:
    """The office, or the tax office, found nothing wrong. Without environmental tax its step is skipped."""
    is_tax = application.state is State.TAX_REVIEW
    if application.review.completed_on and not is_tax:
        raise EventOutOfOrder(application.state.value)
    if is_tax and not billing.environmental_tax:
        return _moved(application, Event.READY, Actor.OFFICE, now)
    moved = _moved(application, Event.REVIEW_PASSED, Actor.OFFICE, now)
    if is_tax:
        return _billed(moved, now, billing)
    return replace(moved, review=replace(application.review, completed_on=completed_on, plate_number=plate_number))


def ready(application: Application, now: datetime) -> Application:
    """What was applied for can be collected; never before a review was passed, nor while the taxes are looked at."""
    if application.review.completed_on is None or application.state is State.TAX_REVIEW:
        raise EventOutOfOrder(application.state.value)
    return _moved(application, Event.READY, Actor.OFFICE, now)


def handed_over(application: Application, now: datetime) -> Application:
    """It was collected."""
    return _moved(application, Event.HANDED_OVER, Actor.OFFICE, now)


def correction_asked(application: Application, reasons: tuple[Reason, ...], due_on: date, now: datetime) -> Application:
    """The applicant has to put fields right by `due_on`; a review passed before counts no more."""
    moved = _moved(application, Event.CORRECTION_ASKED, Actor.OFFICE, now)
    is_tax = application.state is State.TAX_REVIEW
    notice = Notice(NoticeKind.CORRECTION, now, reasons, due_on, is_by_tax_office=is_tax)
    review = application.review if is_tax else Review(needs_papers=application.review.needs_papers)
    return replace(_due(moved, due_on, now), notices=(*application.notices, notice), review=review)


def corrected(application: Application, answers: Mapping[str, str], by: Actor, now: datetime) -> Application:
    """The applicant put them right. Raises NotCorrectable, and FieldNotAsked for any other field."""
    if application.open_correction is None or application.is_overdue(now):
        raise NotCorrectable(application.state.value)
    moved = _moved(application, Event.CORRECTED, by, now, tuple(answers))
    other = set(answers) - set(application.fields_to_correct)
    if other:
        raise FieldNotAsked(min(other))
    record = replace(application.record, **answers)
    kept = {
        attachment: state
        for attachment, state in application.attachments.items()
        if state is AttachmentState.OBTAINED and attachment.reference not in answers
    }
    states = {**attachments_at_start(application.procedure, record), **kept}
    is_usable = application.is_recording_agent_usable and not any(
        name.startswith("recording_agent") for name in answers
    )
    return replace(moved, record=record, attachments=states, is_recording_agent_usable=is_usable)


def withdrawn(application: Application, by: Actor, now: datetime) -> Application:
    """The applicant withdrew (取り下げ). Raises NotWithdrawable."""
    if not application.can_withdraw:
        raise NotWithdrawable(application.state.value)
    return _ended(_moved(application, Event.WITHDRAWN, by, now), Notice(NoticeKind.WITHDRAWN, now))


def rejected(application: Application, reasons: tuple[Reason, ...], now: datetime) -> Application:
    """The office said no (却下)."""
    moved = _moved(application, Event.REJECTED, Actor.OFFICE, now)
    is_tax = application.state in {State.TAX_REVIEW, State.TAX_CORRECTION}
    return _ended(moved, Notice(NoticeKind.REJECTED, now, reasons, is_by_tax_office=is_tax))


def voided(application: Application, reasons: tuple[Reason, ...], now: datetime) -> Application:
    """The office found it void at reception (無効)."""
    moved = _moved(application, Event.VOIDED, Actor.OFFICE, now)
    return _ended(moved, Notice(NoticeKind.VOIDED, now, reasons))


def expired(application: Application, now: datetime) -> Application:
    """Its deadline passed: unpaid it is void, uncorrected it is rejected."""
    is_unpaid = application.state in PAYABLE
    kind = NoticeKind.PAYMENT_EXPIRED if is_unpaid else NoticeKind.CORRECTION_EXPIRED
    moved = _moved(application, Event.EXPIRED, Actor.PORTAL, now)
    return _ended(moved, Notice(kind, now, due_on=application.due_on))


def documents_obtained(
    application: Application,
    obtained: tuple[Attachment, ...],
    now: datetime,
    *,
    is_recording_agent_usable: bool | None = None,
) -> Application:
    """Documents came in; the state stays. Raises EventOutOfOrder when the application ended."""
    if application.is_ended:
        raise EventOutOfOrder(application.state.value)
    states = {**application.attachments, **dict.fromkeys(obtained, AttachmentState.OBTAINED)}
    usable = application.is_recording_agent_usable if is_recording_agent_usable is None else is_recording_agent_usable
    return _touched(replace(application, attachments=states, is_recording_agent_usable=usable), now)


def told(application: Application, text: str, now: datetime) -> Application:
    """お知らせ: words of the office to the applicant; the state stays. Raises EventOutOfOrder when it ended."""
    if application.is_ended:
        raise EventOutOfOrder(application.state.value)
    notice = Notice(NoticeKind.MESSAGE, now, (Reason("", text),))
    return _touched(replace(application, notices=(*application.notices, notice)), now)


def _touched(application: Application, now: datetime) -> Application:
    """The application once something about it changed, though not its state."""
    return replace(application, updated_at=now, version=application.version + 1)


def _moved(
    application: Application, event: Event, by: Actor, now: datetime, fields: tuple[str, ...] = ()
) -> Application:
    state = next_state(application.procedure, application.state, event, in_bulk=application.is_in_bulk)
    return replace(
        application,
        state=state,
        changed_at=now,
        updated_at=now,
        due_on=None,
        reminded=None,
        history=(*application.history, Change(now, state, by, event, fields)),
        version=application.version + 1,
    )


def _ended(moved: Application, notice: Notice) -> Application:
    """Tell why, and ask for no more money."""
    charges = tuple(charge.voided() for charge in moved.charges)
    return replace(moved, notices=(*moved.notices, notice), charges=charges)


def _billed(application: Application, now: datetime, billing: Billing) -> Application:
    """Ask for the charge of the state that was entered, if it has one."""
    kind = _CHARGE_OF_STATE.get(application.state)
    if kind is None:
        return application
    due_on = billing.settle(day_of(now) + timedelta(days=PAYMENT_DAYS))
    numbers = None if application.method is PaymentMethod.BULK else payment_numbers(kind, billing.digits)
    items = items_of(application.procedure, kind, billing.environmental_tax)
    charge = Charge(kind, items, application.method, due_on, numbers)
    return _due(replace(application, charges=(*application.charges, charge)), due_on, now)


def _due(application: Application, due_on: date, now: datetime) -> Application:
    """The applicant has to act by `due_on`; reminders whose moment has passed already are not sent."""
    return replace(application, due_on=due_on, reminded=reminders_passed(due_on, now))

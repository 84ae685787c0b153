"""Which move each event of an office asks for."""

from collections.abc import Callable
from datetime import date
from typing import Any

from chalicelib.capabilities.agency import forms_messages as told
from chalicelib.capabilities.agency.forms import ReviewForm, WordsForm, deadline_problem, reason_form
from chalicelib.domain import application_moves as moves
from chalicelib.domain.api_keys import Scope
from chalicelib.domain.application_moves import Billing
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application, Reason
from chalicelib.domain.charges import CONFIRMATION_NUMBER_DIGITS, PAYMENT_NUMBER_DIGITS, PaymentReport
from chalicelib.domain.deadlines import day_of
from chalicelib.domain.procedures import PROCEDURES, Attachment, Procedure, correctable_fields
from chalicelib.forms.problems import Problem
from chalicelib.holidays import working_day
from chalicelib.verbs.applications import Step
from chalicelib.web.apis import ApiRequest
from chalicelib.web.troubles import FieldTrouble, Trouble, field_trouble, field_troubles

# What a key must allow for it; everything else needs Scope.WRITE.
SCOPES: dict[type, Scope] = {told.PaymentReported: Scope.PAYMENTS, told.Unlocked: Scope.UNLOCK}


def step_of(request: ApiRequest, procedure: Procedure) -> Step:
    """The move that the request's event asks for. Raises Trouble: invalid_fields."""
    event = request.body
    return _MAKERS[type(event)](event, request, procedure)


def _refuse(troubles: list[FieldTrouble]) -> None:
    if troubles:
        raise Trouble("invalid_fields", troubles)


def _billing(request: ApiRequest, environmental_tax: int = 0) -> Billing:
    digits = request.world.new_digits(PAYMENT_NUMBER_DIGITS + CONFIRMATION_NUMBER_DIGITS)
    return Billing(digits, working_day, environmental_tax)


def _documents_obtained(event: told.DocumentsObtained, request: ApiRequest, procedure: Procedure) -> Step:
    known = PROCEDURES[procedure].attachments
    if any(one not in known for one in event.attachments):
        _refuse([field_trouble("attachments", Problem("not_of_procedure"), request.language)])
    obtained: tuple[Attachment, ...] = tuple(event.attachments)
    usable = event.is_recording_agent_usable
    return lambda one: moves.documents_obtained(one, obtained, request.now, is_recording_agent_usable=usable)


def _review_passed(event: told.ReviewPassed, request: ApiRequest, _procedure: Procedure) -> Step:
    form = ReviewForm({"plate_number": event.plate_number})
    form.validate()
    _refuse(field_troubles(form, request.language))
    completed_on, billing = event.completed_on or day_of(request.now), _billing(request, event.environmental_tax or 0)

    def step(one: Application) -> Application:
        _refuse(_review_troubles(event, one, request))
        return moves.review_passed(one, completed_on, form.plate_number.data, request.now, billing)

    return step


def _review_troubles(event: told.ReviewPassed, one: Application, request: ApiRequest) -> list[FieldTrouble]:
    """The tax office says which tax there is, 0 for none; the office which plate a new vehicle gets."""
    if one.state not in {State.INSPECTION_REVIEW, State.TAX_REVIEW}:
        return []
    is_tax = one.state is State.TAX_REVIEW
    is_new = one.procedure is Procedure.NEW_VEHICLE
    problems = {
        "environmental_tax": _presence(event.environmental_tax is not None, wanted=is_tax),
        "plate_number": _presence(bool(event.plate_number), wanted=is_new and not is_tax),
        "completed_on": _day_problem(event.completed_on, one, request) if event.completed_on else None,
    }
    return [field_trouble(name, problem, request.language) for name, problem in problems.items() if problem]


def _presence(is_given: bool, *, wanted: bool) -> Problem | None:  # noqa: FBT001 - a fact, not a switch
    if is_given == wanted:
        return None
    return Problem("required" if wanted else "not_at_this_step")


def _day_problem(day: date, one: Application, request: ApiRequest) -> Problem | None:
    """What happened did so after the application was filed, and not later than today."""
    return None if day_of(one.filed_at) <= day <= day_of(request.now) else Problem("day_not_past")


def _correction_asked(event: told.CorrectionAsked, request: ApiRequest, procedure: Procedure) -> Step:
    reasons = _reasons(event.reasons, request, correctable_fields(procedure))
    problem = deadline_problem(event.due_on, request.now)
    if problem:
        _refuse([field_trouble("due_on", problem, request.language)])
    due_on = working_day(event.due_on)
    return lambda one: moves.correction_asked(one, reasons, due_on, request.now)


def _rejected(event: told.Rejected, request: ApiRequest, procedure: Procedure) -> Step:
    reasons = _reasons(event.reasons, request, ("", *PROCEDURES[procedure].fields))
    return lambda one: moves.rejected(one, reasons, request.now)


def _voided(event: told.Voided, request: ApiRequest, procedure: Procedure) -> Step:
    reasons = _reasons(event.reasons, request, ("", *PROCEDURES[procedure].fields))
    return lambda one: moves.voided(one, reasons, request.now)


def _reasons(given: list[told.ReasonGiven], request: ApiRequest, about: tuple[str, ...]) -> tuple[Reason, ...]:
    troubles: list[FieldTrouble] = []
    reasons: list[Reason] = []
    for position, one in enumerate(given):
        form = reason_form(about)({"text": one.text, "field": one.field})
        form.validate()
        troubles += field_troubles(form, request.language, f"/reasons/{position}")
        reasons.append(Reason(one.field, form["text"].data))
    _refuse(troubles)
    return tuple(reasons)


def _payment_reported(event: told.PaymentReported, request: ApiRequest, _procedure: Procedure) -> Step:
    report = PaymentReport(event.kind, event.amount, event.paid_on, event.payment_number)
    billing = _billing(request)

    def step(one: Application) -> Application:
        problem = _day_problem(event.paid_on, one, request)
        if problem and not one.is_ended:
            _refuse([field_trouble("paid_on", problem, request.language)])
        return moves.paid(one, report, request.now, billing)

    return step


def _ready(_event: told.Ready, request: ApiRequest, _procedure: Procedure) -> Step:
    return lambda one: moves.ready(one, request.now)


def _handed_over(_event: told.HandedOver, request: ApiRequest, _procedure: Procedure) -> Step:
    return lambda one: moves.handed_over(one, request.now)


def _notice_given(event: told.NoticeGiven, request: ApiRequest, _procedure: Procedure) -> Step:
    form = WordsForm({"text": event.text})
    form.validate()
    _refuse(field_troubles(form, request.language))
    return lambda one: moves.told(one, form.text.data, request.now)


_Maker = Callable[[Any, ApiRequest, Procedure], Step]
_MAKERS: dict[type, _Maker] = {
    told.DocumentsObtained: _documents_obtained,
    told.ReviewPassed: _review_passed,
    told.CorrectionAsked: _correction_asked,
    told.Rejected: _rejected,
    told.Voided: _voided,
    told.PaymentReported: _payment_reported,
    told.Ready: _ready,
    told.HandedOver: _handed_over,
    told.NoticeGiven: _notice_given,
}

"""How an application moves, and what it refuses."""

from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.application_moves import accepted, documents_obtained, told
from chalicelib.domain.application_refusals import EventOutOfOrder, PaymentDiffers, PaymentLate
from chalicelib.domain.application_states import Event, State, states_of
from chalicelib.domain.applications import Actor, NoticeKind, Reason, Review
from chalicelib.domain.charges import ChargeKind, ChargeState, PaymentMethod
from chalicelib.domain.deadlines import day_of
from chalicelib.domain.procedures import Attachment, AttachmentState, Procedure
from chalicelib.domain.refusals import Refusal
from tests.application_builders import (
    ENVIRONMENTAL_TAX,
    PLATE_NUMBER,
    REFUSED,
    UNACCEPTED,
    a_billing,
    a_record,
    an_application,
    an_unfiled_application,
    happens,
    payment_of,
)
from tests.builders import NOW

NEW = Procedure.NEW_VEHICLE
DUE_ON = date(2019, 10, 8)
COMPLETED_ON = date(2019, 9, 25)


def test_an_accepted_application_owes_the_fee_and_was_filed_by_the_applicant() -> None:
    application = accepted(an_unfiled_application(), a_billing())
    assert (application.state, application.due_on) == (State.INSPECTION_FEE_DUE, DUE_ON)
    assert [(charge.kind, charge.amount) for charge in application.charges] == [(ChargeKind.INSPECTION_FEE, 1_500)]
    assert [(change.by, change.event) for change in application.history] == [(Actor.APPLICANT, None)]
    assert application.version == 1


def test_software_is_the_filer_of_what_it_filed() -> None:
    application = accepted(an_unfiled_application(filer_suffix="CA6288"), a_billing())
    assert application.history[0].by is Actor.FILER


def test_a_charge_has_numbers_unless_it_is_paid_in_bulk() -> None:
    individual, bulk = an_application().open_charge, an_application(in_bulk=True).open_charge
    assert individual
    assert bulk
    assert individual.numbers
    assert (bulk.numbers, bulk.method) == (None, PaymentMethod.BULK)


def test_a_due_date_moves_to_a_working_day() -> None:
    settled = replace(a_billing(), settle=lambda day: day + timedelta(days=2))
    application = accepted(an_unfiled_application(), settled)
    assert application.due_on == DUE_ON + timedelta(days=2)
    assert application.charges[0].due_on == DUE_ON + timedelta(days=2)


def test_a_due_date_counts_from_the_day_in_japan() -> None:
    late = NOW.replace(hour=15)
    assert accepted(an_unfiled_application(filed_at=late), a_billing()).due_on == DUE_ON + timedelta(days=1)


def test_one_that_was_not_accepted_says_why_and_owes_nothing() -> None:
    application = an_application(state=State.NOT_ACCEPTED)
    assert [(notice.kind, notice.reasons) for notice in application.notices] == [(NoticeKind.NOT_ACCEPTED, UNACCEPTED)]
    assert (application.charges, application.due_on) == ((), None)
    assert [change.by for change in application.history] == [Actor.PORTAL]


def test_a_payment_is_noted_and_the_next_is_asked_for() -> None:
    application = happens(an_application(), Event.PAID, payment=payment_of(an_application(), paid_on=DUE_ON))
    fee, tax = application.charges
    assert (fee.state, fee.paid_on) == (ChargeState.PAID, DUE_ON)
    assert (tax.kind, tax.state, tax.amount) == (ChargeKind.WEIGHT_TAX, ChargeState.UNPAID, 6_600)
    assert application.history[-1].by is Actor.OFFICE


def test_a_bulk_payment_needs_no_number() -> None:
    application = an_application(in_bulk=True)
    assert happens(application, Event.PAID).state is State.WEIGHT_TAX_BULK
    with pytest.raises(PaymentDiffers):
        happens(application, Event.PAID, payment=payment_of(application, payment_number="3" * 20))


def test_a_payment_without_its_number_is_known_by_its_kind() -> None:
    application = an_application()
    assert happens(application, Event.PAID, payment=payment_of(application, payment_number=None)).charges[0].paid_on


@pytest.mark.parametrize(
    ("slip", "why"),
    [
        ({"amount": 1_499}, PaymentDiffers),
        ({"payment_number": "3" * 20}, PaymentDiffers),
        ({"kind": ChargeKind.WEIGHT_TAX}, PaymentDiffers),
        ({"paid_on": DUE_ON + timedelta(days=1)}, PaymentLate),
    ],
)
def test_a_payment_that_differs_is_refused(slip: dict[str, object], why: type[Refusal]) -> None:
    with pytest.raises(why):
        happens(an_application(), Event.PAID, payment=payment_of(an_application(), **slip))


def test_whoever_pays_another_amount_is_told_the_right_one() -> None:
    with pytest.raises(PaymentDiffers) as refused:
        happens(an_application(), Event.PAID, payment=payment_of(an_application(), amount=1))
    assert refused.value.amount == 1_500


def test_a_review_that_passed_is_noted() -> None:
    application = an_application(NEW, State.INSPECTION_REVIEW)
    passed = happens(application, Event.REVIEW_PASSED, completed_on=COMPLETED_ON)
    assert passed.review == Review(COMPLETED_ON, PLATE_NUMBER)
    assert passed.state is State.TAX_REVIEW


def test_a_review_passes_once() -> None:
    passed = happens(an_application(state=State.INSPECTION_REVIEW), Event.REVIEW_PASSED)
    with pytest.raises(EventOutOfOrder):
        happens(passed, Event.REVIEW_PASSED)


def test_nothing_is_ready_before_its_review_passed() -> None:
    with pytest.raises(EventOutOfOrder):
        happens(an_application(state=State.INSPECTION_REVIEW), Event.READY)


def test_nobody_tells_that_it_is_ready_while_the_taxes_are_looked_at() -> None:
    with pytest.raises(EventOutOfOrder):
        happens(an_application(NEW, State.TAX_REVIEW), Event.READY)


def test_a_charge_that_was_paid_is_not_paid_again() -> None:
    application = an_application(state=State.WEIGHT_TAX_DUE)
    with pytest.raises(EventOutOfOrder):
        happens(application, Event.PAID, payment=payment_of(application, kind=ChargeKind.INSPECTION_FEE))


@pytest.mark.parametrize("event", [Event.CORRECTION_ASKED, Event.REJECTED])
@pytest.mark.parametrize("state", [State.INSPECTION_REVIEW, State.TAX_REVIEW])
def test_a_notice_says_which_office_told_it(event: Event, state: State) -> None:
    notice = happens(an_application(NEW, state), event).notices[-1]
    assert notice.is_by_tax_office == (state is State.TAX_REVIEW)


def test_the_tax_review_asks_for_the_environmental_tax() -> None:
    charge = happens(an_application(NEW, State.TAX_REVIEW), Event.REVIEW_PASSED).open_charge
    assert charge
    assert (charge.kind, charge.amount) == (ChargeKind.ENVIRONMENTAL_TAX, ENVIRONMENTAL_TAX)


@pytest.mark.parametrize("in_bulk", [False, True], ids=["individual", "bulk"])
def test_without_environmental_tax_its_step_is_skipped(*, in_bulk: bool) -> None:
    application = an_application(NEW, State.TAX_REVIEW, in_bulk=in_bulk)
    passed = happens(application, Event.REVIEW_PASSED, billing=a_billing(environmental_tax=0))
    assert (passed.state, passed.due_on) == (State.READY_TO_ISSUE, None)
    assert passed.charges == application.charges
    assert passed.history[-1].event is Event.READY


def test_the_tax_review_keeps_what_the_inspection_review_found() -> None:
    before = an_application(NEW, State.TAX_REVIEW)
    assert happens(before, Event.REVIEW_PASSED, plate_number="堺-58-あ-1").review == before.review


@pytest.mark.parametrize("event", list(Event))
def test_neither_a_move_nor_a_refusal_touches_what_was_before(event: Event) -> None:
    application = an_application(NEW, State.INSPECTION_CORRECTION)
    before = deepcopy(application)
    with suppress(EventOutOfOrder):
        happens(application, event)
    assert application == before


@pytest.mark.parametrize(
    ("event", "state", "kind"),
    [
        (Event.REJECTED, State.INSPECTION_REVIEW, NoticeKind.REJECTED),
        (Event.VOIDED, State.WEIGHT_TAX_DUE, NoticeKind.VOIDED),
        (Event.WITHDRAWN, State.INSPECTION_FEE_BULK, NoticeKind.WITHDRAWN),
        (Event.EXPIRED, State.WEIGHT_TAX_DUE, NoticeKind.PAYMENT_EXPIRED),
        (Event.EXPIRED, State.TAX_CORRECTION, NoticeKind.CORRECTION_EXPIRED),
    ],
)
def test_whatever_ends_it_is_told_and_nothing_is_owed_any_more(event: Event, state: State, kind: NoticeKind) -> None:
    before = an_application(NEW, state)
    ended = happens(before, event)
    notice = ended.notices[-1]
    assert ended.is_ended
    assert (len(ended.notices), notice.kind, notice.at) == (len(before.notices) + 1, kind, ended.changed_at)
    assert notice.reasons == (REFUSED if event in {Event.REJECTED, Event.VOIDED} else ())
    assert notice.due_on == (before.due_on if event is Event.EXPIRED else None)
    assert not [charge for charge in ended.charges if charge.state is ChargeState.UNPAID]
    assert ended.due_on is None


def test_what_was_paid_stays_paid_when_it_ends() -> None:
    ended = happens(an_application(state=State.WEIGHT_TAX_DUE), Event.VOIDED)
    assert [charge.state for charge in ended.charges] == [ChargeState.PAID, ChargeState.VOID]


def test_only_the_portal_lets_it_expire() -> None:
    assert happens(an_application(), Event.EXPIRED).history[-1].by is Actor.PORTAL


@pytest.mark.parametrize("procedure", list(Procedure))
def test_documents_come_in_until_the_end(procedure: Procedure) -> None:
    for state in states_of(procedure):
        application = an_application(procedure, state)
        if application.is_ended:
            with pytest.raises(EventOutOfOrder):
                documents_obtained(application, (Attachment.INSURANCE,), NOW)
        else:
            obtained = documents_obtained(application, (Attachment.INSURANCE,), NOW)
            assert obtained.attachments[Attachment.INSURANCE] is AttachmentState.OBTAINED
            assert (obtained.state, obtained.version) == (state, application.version + 1)


def test_the_agents_right_stays_as_it_was_unless_it_is_told() -> None:
    usable = documents_obtained(an_application(), (), NOW, is_recording_agent_usable=True)
    assert usable.is_recording_agent_usable
    assert documents_obtained(usable, (Attachment.COMPLIANCE,), NOW).is_recording_agent_usable
    assert not documents_obtained(usable, (), NOW, is_recording_agent_usable=False).is_recording_agent_usable


def test_words_of_the_office_come_as_a_notice_until_the_end() -> None:
    application = told(an_application(), "見本の通知", NOW)
    assert application.notices[-1].reasons == (Reason("", "見本の通知"),)
    assert (application.notices[-1].kind, application.version) == (NoticeKind.MESSAGE, 2)
    with pytest.raises(EventOutOfOrder):
        told(an_application(state=State.RETURNED), "見本の通知", NOW)


@pytest.mark.parametrize(("days", "reminded"), [(14, None), (7, 7), (4, 7), (3, 3), (1, 1)])
def test_reminders_whose_moment_has_passed_are_not_sent(days: int, reminded: int | None) -> None:
    review = an_application(state=State.INSPECTION_REVIEW)
    now = review.changed_at + timedelta(hours=1)
    asked = happens(review, Event.CORRECTION_ASKED, now=now, due_on=day_of(now) + timedelta(days=days))
    assert asked.reminded == reminded


def test_a_next_deadline_has_reminders_of_its_own() -> None:
    reminded = an_application().with_reminded(1)
    assert happens(reminded, Event.PAID).reminded is None


def test_a_record_holds_only_what_its_procedure_knows() -> None:
    assert a_record().model == ""
    assert a_record(NEW).plate_number == ""

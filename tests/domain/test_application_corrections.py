"""補正 and 取り下げ: what the applicant can do, and until when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.application_moves import documents_obtained
from chalicelib.domain.application_refusals import EventOutOfOrder, FieldNotAsked, NotCorrectable, NotWithdrawable
from chalicelib.domain.application_states import Event, State, states_of
from chalicelib.domain.applications import Actor, Application, Reason, Review
from chalicelib.domain.charges import payment_numbers
from chalicelib.domain.deadlines import end_of
from chalicelib.domain.procedures import Attachment, AttachmentState, Procedure
from tests.application_builders import a_record, an_application, happens
from tests.builders import NOW

NEW = Procedure.NEW_VEHICLE
TICK = timedelta(microseconds=1)
RESERVATION = Attachment.PLATE_RESERVATION


def _asked(*fields: str, record: str | None = None) -> Application:
    """A new vehicle of which these fields are to be corrected; `record` is its reservation's reference."""
    known = {} if record is None else {RESERVATION.reference: record}
    review = an_application(NEW, State.INSPECTION_REVIEW, record=a_record(NEW, **known))
    return happens(review, Event.CORRECTION_ASKED, reasons=tuple(Reason(field, "見本の理由") for field in fields))


def _numbered(application: Application) -> Application:
    """Its bulk charge was chosen for payment."""
    charges = tuple(replace(one, numbers=payment_numbers(one.kind, "1" * 24)) for one in application.charges)
    return replace(application, charges=charges)


def test_the_fields_to_correct_have_the_order_of_the_record() -> None:
    assert _asked("user_name", "model", "", "user_name").fields_to_correct == ("model", "user_name")


def test_corrected_values_are_in_the_record_and_their_names_in_the_history() -> None:
    corrected = happens(_asked("model"), Event.CORRECTED, answers={"model": "6BA-AX01"}, by=Actor.FILER)
    assert corrected.record == a_record(NEW, model="6BA-AX01")
    assert (corrected.history[-1].fields, corrected.history[-1].by) == (("model",), Actor.FILER)
    assert corrected.state is State.INSPECTION_REVIEW
    assert (corrected.due_on, corrected.fields_to_correct) == (None, ())


def test_a_field_that_nobody_asked_about_is_refused_by_name() -> None:
    with pytest.raises(FieldNotAsked) as refused:
        happens(_asked("model"), Event.CORRECTED, answers={"model": "6BA-AX01", "user_name": "見本次郎"})
    assert refused.value.field == "user_name"


def test_only_the_newest_correction_counts() -> None:
    again = happens(
        happens(_asked("model"), Event.CORRECTED), Event.CORRECTION_ASKED, reasons=(Reason("user_name", "見本の理由"),)
    )
    assert again.fields_to_correct == ("user_name",)
    with pytest.raises(FieldNotAsked):
        happens(again, Event.CORRECTED, answers={"model": "6BA-AX01"})


def test_it_can_be_corrected_to_the_end_of_the_last_day() -> None:
    asked = _asked("model")
    assert asked.due_on
    assert happens(asked, Event.CORRECTED, now=end_of(asked.due_on) - TICK).state is State.INSPECTION_REVIEW
    with pytest.raises(NotCorrectable):
        happens(asked, Event.CORRECTED, now=end_of(asked.due_on))


@pytest.mark.parametrize("procedure", list(Procedure))
def test_nothing_else_can_be_corrected(procedure: Procedure) -> None:
    for state in set(states_of(procedure)) - {State.INSPECTION_CORRECTION, State.TAX_CORRECTION}:
        with pytest.raises(NotCorrectable) as refused:
            happens(an_application(procedure, state), Event.CORRECTED, answers={})
        assert refused.value.state == state.value


def test_a_review_that_passed_counts_no_more_when_a_correction_is_asked_for() -> None:
    review = an_application(state=State.INSPECTION_REVIEW)
    seen = happens(replace(review, review=Review(needs_papers=True)), Event.REVIEW_PASSED)
    asked = happens(seen, Event.CORRECTION_ASKED)
    assert asked.review == Review(needs_papers=True)
    with pytest.raises(EventOutOfOrder):
        happens(asked, Event.CORRECTED, Event.READY)
    assert happens(asked, Event.CORRECTED, Event.REVIEW_PASSED, Event.READY).is_ready


def test_a_correction_of_the_tax_leaves_the_inspection_as_it_was() -> None:
    asked = an_application(NEW, State.TAX_CORRECTION)
    assert asked.review.completed_on
    assert happens(asked, Event.CORRECTED).state is State.TAX_REVIEW


def test_a_document_is_obtained_anew_when_its_reference_changes() -> None:
    obtained = documents_obtained(_asked("insurance_reference"), (Attachment.INSURANCE, Attachment.COMPLETION), NOW)
    corrected = happens(obtained, Event.CORRECTED, answers={"insurance_reference": "INS-0000002"})
    assert corrected.attachments[Attachment.INSURANCE] is AttachmentState.NOT_OBTAINED
    assert corrected.attachments[Attachment.COMPLETION] is AttachmentState.OBTAINED


@pytest.mark.parametrize(("field", "is_usable"), [("recording_agent_name", False), ("model", True)])
def test_another_agent_has_to_be_looked_at_anew(field: str, *, is_usable: bool) -> None:
    usable = documents_obtained(_asked(field), (), NOW, is_recording_agent_usable=True)
    assert happens(usable, Event.CORRECTED).is_recording_agent_usable == is_usable


@pytest.mark.parametrize(
    ("before", "answer", "after"),
    [("", "PLT-0000002", AttachmentState.NOT_OBTAINED), ("PLT-0000001", "", AttachmentState.NOT_REQUIRED)],
)
def test_a_document_is_required_when_the_record_names_it(before: str, answer: str, after: AttachmentState) -> None:
    asked = _asked(RESERVATION.reference, record=before)
    corrected = happens(asked, Event.CORRECTED, answers={RESERVATION.reference: answer})
    assert corrected.attachments[RESERVATION] is after


@pytest.mark.parametrize("procedure", list(Procedure))
def test_it_can_be_withdrawn_in_bulk_and_in_correction_and_else_never(procedure: Procedure) -> None:
    withdrawable = {State.INSPECTION_FEE_BULK, State.INSPECTION_CORRECTION, State.TAX_CORRECTION}
    for state in states_of(procedure):
        application = an_application(procedure, state)
        assert application.can_withdraw == (state in withdrawable)
        if state not in withdrawable:
            with pytest.raises(NotWithdrawable):
                happens(application, Event.WITHDRAWN)


def test_a_charge_that_has_a_payment_number_can_no_longer_be_withdrawn() -> None:
    numbered = _numbered(an_application(in_bulk=True))
    assert not numbered.can_withdraw
    with pytest.raises(NotWithdrawable):
        happens(numbered, Event.WITHDRAWN)


def test_a_correction_can_be_withdrawn_though_its_charges_have_numbers() -> None:
    numbered = _numbered(an_application(state=State.INSPECTION_CORRECTION, in_bulk=True))
    assert happens(numbered, Event.WITHDRAWN, by=Actor.FILER).history[-1].by is Actor.FILER

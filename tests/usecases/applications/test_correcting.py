"""「この内容で送信する」: 補正."""

from dataclasses import replace

import pytest

from chalicelib.domain.application_refusals import ApplicationChanged, ApplicationUnknown, NotCorrectable
from chalicelib.domain.application_states import CORRECTABLE, State, states_of
from chalicelib.domain.applications import Actor
from chalicelib.domain.deadlines import end_of
from chalicelib.domain.drafts import Draft, new_draft
from chalicelib.domain.letters import LetterName
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.refusals import DraftGone, SubmissionStale
from chalicelib.ports import StoreUnavailable
from tests.application_builders import answers_of
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import HOUR, LATER, OWN, SECOND, ApplicationDesk, asking
from tests.usecases.mypage.outbox import Outbox


@pytest.fixture
def draft(desk: ApplicationDesk) -> Draft:
    """A check page of an application that waits for its correction."""
    desk.has(State.INSPECTION_CORRECTION)
    return desk.check_page()


def test_the_fields_are_put_right_and_the_office_has_its_turn(desk: ApplicationDesk, draft: Draft) -> None:
    answers = answers_of(desk.stored())
    assert desk.correct(draft) is True
    after = desk.stored()
    assert answers == {"chassis_number": after.record.chassis_number, "user_name": after.record.user_name}
    assert (after.state, after.due_on, after.open_correction) == (State.INSPECTION_REVIEW, None, None)
    assert (after.history[-1].by, after.history[-1].fields) == (Actor.APPLICANT, ("chassis_number", "user_name"))


def procedure_of(state: State) -> Procedure:
    return next(one for one in Procedure if state in states_of(one))


def test_the_tax_office_gets_its_own_back(desk: ApplicationDesk) -> None:
    desk.has(State.TAX_CORRECTION, procedure=Procedure.NEW_VEHICLE, application_number=OWN)
    assert desk.correct(desk.check_page()) is True
    assert desk.stored().state is State.TAX_REVIEW


def test_only_what_the_office_named_is_changed(desk: ApplicationDesk) -> None:
    before = desk.has(State.INSPECTION_CORRECTION)
    more = {"applicant_name": "別人", "plate_number": "", "kept_for": "x", "version": "4"}
    desk.correct(desk.check_page(answers={**answers_of(before), **more}))
    assert desk.stored().record == replace(before.record, **answers_of(before))


def test_confirmed_twice_it_is_one_correction_and_one_letter(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox, draft: Draft
) -> None:
    assert desk.correct(draft) is True
    before = store.snapshot()
    assert desk.correct(draft) is False
    assert desk.correct(store.rows.drafts[draft.name]) is False
    assert store.snapshot() == before
    assert posted.only(LetterName.APPLICATION_CHANGED).facts["event"] == "corrected"


def test_a_confirmed_form_is_still_found_by_whose_it_is(desk: ApplicationDesk, store: FakeStore, draft: Draft) -> None:
    desk.correct(draft)
    assert store.rows.drafts[draft.name].values == draft.values


def test_clicked_twice_at_once_both_are_told_that_it_is_done(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox, draft: Draft
) -> None:
    told = []
    store.rivals.append(lambda: told.append(desk.correct(draft)))
    assert desk.correct(draft) is False
    assert told == [True]
    assert len(posted.letters) == 1


def test_the_office_may_ask_again_before_the_second_click_is_answered(
    desk: ApplicationDesk, store: FakeStore, draft: Draft
) -> None:
    store.rivals.append(lambda: (desk.correct(draft), desk.tell(asking("plate_number"))))
    assert desk.correct(draft) is False
    assert desk.stored().state is State.INSPECTION_CORRECTION


def test_when_the_answer_is_lost_it_is_done_and_asking_again_says_so(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox, draft: Draft
) -> None:
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.correct(draft)
    assert desk.correct(draft) is False
    assert len(posted.letters) == 1


def test_what_was_changed_in_another_tab_meanwhile_is_not_sent(
    desk: ApplicationDesk, store: FakeStore, draft: Draft
) -> None:
    store.rivals.append(lambda: desk.check_page(submission_id="of the other tab"))
    with pytest.raises(SubmissionStale):
        desk.correct(draft)
    assert desk.stored().state is State.INSPECTION_CORRECTION


def test_a_form_of_yesterday_is_gone(desk: ApplicationDesk, draft: Draft) -> None:
    with pytest.raises(DraftGone):
        desk.correct(draft, LATER + HOUR)
    assert desk.stored().state is State.INSPECTION_CORRECTION


@pytest.mark.parametrize("state", sorted(set(State) - CORRECTABLE))
def test_in_no_other_state_anything_can_be_corrected(desk: ApplicationDesk, store: FakeStore, state: State) -> None:
    desk.has(state, procedure=procedure_of(state), application_number=OWN)
    draft = desk.check_page(answers={"user_name": "見本次郎"})
    before = store.snapshot()
    with pytest.raises(NotCorrectable):
        desk.correct(draft)
    assert store.snapshot() == before


def test_it_can_be_corrected_to_the_last_second_of_the_last_day(desk: ApplicationDesk) -> None:
    due_on = desk.has(State.INSPECTION_CORRECTION).due_on
    assert due_on
    end = end_of(due_on)
    with pytest.raises(NotCorrectable):
        desk.correct(desk.check_page(expires_at=end + HOUR), end)
    assert desk.correct(desk.check_page(expires_at=end + HOUR), end - SECOND) is True


def test_when_the_office_asked_for_more_meanwhile_nothing_is_sent(desk: ApplicationDesk) -> None:
    desk.has(State.INSPECTION_CORRECTION)
    draft = desk.check_page()
    desk.correct(desk.check_page("correction-2"))
    desk.tell(asking("chassis_number", "user_name", "plate_number"))
    with pytest.raises(ApplicationChanged):
        desk.correct(draft)


def test_answers_to_an_earlier_question_are_not_sent_for_a_later_one(desk: ApplicationDesk) -> None:
    desk.has(State.INSPECTION_CORRECTION)
    draft = desk.check_page()
    desk.correct(desk.check_page("correction-2"))
    desk.tell(asking("chassis_number", "user_name"))
    with pytest.raises(ApplicationChanged):
        desk.correct(draft)
    assert desk.stored().state is State.INSPECTION_CORRECTION


def test_an_optional_field_may_be_emptied(desk: ApplicationDesk) -> None:
    desk.has(State.INSPECTION_REVIEW)
    desk.tell(asking("receiver_name"))
    assert desk.correct(desk.check_page(answers={"receiver_name": ""})) is True
    assert desk.stored().record.receiver_name == ""


def test_news_that_come_in_between_stand_in_nobodys_way(desk: ApplicationDesk, store: FakeStore, draft: Draft) -> None:
    store.rivals.append(lambda: desk.tell_news("event-1"))
    assert desk.correct(draft) is True
    after = desk.stored()
    assert (after.state, len(after.notices), after.version) == (State.INSPECTION_REVIEW, 2, 6)


def test_a_number_that_nobody_has_is_unknown(desk: ApplicationDesk) -> None:
    with pytest.raises(ApplicationUnknown):
        desk.correct(replace(new_draft("draft-1", "status", LATER, {}), submission_id="x"))

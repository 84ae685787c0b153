"""「取り下げる」."""

from functools import partial

import pytest

from chalicelib.domain.application_refusals import ApplicationChanged, ApplicationUnknown, NotWithdrawable
from chalicelib.domain.application_states import ENDED, IN_BULK_STATES, OPEN, WITHDRAWABLE, State
from chalicelib.domain.applications import Actor, NoticeKind
from chalicelib.domain.charges import ChargeState
from chalicelib.domain.letters import LetterName
from chalicelib.ports import StoreUnavailable
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import (
    FILER,
    LATER,
    NOBODYS,
    TO,
    ApplicationDesk,
    paying,
)
from tests.usecases.mypage.outbox import Outbox

OF_CONTINUATION = OPEN - {
    State.TAX_REVIEW,
    State.TAX_CORRECTION,
    State.ENVIRONMENTAL_TAX_DUE,
    State.ENVIRONMENTAL_TAX_BULK,
    State.READY_TO_ISSUE,
}
MAY = sorted(OF_CONTINUATION & WITHDRAWABLE)
MAY_NOT = sorted((OF_CONTINUATION - WITHDRAWABLE) | (ENDED - {State.WITHDRAWN, State.ISSUED}))


@pytest.mark.parametrize("state", MAY)
def test_it_ends_and_asks_for_no_more_money(desk: ApplicationDesk, state: State) -> None:
    desk.has(state)
    after = desk.withdraw()
    assert after == desk.stored()
    assert (after.state, after.due_on, after.changed_at) == (State.WITHDRAWN, None, LATER)
    assert after.history[-1].by is Actor.APPLICANT
    assert after.notices[-1].kind is NoticeKind.WITHDRAWN
    assert ChargeState.UNPAID not in {charge.state for charge in after.charges}


@pytest.mark.parametrize("state", MAY_NOT)
def test_elsewhere_it_is_refused_and_nothing_changes(desk: ApplicationDesk, store: FakeStore, state: State) -> None:
    desk.has(state)
    before = store.snapshot()
    with pytest.raises(NotWithdrawable) as refusal:
        desk.withdraw()
    assert refusal.value.state == state
    assert store.snapshot() == before


def test_the_applicant_is_told_once_however_often_it_is_asked_for(desk: ApplicationDesk, posted: Outbox) -> None:
    desk.has(State.INSPECTION_CORRECTION)
    first = desk.withdraw()
    assert desk.withdraw() == first
    letter = posted.only(LetterName.APPLICATION_CHANGED)
    assert letter.to == TO
    assert (letter.facts["state"], letter.facts["event"], letter.facts["due_on"]) == ("withdrawn", "withdrawn", "")


def test_without_an_address_nobody_is_told(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has(State.INSPECTION_CORRECTION, notification_email=None)
    assert desk.withdraw().state is State.WITHDRAWN
    assert not store.rows.letters
    assert not store.rows.mails_of


def test_what_the_filer_withdrew_is_withdrawn(desk: ApplicationDesk) -> None:
    desk.has(State.INSPECTION_CORRECTION, filer_suffix=FILER)
    after = desk.withdraw_as_filer()
    assert desk.withdraw() == after


def test_when_the_answer_is_lost_it_is_done_and_asking_again_says_so(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox
) -> None:
    desk.has(State.INSPECTION_CORRECTION)
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.withdraw()
    assert desk.withdraw().state is State.WITHDRAWN
    assert len(posted.letters) == 1


def test_clicked_twice_at_once_it_is_withdrawn_once(desk: ApplicationDesk, store: FakeStore, posted: Outbox) -> None:
    desk.has(State.INSPECTION_CORRECTION)
    store.rivals.append(desk.withdraw)
    assert desk.withdraw() == desk.stored()
    assert len(desk.stored().notices) == 2
    assert len(posted.letters) == 1


@pytest.mark.parametrize("state", sorted(IN_BULK_STATES & WITHDRAWABLE))
def test_when_it_was_paid_at_the_same_moment_it_is_refused(
    desk: ApplicationDesk, store: FakeStore, state: State
) -> None:
    desk.has(state)
    store.rivals.append(lambda: desk.tell(paying()))
    with pytest.raises(NotWithdrawable):
        desk.withdraw()
    assert desk.stored().state is State.WEIGHT_TAX_BULK


def test_who_saw_it_in_another_state_is_asked_again(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has(State.INSPECTION_CORRECTION)
    before = store.snapshot()
    with pytest.raises(ApplicationChanged):
        desk.withdraw(shown_in=State.INSPECTION_FEE_BULK)
    assert store.snapshot() == before


def test_a_number_that_nobody_has_is_unknown(desk: ApplicationDesk) -> None:
    with pytest.raises(ApplicationUnknown):
        desk.withdraw(NOBODYS)


def test_when_others_are_always_quicker_it_is_given_up_unharmed(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has(State.INSPECTION_CORRECTION)
    store.rivals += [partial(desk.tell_news, f"event-{number}") for number in range(5)]
    with pytest.raises(StoreUnavailable):
        desk.withdraw()
    assert desk.stored().state is State.INSPECTION_CORRECTION
    assert desk.withdraw().state is State.WITHDRAWN

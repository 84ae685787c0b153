"""Business software: its token, its applications, 取り下げ and 補正."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.capabilities.filing.usecases_filer import (
    Listing,
    account_of,
    is_repeated,
    list_applications,
    look_at,
)
from chalicelib.domain.application_refusals import (
    ApplicationUnknown,
    CredentialsWrong,
    FieldNotAsked,
    KeyReused,
    NotCorrectable,
    NotWithdrawable,
)
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Actor
from chalicelib.domain.deadlines import end_of
from chalicelib.domain.filer_tokens import FilerToken
from chalicelib.domain.letters import LetterName
from chalicelib.ports import StoreUnavailable
from tests.application_builders import answers_of
from tests.builders import FILER_PASSWORD, PAYER_PASSWORD
from tests.fakes.hashing import quick_hash
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import (
    FILER,
    LATER,
    NOBODYS,
    OTHER_FILER,
    OWN,
    SECOND,
    WRONG,
    ApplicationDesk,
    asking,
    paying,
    sent,
)
from tests.usecases.mypage.outbox import Outbox

QUARTER = timedelta(minutes=15)


def is_good(desk: ApplicationDesk, token: FilerToken, after: timedelta = timedelta(0)) -> bool:
    return account_of(desk.begin, token, LATER + after) is not None


def waiting(desk: ApplicationDesk, state: State = State.INSPECTION_CORRECTION) -> dict[str, str]:
    """An application of the filer's own; the answer is what corrects it."""
    return answers_of(desk.has(state, filer_suffix=FILER))


def test_a_token_opens_the_account_for_a_quarter_of_an_hour(desk: ApplicationDesk) -> None:
    account = desk.open_account()
    token = desk.ask_token()
    assert account_of(desk.begin, token, LATER) == account
    assert is_good(desk, token, QUARTER - SECOND)
    assert not is_good(desk, token, QUARTER)


def test_a_token_dies_with_its_password(desk: ApplicationDesk) -> None:
    account = desk.open_account()
    token = desk.ask_token()
    with desk.begin() as work:
        work.accounts.change_passwords(account, replace(account, filer_password_hash=quick_hash("another one")))
    assert not is_good(desk, token)


def test_a_token_of_nobody_opens_nothing(desk: ApplicationDesk) -> None:
    assert not is_good(desk, FilerToken(OTHER_FILER, "0" * 16, LATER))


@pytest.mark.parametrize("password", [WRONG, PAYER_PASSWORD, ""])
def test_no_other_password_gives_a_token(desk: ApplicationDesk, password: str) -> None:
    desk.open_account()
    with pytest.raises(CredentialsWrong):
        desk.ask_token(password)


@pytest.mark.parametrize("id_suffix", [FILER, OTHER_FILER])
def test_five_wrong_passwords_lock_it_whosever_the_id_is(desk: ApplicationDesk, id_suffix: str) -> None:
    for _ in range(5):
        with pytest.raises(CredentialsWrong):
            desk.ask_token(WRONG, id_suffix)
    desk.open_account(id_suffix=id_suffix)
    with pytest.raises(CredentialsWrong):
        desk.ask_token(FILER_PASSWORD, id_suffix)


def test_the_right_password_clears_the_count(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.open_account()
    for _ in range(4):
        with pytest.raises(CredentialsWrong):
            desk.ask_token(WRONG)
    desk.ask_token()
    assert not store.rows.attempts


def test_only_the_filers_own_can_be_looked_at(desk: ApplicationDesk) -> None:
    application = desk.has(filer_suffix=FILER)
    assert look_at(desk.begin, FILER, OWN) == application
    for suffix, number in ((OTHER_FILER, OWN), (FILER, NOBODYS)):
        with pytest.raises(ApplicationUnknown):
            look_at(desk.begin, suffix, number)


def test_what_an_applicant_filed_is_no_filers(desk: ApplicationDesk) -> None:
    desk.has()
    with pytest.raises(ApplicationUnknown):
        look_at(desk.begin, FILER, OWN)


def test_only_the_filers_own_are_listed(desk: ApplicationDesk) -> None:
    desk.has(filer_suffix=FILER)
    desk.has(application_number=NOBODYS, filer_suffix=OTHER_FILER)
    page = list_applications(desk.begin, FILER, Listing(25))
    assert [one.application_number for one in page.lines] == [OWN]
    assert list_applications(desk.begin, FILER, Listing(25, state=State.RETURNED)).lines == ()


def test_a_withdrawal_by_software_is_said_to_be_its(desk: ApplicationDesk, posted: Outbox) -> None:
    waiting(desk)
    after = desk.withdraw_as_filer()
    assert after == desk.stored()
    assert (after.state, after.history[-1].by) == (State.WITHDRAWN, Actor.FILER)
    assert posted.only(LetterName.APPLICATION_CHANGED).facts["event"] == "withdrawn"


def test_the_same_withdrawal_again_gives_the_same(desk: ApplicationDesk, posted: Outbox) -> None:
    waiting(desk)
    first = desk.withdraw_as_filer()
    assert desk.withdraw_as_filer() == first
    assert len(posted.letters) == 1


@pytest.mark.parametrize("act", ["withdraw", "correct"])
def test_under_another_key_it_comes_too_late(desk: ApplicationDesk, act: str) -> None:
    answers = waiting(desk)
    desk.withdraw_as_filer()
    with pytest.raises(NotWithdrawable if act == "withdraw" else NotCorrectable):
        _act(desk, act, answers, "key-2")


def _act(desk: ApplicationDesk, act: str, answers: dict[str, str], key: str = "key-1") -> object:
    if act == "withdraw":
        return desk.withdraw_as_filer(sent(key))
    return desk.correct_as_filer(answers, sent(key))


def test_a_key_that_stood_for_something_else_is_refused(desk: ApplicationDesk) -> None:
    answers = waiting(desk)
    desk.correct_as_filer(answers)
    with pytest.raises(KeyReused):
        desk.withdraw_as_filer(sent(digest="a withdrawal"))
    desk.tell(asking("chassis_number", "user_name"))
    with pytest.raises(KeyReused):
        desk.withdraw_as_filer(sent(digest="a withdrawal"))
    assert desk.stored().state is State.INSPECTION_CORRECTION


@pytest.mark.parametrize("act", ["withdraw", "correct"])
def test_sent_twice_at_once_it_is_done_once_and_both_are_told_so(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox, act: str
) -> None:
    answers = waiting(desk)
    told: list[object] = []
    store.rivals.append(lambda: told.append(_act(desk, act, answers)))
    assert _act(desk, act, answers) == told[0]
    assert len(posted.letters) == 1


@pytest.mark.parametrize("act", ["withdraw", "correct"])
def test_when_the_answer_is_lost_the_same_again_says_how_it_stands(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox, act: str
) -> None:
    answers = waiting(desk)
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        _act(desk, act, answers)
    assert _act(desk, act, answers) == desk.stored()
    assert len(posted.letters) == 1


def test_a_correction_puts_right_what_was_asked_for(desk: ApplicationDesk) -> None:
    answers = waiting(desk)
    after = desk.correct_as_filer(answers)
    assert after == desk.stored()
    assert after.state is State.INSPECTION_REVIEW
    assert answers.items() <= vars(after.record).items()
    assert after.history[-1].by is Actor.FILER


def test_a_correction_is_known_again(desk: ApplicationDesk) -> None:
    answers = waiting(desk)
    assert is_repeated(desk.begin, desk.stored(), sent()) is False
    desk.correct_as_filer(answers)
    assert is_repeated(desk.begin, desk.stored(), sent()) is True
    with pytest.raises(KeyReused):
        is_repeated(desk.begin, desk.stored(), sent(digest="other answers"))


def test_a_field_that_nobody_asked_for_is_refused(desk: ApplicationDesk) -> None:
    answers = waiting(desk)
    with pytest.raises(FieldNotAsked) as refusal:
        desk.correct_as_filer({**answers, "plate_number": "品川-580-さ-9999"})
    assert refusal.value.field == "plate_number"
    assert desk.stored().state is State.INSPECTION_CORRECTION


def test_an_answer_that_leaves_a_field_open_is_refused(desk: ApplicationDesk) -> None:
    answers = waiting(desk)
    answers.popitem()
    with pytest.raises(NotCorrectable):
        desk.correct_as_filer(answers)
    assert desk.stored().state is State.INSPECTION_CORRECTION


def test_after_its_deadline_nothing_is_corrected(desk: ApplicationDesk) -> None:
    answers = waiting(desk)
    due_on = desk.stored().due_on
    assert due_on
    with pytest.raises(NotCorrectable):
        desk.correct_as_filer(answers, now=end_of(due_on))
    desk.correct_as_filer(answers, now=end_of(due_on) - SECOND)


def test_a_payment_that_comes_first_wins(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has(State.INSPECTION_FEE_BULK, filer_suffix=FILER)
    store.rivals.append(lambda: desk.tell(paying()))
    with pytest.raises(NotWithdrawable):
        desk.withdraw_as_filer()
    assert desk.stored().state is State.WEIGHT_TAX_BULK


def test_nobody_withdraws_what_others_filed(desk: ApplicationDesk, store: FakeStore) -> None:
    waiting(desk)
    before = store.snapshot()
    with pytest.raises(ApplicationUnknown):
        desk.withdraw_as_filer(id_suffix=OTHER_FILER)
    assert store.snapshot() == before

"""「受取者認証兼受取車両個別申告用二次元コードの発行」."""

from functools import partial

import pytest

from chalicelib.capabilities.status.usecases_code import single_code
from chalicelib.domain.application_refusals import ApplicationUnknown
from chalicelib.domain.application_states import READY_STATES, State, states_of
from chalicelib.domain.code_refusals import NotReadyToCollect
from chalicelib.domain.lookup_keys import is_lookup_key, is_single
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose, QrCode
from chalicelib.ports import StoreUnavailable
from tests.fakes.outside import FakeChance
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import LATER, NOBODYS, OWN, SECOND
from tests.usecases.codes.steps import SECOND_ONE, CounterDesk

NEVER_READY = [state for state in states_of(Procedure.CONTINUATION) if state not in READY_STATES]
DIGITS, OTHER_DIGITS = "12345678901234", "43210987654321"


@pytest.mark.parametrize("procedure", Procedure)
def test_a_ready_application_gets_a_code_of_its_own_and_no_receiver_opens_it_any_more(
    desk: CounterDesk, store: FakeStore, procedure: Procedure
) -> None:
    application = desk.has_ready(procedure=procedure)
    assert application.awaits_receiver
    key = desk.issue_single()
    assert is_lookup_key(key)
    assert is_single(key)
    code = QrCode(key, Purpose.SINGLE_VEHICLE, LATER, None, procedure=procedure, application_number=OWN)
    assert store.rows.qr_codes == {key: code}
    assert single_code(desk.begin, OWN) == (desk.stored(), code)
    assert not desk.stored().awaits_receiver


def test_nothing_else_of_the_application_changes_and_nobody_is_written_to(desk: CounterDesk, store: FakeStore) -> None:
    before = desk.has_ready()
    key = desk.issue_single()
    assert desk.stored() == before.with_pickup_code(key)
    assert not store.rows.letters


def test_asked_again_it_is_the_same_code(desk: CounterDesk, store: FakeStore) -> None:
    desk.has_ready()
    key = desk.issue_single()
    before = store.snapshot()
    assert desk.issue_single(now=LATER + SECOND) == key
    assert store.snapshot() == before


def test_asked_twice_at_once_it_is_one_code(desk: CounterDesk, store: FakeStore) -> None:
    desk.has_ready()
    told: list[str] = []
    store.rivals.append(lambda: told.append(desk.issue_single()))
    assert [desk.issue_single()] == told == list(store.rows.qr_codes)


def test_when_the_answer_is_lost_asking_again_gives_that_code(desk: CounterDesk, store: FakeStore) -> None:
    desk.has_ready()
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.issue_single()
    assert [desk.issue_single()] == list(store.rows.qr_codes)


def test_a_key_that_is_taken_is_drawn_again(desk: CounterDesk, chance: FakeChance) -> None:
    chance.digits += [DIGITS, DIGITS, OTHER_DIGITS]
    desk.has_ready()
    desk.has_ready(SECOND_ONE)
    assert desk.issue_single()[1:-1] == DIGITS
    assert desk.issue_single(SECOND_ONE)[1:-1] == OTHER_DIGITS


@pytest.mark.parametrize("state", NEVER_READY)
def test_an_application_that_is_not_ready_gets_none(desk: CounterDesk, store: FakeStore, state: State) -> None:
    desk.has(state)
    with pytest.raises(NotReadyToCollect):
        desk.issue_single()
    with pytest.raises(NotReadyToCollect):
        single_code(desk.begin, OWN)
    assert not store.rows.qr_codes


def test_an_application_that_nobody_filed_gets_none(desk: CounterDesk) -> None:
    with pytest.raises(ApplicationUnknown):
        desk.issue_single(NOBODYS)


def test_before_it_is_issued_there_is_none_to_look_at(desk: CounterDesk) -> None:
    desk.has_ready()
    with pytest.raises(NotReadyToCollect):
        single_code(desk.begin, OWN)


def test_once_it_was_handed_over_the_code_is_neither_issued_nor_shown(desk: CounterDesk) -> None:
    desk.has_ready()
    desk.hand_over(desk.issue_single())
    with pytest.raises(NotReadyToCollect):
        desk.issue_single()
    with pytest.raises(NotReadyToCollect):
        single_code(desk.begin, OWN)


def test_handed_over_in_between_it_gets_none(desk: CounterDesk, store: FakeStore) -> None:
    desk.has_ready()
    desk.enrol()
    key = desk.issue()
    store.rivals.append(lambda: desk.hand_over(key))
    with pytest.raises(NotReadyToCollect):
        desk.issue_single()
    assert list(store.rows.qr_codes) == [key]


def test_news_in_between_do_not_keep_anybody_from_it(desk: CounterDesk, store: FakeStore) -> None:
    desk.has_ready()
    store.rivals.append(lambda: desk.tell_news("event-1"))
    key = desk.issue_single()
    assert (desk.stored().pickup_code, len(desk.stored().notices)) == (key, 1)


def test_without_rest_it_is_given_up_and_nothing_was_issued(desk: CounterDesk, store: FakeStore) -> None:
    desk.has_ready()
    store.rivals += [partial(desk.tell_news, f"event-{number}") for number in range(3)]
    with pytest.raises(StoreUnavailable):
        desk.issue_single()
    assert not store.rows.qr_codes
    assert desk.issue_single()

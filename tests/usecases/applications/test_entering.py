"""「状況照会 ログイン」 with 申請用パスワード."""

from dataclasses import replace

import pytest

from chalicelib.capabilities.status.usecases import leave
from chalicelib.domain.application_states import State
from chalicelib.domain.enquiries import Enquiry
from chalicelib.ports import StoreUnavailable
from tests.application_builders import APPLICATION_PASSWORD
from tests.fakes.outside import FakeHasher
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import LATER, NOBODYS, OWN, WRONG, ApplicationDesk


def test_the_right_password_lets_somebody_look_at_that_application(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    enquiry = desk.enter()
    assert enquiry == Enquiry(enquiry.name if enquiry else "", OWN, LATER)
    assert list(store.rows.enquiries.values()) == [enquiry]


def test_every_enquiry_has_a_name_of_its_own(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    for _ in range(3):
        desk.enter()
    assert len(store.rows.enquiries) == 3


@pytest.mark.parametrize("state", [State.NOT_ACCEPTED, State.VOID, State.REJECTED, State.WITHDRAWN, State.RETURNED])
def test_what_has_ended_can_still_be_looked_at(desk: ApplicationDesk, state: State) -> None:
    desk.has(state)
    assert desk.enter()


@pytest.mark.parametrize("wrong", [0, 1, 4])
def test_the_right_password_clears_the_count(desk: ApplicationDesk, wrong: int) -> None:
    desk.has()
    for _ in range(2):
        desk.guess(wrong)
        assert desk.enter()


def test_five_wrong_passwords_lock_it_for_the_right_one_too(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    desk.guess(5)
    assert desk.enter() is None
    assert desk.enter(now=LATER.replace(year=LATER.year + 1)) is None
    assert not store.rows.enquiries
    assert not store.rows.letters


def test_a_number_that_nobody_has_is_locked_alike(desk: ApplicationDesk) -> None:
    desk.guess(5, NOBODYS)
    desk.has(application_number=NOBODYS)
    assert desk.enter(number=NOBODYS) is None


def test_a_lock_is_of_one_application_and_ends_no_enquiry(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    desk.has(application_number=NOBODYS)
    enquiry = desk.enter()
    desk.guess(5)
    assert desk.enter(number=NOBODYS)
    assert enquiry in store.rows.enquiries.values()


def test_the_helpdesk_opens_the_lock(desk: ApplicationDesk) -> None:
    desk.has()
    desk.guess(6)
    desk.unlock()
    assert desk.enter()


def test_a_try_is_counted_before_the_password_is_looked_at(desk: ApplicationDesk, store: FakeStore) -> None:
    counted = []

    class Watched(FakeHasher):
        def is_hash_of(self, password_hash: str, password: str) -> bool:
            counted.append(sum(store.rows.attempts.values()))
            return super().is_hash_of(password_hash, password)

    desk.has()
    replace(desk, hasher=Watched()).guess(6)
    assert counted == [1, 2, 3, 4, 5, 5]


@pytest.mark.parametrize("password", ["", APPLICATION_PASSWORD.upper(), APPLICATION_PASSWORD + " ", WRONG])
def test_no_other_password_opens_it(desk: ApplicationDesk, password: str) -> None:
    desk.has()
    assert desk.enter(password) is None


def test_nobody_is_let_in_while_tries_cannot_be_counted(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    store.is_down = True
    with pytest.raises(StoreUnavailable):
        desk.enter()
    assert desk.hasher.compared == 0


def test_leaving_ends_the_enquiry_and_may_be_asked_for_twice(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    enquiry = desk.enter()
    assert enquiry
    for _ in range(2):
        leave(desk.begin, enquiry.name)
        assert not store.rows.enquiries

"""The pair of IDs: drawn until free, at most a hundred an address, shown to one browser for a while."""

from datetime import timedelta

import pytest

from chalicelib.capabilities.confirmation import usecases
from chalicelib.capabilities.confirmation.usecases import DRAWS
from chalicelib.domain.address_loads import ACCOUNTS_PER_ADDRESS
from chalicelib.domain.letters import LetterName
from chalicelib.domain.refusals import AddressFull, DraftGone, IdsExhausted
from tests.builders import ADDRESS, NOW, an_account
from tests.fakes.outside import FakeChance
from tests.fakes.rows import KeptLetter
from tests.fakes.store import FakeStore
from tests.steps import Desk

SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(minutes=3)


def completion_letters(store: FakeStore) -> list[KeptLetter]:
    kept = store.rows.letters.values()
    return [one for one in kept if one.letter.name is LetterName.REGISTRATION_COMPLETED]


def test_an_id_that_is_taken_is_drawn_again(desk: Desk, store: FakeStore, chance: FakeChance) -> None:
    store.rows.accounts["CA6288"] = other = an_account(management_email="jiro@example.jp")
    chance.suffixes = ["CA6288", "CA6288", "KB0001"]
    assert desk.complete(desk.ready_to_complete(desk.registered().registration)) == "KB0001"
    assert store.rows.accounts["CA6288"] == other
    assert store.rows.accounts_of[ADDRESS] == 1
    (kept,) = completion_letters(store)
    assert kept.letter.facts["payer_id"] == "KNKB0001"


def test_drawing_ends_and_says_so(desk: Desk, store: FakeStore, chance: FakeChance) -> None:
    store.rows.accounts["CA6288"] = an_account(management_email="jiro@example.jp")
    asked = desk.ready_to_complete(desk.registered().registration)
    before = store.snapshot()
    chance.suffixes = ["CA6288"] * DRAWS
    with pytest.raises(IdsExhausted):
        desk.complete(asked)
    assert store.snapshot() == before
    assert desk.complete(asked)


def test_an_address_holds_exactly_a_hundred_accounts(desk: Desk, store: FakeStore) -> None:
    moment = NOW
    for _ in range(ACCOUNTS_PER_ADDRESS):
        desk.completed(moment)
        moment += timedelta(hours=1)
    late = desk.registered(moment).registration
    with pytest.raises(AddressFull):
        desk.complete(desk.ready_to_complete(late, moment), moment)
    assert len(store.rows.accounts) == store.rows.accounts_of[ADDRESS] == 100
    assert len(completion_letters(store)) == 100
    assert not store.rows.registrations[late.registration_id].is_completed


def test_the_last_place_of_an_address_is_given_once(desk: Desk, store: FakeStore) -> None:
    store.rows.accounts_of[ADDRESS] = ACCOUNTS_PER_ADDRESS - 1
    first, second = (desk.ready_to_complete(desk.registered().registration) for _ in range(2))
    store.rivals.append(lambda: desk.complete(first))
    with pytest.raises(AddressFull):
        desk.complete(second)
    assert len(store.rows.accounts) == 1


def test_a_full_address_is_told_to_the_holder_of_a_link_that_was_mailed_before(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered(email="TARO@example.jp").registration)
    store.rows.accounts_of[ADDRESS] = ACCOUNTS_PER_ADDRESS
    before = store.snapshot()
    with pytest.raises(AddressFull):
        desk.complete(asked)
    assert store.snapshot() == before


def test_the_ids_are_shown_again_to_the_same_browser_for_thirty_minutes(desk: Desk, chance: FakeChance) -> None:
    chance.suffixes = ["CA6288"]
    asked = desk.ready_to_complete(desk.registered().registration)
    desk.complete(asked, LATER)
    for moment in (LATER, LATER + timedelta(minutes=30) - SECOND):
        assert usecases.find_ids(desk.begin, asked.draft_name, moment) == ("KNCA6288", "KICA6288")
    with pytest.raises(DraftGone):
        usecases.find_ids(desk.begin, asked.draft_name, LATER + timedelta(minutes=30))


def test_looking_at_the_ids_does_not_prolong_their_thirty_minutes(desk: Desk) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    desk.complete(asked)
    usecases.find_ids(desk.begin, asked.draft_name, NOW + timedelta(minutes=29))
    desk.complete(asked, NOW + timedelta(minutes=29))
    with pytest.raises(DraftGone):
        usecases.find_ids(desk.begin, asked.draft_name, NOW + timedelta(minutes=30))


def test_only_the_browser_that_completed_has_completed(desk: Desk) -> None:
    registration = desk.registered().registration
    asked, other = desk.ready_to_complete(registration), desk.ready_to_complete(registration)
    assert not usecases.has_completed(desk.begin, asked.draft_name, NOW)
    desk.complete(asked)
    assert usecases.has_completed(desk.begin, asked.draft_name, NOW)
    assert not usecases.has_completed(desk.begin, other.draft_name, NOW)
    with pytest.raises(DraftGone):
        usecases.has_completed(desk.begin, "no such draft", NOW)


def test_no_other_browser_sees_the_ids(desk: Desk) -> None:
    registration = desk.registered().registration
    asked, other = desk.ready_to_complete(registration), desk.ready_to_complete(registration)
    desk.complete(asked)
    for name in (other.draft_name, "no such draft"):
        with pytest.raises(DraftGone):
            usecases.find_ids(desk.begin, name, NOW)


def test_a_browser_told_to_forget_the_ids_does(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    desk.complete(asked)
    usecases.forget(desk.begin, asked.draft_name)
    with pytest.raises(DraftGone):
        usecases.find_ids(desk.begin, asked.draft_name, NOW)
    assert len(store.rows.accounts) == 1

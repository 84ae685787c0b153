"""The mailed link: it may be opened by anybody, and nothing happens."""

from datetime import timedelta

import pytest

from chalicelib.capabilities.confirmation import usecases
from chalicelib.domain.letters import LetterName
from chalicelib.domain.refusals import DraftGone, LinkExpired, LinkUsed
from chalicelib.domain.registrations import KEPT_AFTER_EXPIRY
from chalicelib.ports import StoreUnavailable
from tests.builders import ADDRESS, NOW
from tests.fakes.outside import FakeHasher
from tests.fakes.store import FakeStore
from tests.steps import PASSWORDS, Desk

SECOND = timedelta(seconds=1)
DAY = timedelta(hours=24)


def test_an_opened_link_shows_who_registered(desk: Desk) -> None:
    registration = desk.registered().registration
    assert usecases.open_registration(desk.begin, registration.registration_id, NOW) == registration


def test_opening_a_link_ten_times_changes_nothing(desk: Desk, store: FakeStore) -> None:
    registration = desk.registered().registration
    before = store.snapshot()
    for fetch in range(10):
        usecases.open_registration(desk.begin, registration.registration_id, NOW + fetch * SECOND)
        usecases.find_kept(desk.begin, None, registration.registration_id, NOW)
    assert store.snapshot() == before


@pytest.mark.parametrize("lived", [timedelta(0), DAY - SECOND])
def test_a_link_works_while_it_is_younger_than_a_day(desk: Desk, lived: timedelta) -> None:
    registration = desk.registered().registration
    usecases.open_registration(desk.begin, registration.registration_id, NOW + lived)
    assert desk.complete(desk.ready_to_complete(registration, NOW + lived), NOW + lived)


@pytest.mark.parametrize("lived", [DAY, DAY + SECOND, DAY + KEPT_AFTER_EXPIRY])
def test_a_dead_link_says_when_it_died(desk: Desk, store: FakeStore, lived: timedelta) -> None:
    registration = desk.registered().registration
    asked = desk.ready_to_complete(registration, NOW + lived)
    before = store.snapshot()
    with pytest.raises(LinkExpired) as refused:
        usecases.open_registration(desk.begin, registration.registration_id, NOW + lived)
    assert refused.value.expired_at == NOW + DAY
    with pytest.raises(LinkExpired) as refused:
        desk.complete(asked, NOW + lived)
    assert refused.value.expired_at == NOW + DAY
    assert store.snapshot() == before


def test_a_link_whose_registration_was_swept_is_expired(desk: Desk, store: FakeStore) -> None:
    registration = desk.registered().registration
    asked = desk.ready_to_complete(registration)
    store.rows.registrations.clear()
    with pytest.raises(LinkExpired) as refused:
        usecases.open_registration(desk.begin, registration.registration_id, NOW)
    assert refused.value.expired_at is None
    with pytest.raises(LinkExpired):
        desk.complete(asked)
    assert not store.rows.accounts


def test_a_used_link_says_so_even_when_it_would_be_too_old(desk: Desk) -> None:
    registration = desk.registered().registration
    desk.complete(desk.ready_to_complete(registration))
    for moment in (NOW, NOW + DAY, NOW + 2 * DAY):
        with pytest.raises(LinkUsed):
            usecases.open_registration(desk.begin, registration.registration_id, moment)


def test_every_link_of_a_registration_works_until_it_is_completed(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    desk.resend(sent, timedelta(minutes=1))
    links = {
        kept.letter.facts["registration_id"]
        for kept in store.rows.letters.values()
        if kept.letter.name is LetterName.REGISTRATION_LINK
    }
    assert links == {sent.registration.registration_id}


def test_what_was_typed_is_shown_again_to_the_same_browser(desk: Desk) -> None:
    registration = desk.registered().registration
    asked = desk.ready_to_complete(registration, notification_email="notice@example.jp")
    kept = usecases.find_kept(desk.begin, asked.draft_name, registration.registration_id, NOW)
    assert kept is not None
    assert kept.values["notification_email"] == "notice@example.jp"


def test_what_was_typed_for_another_registration_is_not_shown(desk: Desk) -> None:
    asked = desk.ready_to_complete(desk.registered().registration, notification_email="notice@example.jp")
    other = desk.registered(email="jiro@example.jp").registration
    assert usecases.find_kept(desk.begin, asked.draft_name, other.registration_id, NOW) is None


@pytest.mark.parametrize("name", [None, "no such draft"])
def test_a_browser_that_typed_nothing_is_shown_nothing(desk: Desk, name: str | None) -> None:
    registration = desk.registered().registration
    assert usecases.find_kept(desk.begin, name, registration.registration_id, NOW) is None


def test_what_was_typed_is_forgotten_after_thirty_minutes(desk: Desk) -> None:
    registration = desk.registered().registration
    asked = desk.ready_to_complete(registration)
    later = NOW + timedelta(minutes=30)
    assert usecases.find_kept(desk.begin, asked.draft_name, registration.registration_id, later) is None
    with pytest.raises(DraftGone):
        usecases.find_check(desk.begin, asked.draft_name, later)


def test_passwords_are_kept_as_hashes_only(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    desk.complete(asked)
    stored = repr(store.rows)
    assert all(password not in stored for password in PASSWORDS.values())
    (account,) = store.rows.accounts.values()
    assert account.payer_password_hash == FakeHasher().hash(PASSWORDS["payer_password"])
    assert account.filer_password_hash == FakeHasher().hash(PASSWORDS["filer_password"])


def test_hashing_keeps_what_else_was_typed() -> None:
    values = usecases.hashed(FakeHasher(), {"notification_email": ADDRESS}, PASSWORDS)
    assert values["notification_email"] == ADDRESS
    assert usecases.is_hashed(values)


def test_a_form_with_a_mistake_is_kept_but_cannot_be_confirmed(desk: Desk) -> None:
    registration = desk.registered().registration
    draft = usecases.keep_details(desk.begin, desk.chance, None, registration, {"notification_email": "@"}, NOW)
    assert draft.submission_id is None
    assert not usecases.is_hashed(draft.values)


def test_the_check_page_shows_what_was_typed_and_for_whom(desk: Desk) -> None:
    registration = desk.registered().registration
    asked = desk.ready_to_complete(registration, notification_email="notice@example.jp")
    draft, shown = usecases.find_check(desk.begin, asked.draft_name, NOW)
    assert shown == registration
    assert draft.values["notification_email"] == "notice@example.jp"
    assert draft.submission_id == asked.submission_id


def test_looking_at_the_check_page_keeps_the_draft_alive(desk: Desk) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    later = NOW + timedelta(minutes=29)
    usecases.find_check(desk.begin, asked.draft_name, later)
    assert desk.complete(asked, later + timedelta(minutes=29))


def test_the_check_page_of_a_link_that_died_meanwhile_says_so(desk: Desk) -> None:
    registration = desk.registered().registration
    asked = desk.ready_to_complete(registration, registration.expires_at - SECOND)
    with pytest.raises(LinkExpired):
        usecases.find_check(desk.begin, asked.draft_name, registration.expires_at)


def test_the_check_page_of_a_link_used_elsewhere_meanwhile_says_so(desk: Desk) -> None:
    registration = desk.registered().registration
    asked = desk.ready_to_complete(registration)
    desk.complete(desk.ready_to_complete(registration))
    with pytest.raises(LinkUsed):
        usecases.find_check(desk.begin, asked.draft_name, NOW)


def test_going_back_to_the_check_page_after_completing_says_that_the_link_was_used(desk: Desk) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    desk.complete(asked)
    with pytest.raises(LinkUsed):
        usecases.find_check(desk.begin, asked.draft_name, NOW)


def test_a_store_out_of_reach_is_not_a_dead_link(desk: Desk, store: FakeStore) -> None:
    registration = desk.registered().registration
    asked = desk.ready_to_complete(registration)
    store.is_down = True
    with pytest.raises(StoreUnavailable):
        usecases.open_registration(desk.begin, registration.registration_id, NOW)
    with pytest.raises(StoreUnavailable):
        desk.complete(asked)


def test_quitting_forgets_what_was_typed_and_leaves_the_link(desk: Desk, store: FakeStore) -> None:
    registration = desk.registered().registration
    asked = desk.ready_to_complete(registration)
    usecases.forget(desk.begin, asked.draft_name)
    assert asked.draft_name not in store.rows.drafts
    assert usecases.open_registration(desk.begin, registration.registration_id, NOW) == registration


@pytest.mark.parametrize("name", [None, "", "no such draft"])
def test_quitting_without_a_draft_does_nothing(desk: Desk, store: FakeStore, name: str | None) -> None:
    usecases.forget(desk.begin, name)
    assert not store.rows.drafts

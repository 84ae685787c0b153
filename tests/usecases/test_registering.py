"""仮登録: one registration, one letter, and nothing told to strangers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.capabilities.registration import usecases
from chalicelib.capabilities.registration.usecases import Mailing
from chalicelib.domain.drafts import DRAFT_LIFETIME, Asked
from chalicelib.domain.letters import LetterName
from chalicelib.domain.refusals import DraftGone, SubmissionStale
from chalicelib.ports import StoreUnavailable
from tests.builders import ADDRESS, NOW, a_corporate_entry, a_corporation, an_individual
from tests.fakes.store import FakeStore, nobody
from tests.steps import Desk

SECOND = timedelta(seconds=1)


def test_registering_stores_who_and_until_when(desk: Desk) -> None:
    registration = desk.registered().registration
    assert registration.holder == an_individual()
    assert registration.management_email == ADDRESS
    assert registration.registered_at == NOW
    assert registration.expires_at == NOW + timedelta(hours=24)
    assert registration.language == "ja"


def test_a_corporation_registers(desk: Desk) -> None:
    assert desk.registered(NOW, **a_corporate_entry()).registration.holder == a_corporation()


def test_one_letter_with_the_link_is_posted(desk: Desk, store: FakeStore) -> None:
    registration = desk.registered().registration
    (kept,) = store.rows.letters.values()
    assert kept.letter.letter_id == registration.letter_id
    assert kept.letter.name is LetterName.REGISTRATION_LINK
    assert (kept.letter.to, kept.letter.language, kept.letter.about) == (ADDRESS, "ja", registration.registration_id)


def test_a_letter_holds_no_word_that_anybody_typed_and_no_link(desk: Desk, store: FakeStore) -> None:
    registration = desk.registered(family_name="今すぐ", given_name="https://example.com/").registration
    (kept,) = store.rows.letters.values()
    assert dict(kept.letter.facts) == {
        "registration_id": registration.registration_id,
        "registered_at": "2019-09-24T00:55:50+00:00",
        "expires_at": "2019-09-25T00:55:50+00:00",
    }


def test_the_letter_speaks_the_language_of_the_page(desk: Desk, store: FakeStore) -> None:
    desk.register(replace(desk.ready_to_register(), language="en"))
    (kept,) = store.rows.letters.values()
    assert kept.letter.language == "en"


def test_registering_and_posting_are_one_command(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    before = store.commands
    assert desk.register(asked) is Mailing.POSTED
    assert store.commands == before + 1


def test_the_same_form_sent_twice_registers_once(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    desk.register(asked)
    before = store.snapshot()
    assert desk.register(asked, NOW + SECOND) is Mailing.REPEATED
    assert store.snapshot() == before
    assert len(store.rows.registrations) == len(store.rows.letters) == 1


def test_the_same_form_sent_twice_at_once_registers_once(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    store.rivals.append(lambda: desk.register(asked))
    assert desk.register(asked) is Mailing.REPEATED
    assert len(store.rows.registrations) == len(store.rows.letters) == 1
    assert desk.sent(asked.draft_name) in store.rows.registrations.values()


@pytest.mark.parametrize("reads", [0, 1])
def test_a_click_that_comes_between_two_reads_registers_once(desk: Desk, store: FakeStore, reads: int) -> None:
    asked = desk.ready_to_register()
    store.rivals_at_reads = [*nobody(reads), lambda: desk.register(asked)]
    assert desk.register(asked) is Mailing.REPEATED
    assert len(store.rows.registrations) == len(store.rows.letters) == 1


def test_a_retry_after_a_lost_answer_registers_once(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.register(asked)
    assert desk.register(asked) is Mailing.REPEATED
    assert len(store.rows.registrations) == len(store.rows.letters) == 1


def test_a_store_out_of_reach_loses_nothing_that_was_typed(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    store.is_down = True
    with pytest.raises(StoreUnavailable):
        desk.register(asked)
    store.is_down = False
    assert desk.register(asked) is Mailing.POSTED


@pytest.mark.parametrize("submission_id", ["", "submission of another tab"])
def test_only_the_newest_check_page_registers(desk: Desk, store: FakeStore, submission_id: str) -> None:
    asked = desk.ready_to_register()
    with pytest.raises(SubmissionStale):
        desk.register(replace(asked, submission_id=submission_id))
    assert not store.rows.registrations


def test_a_form_changed_in_another_tab_is_to_be_checked_again(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    newer = desk.type_in(asked.draft_name, family_name="見本山")
    with pytest.raises(SubmissionStale):
        desk.register(asked)
    desk.register(newer)
    (registration,) = store.rows.registrations.values()
    assert registration.holder == an_individual(family_name="見本山")


def test_a_form_changed_in_another_tab_at_the_last_moment_is_to_be_checked_again(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    store.rivals.append(lambda: desk.type_in(asked.draft_name, family_name="見本山"))
    with pytest.raises(SubmissionStale):
        desk.register(asked)
    assert not store.rows.registrations
    assert not store.rows.letters


def test_a_draft_that_never_was_registers_nothing(desk: Desk, store: FakeStore) -> None:
    with pytest.raises(DraftGone):
        desk.register(Asked("no such draft", "submission-1", "ja"))
    assert not store.rows.registrations


def test_the_page_after_registering_outlives_the_link_by_a_week_to_say_that_it_died(desk: Desk) -> None:
    sent = desk.registered()
    gone_at = sent.registration.expires_at + timedelta(days=7)
    assert desk.sent(sent.draft_name, gone_at - SECOND) == sent.registration
    with pytest.raises(DraftGone):
        desk.sent(sent.draft_name, gone_at)


def test_there_is_no_such_page_before_registering(desk: Desk) -> None:
    with pytest.raises(DraftGone):
        desk.sent(desk.ready_to_register().draft_name)


def test_there_is_no_such_page_once_the_registration_was_swept(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    store.rows.registrations.clear()
    with pytest.raises(DraftGone):
        desk.sent(sent.draft_name)


def test_going_back_to_an_earlier_page_does_not_shorten_the_life_of_the_page_after_registering(desk: Desk) -> None:
    sent = desk.registered()
    desk.resumed(sent.draft_name)
    assert desk.sent(sent.draft_name, NOW + DRAFT_LIFETIME) == sent.registration


def test_quitting_after_registering_leaves_the_link_alive(desk: Desk) -> None:
    sent = desk.registered()
    usecases.quit_registration(desk.begin, sent.draft_name)
    with pytest.raises(DraftGone):
        desk.sent(sent.draft_name)
    assert desk.complete(desk.ready_to_complete(sent.registration))

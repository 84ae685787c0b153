"""仮登録: one registration, one letter, and nothing told to strangers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.capabilities.registration import usecases
from chalicelib.capabilities.registration.usecases import Asked, Mailing
from chalicelib.domain.accounts import ACCOUNTS_PER_ADDRESS, MAILS_PER_ADDRESS_AND_HOUR
from chalicelib.domain.drafts import DRAFT_LIFETIME
from chalicelib.domain.letters import LetterName
from chalicelib.domain.refusals import DraftGone, SubmissionStale
from chalicelib.domain.registrations import Registration
from chalicelib.ports import StoreUnavailable
from tests.builders import ADDRESS, NOW, a_corporate_entry, a_corporation, an_individual
from tests.fakes.store import FakeStore
from tests.steps import Desk, Sent

SECOND = timedelta(seconds=1)
CORPORATE = {name: value for name, value in a_corporate_entry().items() if "email" not in name}


def fill(store: FakeStore, address: str = ADDRESS) -> None:
    store.rows.accounts_of[address] = ACCOUNTS_PER_ADDRESS


def use_up_hour(desk: Desk, mails: int = MAILS_PER_ADDRESS_AND_HOUR) -> None:
    for _ in range(mails):
        with desk.begin() as work:
            work.addresses.count_mail(ADDRESS, NOW)


def shown(desk: Desk, sent: Sent) -> Registration:
    """What the page after registering can show, without what is random."""
    return replace(desk.sent(sent.draft_name), registration_id="", letter_id="")


def test_registering_stores_who_and_until_when(desk: Desk) -> None:
    registration = desk.registered().registration
    assert registration.holder == an_individual()
    assert registration.management_email == ADDRESS
    assert registration.registered_at == NOW
    assert registration.expires_at == NOW + timedelta(hours=24)
    assert registration.language == "ja"


def test_a_corporation_registers(desk: Desk) -> None:
    assert desk.registered(**CORPORATE).registration.holder == a_corporation()


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
    assert desk.register(asked, NOW + SECOND) is Mailing.POSTED
    assert store.snapshot() == before
    assert len(store.rows.registrations) == len(store.rows.letters) == 1


def test_the_same_form_sent_twice_at_once_registers_once(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    store.rivals.append(lambda: desk.register(asked))
    assert desk.register(asked) is Mailing.POSTED
    assert len(store.rows.registrations) == len(store.rows.letters) == 1
    assert desk.sent(asked.draft_name) in store.rows.registrations.values()


@pytest.mark.parametrize("reads", [0, 1])
def test_a_click_that_comes_between_two_reads_registers_once(desk: Desk, store: FakeStore, reads: int) -> None:
    asked = desk.ready_to_register()
    store.rivals_at_reads = [lambda: None] * reads + [lambda: desk.register(asked)]
    assert desk.register(asked) is Mailing.POSTED
    assert len(store.rows.registrations) == len(store.rows.letters) == 1


def test_a_retry_after_a_lost_answer_registers_once(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.register(asked)
    assert desk.register(asked) is Mailing.POSTED
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


def test_a_form_changed_in_another_tab_at_the_last_moment_is_to_be_checked_again(
    desk: Desk, store: FakeStore
) -> None:
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


def test_the_page_after_registering_is_there_as_long_as_the_link(desk: Desk) -> None:
    sent = desk.registered()
    assert desk.sent(sent.draft_name, sent.registration.expires_at - SECOND) == sent.registration
    with pytest.raises(DraftGone):
        desk.sent(sent.draft_name, sent.registration.expires_at)


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


def test_twenty_mails_an_hour_and_the_next_is_dropped_without_a_word(desk: Desk, store: FakeStore) -> None:
    sent = [desk.registered() for _ in range(MAILS_PER_ADDRESS_AND_HOUR)]
    last = desk.ready_to_register()
    assert desk.register(last) is Mailing.DROPPED
    assert len(store.rows.letters) == 20
    dropped = Sent(last.draft_name, desk.sent(last.draft_name))
    assert shown(desk, dropped) == shown(desk, sent[0])


def test_the_limit_is_of_the_address_however_it_is_spelled(desk: Desk) -> None:
    use_up_hour(desk)
    assert desk.register(desk.ready_to_register(email="TARO@Example.jp")) is Mailing.DROPPED
    assert desk.register(desk.ready_to_register(email="jiro@example.jp")) is Mailing.POSTED


def test_the_limit_ends_with_the_hour(desk: Desk) -> None:
    use_up_hour(desk)
    moment = NOW.replace(hour=1, minute=0, second=0)
    assert desk.register(desk.ready_to_register(moment), moment) is Mailing.POSTED


def test_a_mail_that_takes_the_last_place_at_the_same_moment_is_dropped_without_a_word(
    desk: Desk, store: FakeStore
) -> None:
    asked = desk.ready_to_register()
    use_up_hour(desk, MAILS_PER_ADDRESS_AND_HOUR - 1)
    store.rivals.append(lambda: use_up_hour(desk, 1))
    assert desk.register(asked) is Mailing.DROPPED
    assert not store.rows.letters
    assert desk.sent(asked.draft_name).management_email == ADDRESS


def test_two_clicks_on_the_last_place_of_the_hour_are_one_registration(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    use_up_hour(desk, MAILS_PER_ADDRESS_AND_HOUR - 1)
    store.rivals += [lambda: use_up_hour(desk, 1), lambda: desk.register(asked)]
    desk.register(asked)
    assert len(store.rows.registrations) == 1
    assert not store.rows.letters


def test_a_dropped_registration_can_be_mailed_in_the_next_hour(desk: Desk, store: FakeStore) -> None:
    use_up_hour(desk)
    sent = desk.registered()
    assert desk.resend(sent, timedelta(minutes=10)) is Mailing.POSTED
    assert desk.sent(sent.draft_name).letter_id in store.rows.letters


def test_a_full_address_is_told_by_mail_instead_of_the_link(desk: Desk, store: FakeStore) -> None:
    fill(store)
    assert desk.register(desk.ready_to_register()) is Mailing.POSTED
    (kept,) = store.rows.letters.values()
    assert kept.letter.name is LetterName.ADDRESS_FULL


def test_a_full_address_is_full_however_it_is_spelled(desk: Desk, store: FakeStore) -> None:
    fill(store)
    desk.register(desk.ready_to_register(email='"TARO"@Example.jp'))
    (kept,) = store.rows.letters.values()
    assert kept.letter.name is LetterName.ADDRESS_FULL


def test_the_hundredth_account_still_gets_its_link(desk: Desk, store: FakeStore) -> None:
    store.rows.accounts_of[ADDRESS] = ACCOUNTS_PER_ADDRESS - 1
    assert desk.registered().registration.letter_name is LetterName.REGISTRATION_LINK


def test_the_person_sees_the_same_whether_the_address_is_full_or_not(desk: Desk, store: FakeStore) -> None:
    fill(store, "jiro@example.jp")
    full, free = desk.registered(email="jiro@example.jp"), desk.registered()
    hidden = {"management_email": "", "letter_name": LetterName.REGISTRATION_LINK}
    assert replace(shown(desk, full), **hidden) == replace(shown(desk, free), **hidden)


def test_the_mail_about_a_full_address_counts_towards_the_hour(desk: Desk, store: FakeStore) -> None:
    fill(store)
    for _ in range(MAILS_PER_ADDRESS_AND_HOUR):
        desk.registered()
    assert desk.register(desk.ready_to_register()) is Mailing.DROPPED
    assert len(store.rows.letters) == MAILS_PER_ADDRESS_AND_HOUR


def test_quitting_after_registering_leaves_the_link_alive(desk: Desk) -> None:
    sent = desk.registered()
    usecases.quit_registration(desk.begin, sent.draft_name)
    with pytest.raises(DraftGone):
        desk.sent(sent.draft_name)
    assert desk.complete(desk.ready_to_complete(sent.registration))

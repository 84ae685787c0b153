"""「メールを再送する」."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.capabilities.registration.usecases import Mailing, resend_letter
from chalicelib.domain.address_loads import ACCOUNTS_PER_ADDRESS, MAILS_PER_ADDRESS_AND_HOUR
from chalicelib.domain.letters import Delivery, LetterName
from chalicelib.domain.refusals import DraftGone, LinkExpired, LinkUsed, ResendTooSoon
from chalicelib.ports import StoreUnavailable
from tests.builders import ADDRESS, NOW
from tests.fakes.store import FakeStore, nobody
from tests.steps import Desk

MINUTE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)


def use_up_hour(store: FakeStore) -> None:
    store.rows.mails_of["taro@example.jp 2019-09-24 00"] = MAILS_PER_ADDRESS_AND_HOUR


@pytest.mark.parametrize(("after", "seconds"), [(timedelta(0), 60), (SECOND, 59), (MINUTE - SECOND, 1)])
def test_within_a_minute_it_is_too_soon(desk: Desk, store: FakeStore, after: timedelta, seconds: int) -> None:
    sent = desk.registered()
    before = store.snapshot()
    with pytest.raises(ResendTooSoon) as refused:
        desk.resend(sent, after)
    assert refused.value.seconds == seconds
    assert store.snapshot() == before


def test_after_exactly_a_minute_the_same_registration_is_mailed_again(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    assert desk.resend(sent, MINUTE) is Mailing.POSTED
    first, second = (kept.letter for kept in store.rows.letters.values())
    assert second.facts == first.facts
    assert (second.to, second.about, second.name) == (first.to, first.about, first.name)
    assert second.letter_id != first.letter_id
    assert second.posted_at == NOW + MINUTE


def test_the_registration_itself_stays_as_it_is(desk: Desk) -> None:
    sent = desk.registered()
    desk.resend(sent, MINUTE)
    after = desk.sent(sent.draft_name)
    assert after.expires_at == sent.registration.expires_at
    assert replace(after, letter_id="", mailed_at=NOW) == replace(sent.registration, letter_id="")


def test_the_minute_begins_anew_with_each_letter(desk: Desk) -> None:
    sent = desk.registered()
    desk.resend(sent, MINUTE)
    with pytest.raises(ResendTooSoon):
        desk.resend(sent, 2 * MINUTE - SECOND)
    assert desk.resend(sent, 2 * MINUTE) is Mailing.POSTED


def test_bad_news_of_the_first_letter_is_not_shown_for_the_second(desk: Desk) -> None:
    sent = desk.registered()
    with desk.begin() as work:
        work.registrations.note_delivery(
            sent.registration.registration_id, sent.registration.letter_id, Delivery.BOUNCED
        )
    desk.resend(sent, MINUTE)
    assert desk.sent(sent.draft_name).delivery is Delivery.WAITING


def test_two_clicks_at_once_post_one_letter(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    store.rivals.append(lambda: desk.resend(sent, MINUTE))
    with pytest.raises(ResendTooSoon):
        desk.resend(sent, MINUTE)
    assert len(store.rows.letters) == 2


@pytest.mark.parametrize("reads", [0, 1])
def test_a_click_that_comes_between_two_reads_posts_nothing_more(desk: Desk, store: FakeStore, reads: int) -> None:
    sent = desk.registered()
    store.rivals_at_reads = [*nobody(reads), lambda: desk.resend(sent, MINUTE)]
    with pytest.raises(ResendTooSoon):
        desk.resend(sent, MINUTE)
    assert len(store.rows.letters) == 2


def test_a_retry_after_a_lost_answer_posts_one_letter(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.resend(sent, MINUTE)
    with pytest.raises(ResendTooSoon):
        desk.resend(sent, MINUTE)
    assert len(store.rows.letters) == 2


def test_beyond_the_hours_allowance_the_letter_is_dropped_without_a_word(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    use_up_hour(store)
    assert desk.resend(sent, MINUTE) is Mailing.DROPPED
    assert len(store.rows.letters) == 1
    assert desk.sent(sent.draft_name).mailed_at == NOW + MINUTE


def test_a_dropped_letter_has_its_minute_too(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    use_up_hour(store)
    desk.resend(sent, MINUTE)
    with pytest.raises(ResendTooSoon):
        desk.resend(sent, MINUTE + SECOND)


def test_two_clicks_at_once_beyond_the_hours_allowance_are_told_to_wait(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    use_up_hour(store)
    store.rivals += [lambda: None, lambda: desk.resend(sent, MINUTE)]
    with pytest.raises(ResendTooSoon):
        desk.resend(sent, MINUTE)
    assert len(store.rows.letters) == 1


def test_resends_count_towards_the_hour(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered(now=NOW.replace(minute=0, second=0))
    outcomes = [desk.resend(sent, MINUTE * number) for number in range(1, MAILS_PER_ADDRESS_AND_HOUR + 1)]
    assert outcomes == [Mailing.POSTED] * 19 + [Mailing.DROPPED]
    assert len(store.rows.letters) == MAILS_PER_ADDRESS_AND_HOUR


def test_a_full_address_is_told_so_again(desk: Desk, store: FakeStore) -> None:
    store.rows.accounts_of[ADDRESS] = ACCOUNTS_PER_ADDRESS
    desk.resend(desk.registered(), MINUTE)
    assert [kept.letter.name for kept in store.rows.letters.values()] == [LetterName.ADDRESS_FULL] * 2


def test_a_completed_registration_is_not_mailed_again(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    desk.complete(desk.ready_to_complete(sent.registration))
    before = store.snapshot()
    with pytest.raises(LinkUsed):
        desk.resend(sent, MINUTE)
    assert store.snapshot() == before


def test_a_registration_completed_at_the_same_moment_is_not_mailed_again(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    asked = desk.ready_to_complete(sent.registration)
    store.rivals.append(lambda: desk.complete(asked))
    with pytest.raises(LinkUsed):
        desk.resend(sent, MINUTE)
    assert [kept.letter.name for kept in store.rows.letters.values()] == [
        LetterName.REGISTRATION_LINK,
        LetterName.REGISTRATION_COMPLETED,
    ]


def test_a_link_that_died_is_not_mailed_again(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    before = store.snapshot()
    with pytest.raises(LinkExpired):
        desk.resend(sent, timedelta(hours=24))
    with pytest.raises(LinkExpired):
        resend_letter(desk.begin, desk.chance, sent.registration, sent.registration.expires_at)
    assert store.snapshot() == before


def test_a_registration_swept_at_the_same_moment_is_not_mailed_again(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    store.rivals.append(store.rows.registrations.clear)
    with pytest.raises(LinkExpired):
        desk.resend(sent, MINUTE)
    assert len(store.rows.letters) == 1


def test_a_letter_is_mailed_again_a_second_before_the_link_dies(desk: Desk) -> None:
    sent = desk.registered()
    assert desk.resend(sent, timedelta(hours=24) - SECOND) is Mailing.POSTED


def test_a_browser_that_registered_nothing_resends_nothing(desk: Desk, store: FakeStore) -> None:
    sent = replace(desk.registered(), draft_name=desk.ready_to_register().draft_name)
    with pytest.raises(DraftGone):
        desk.resend(sent, MINUTE)
    assert len(store.rows.letters) == 1

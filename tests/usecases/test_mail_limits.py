"""仮登録 by too many: dropped or told by mail, never on the screen."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.capabilities.registration.usecases import Mailing
from chalicelib.domain.address_loads import ACCOUNTS_PER_ADDRESS, MAILS_PER_ADDRESS_AND_HOUR
from chalicelib.domain.letters import LetterName
from chalicelib.domain.registrations import Registration
from tests.builders import ADDRESS, NOW
from tests.fakes.store import FakeStore
from tests.steps import Desk, Sent


def fill(store: FakeStore, address: str = ADDRESS) -> None:
    store.rows.accounts_of[address] = ACCOUNTS_PER_ADDRESS


def use_up_hour(desk: Desk, mails: int = MAILS_PER_ADDRESS_AND_HOUR) -> None:
    for _ in range(mails):
        with desk.begin() as work:
            work.addresses.count_mail(ADDRESS, NOW)


def shown(desk: Desk, sent: Sent) -> Registration:
    """What the page after registering can show, without what is random."""
    return replace(desk.sent(sent.draft_name), registration_id="", letter_id="")


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
    pages = [
        replace(shown(desk, sent), management_email="", letter_name=LetterName.REGISTRATION_LINK)
        for sent in (full, free)
    ]
    assert pages[0] == pages[1]


def test_the_mail_about_a_full_address_counts_towards_the_hour(desk: Desk, store: FakeStore) -> None:
    fill(store)
    for _ in range(MAILS_PER_ADDRESS_AND_HOUR):
        desk.registered()
    assert desk.register(desk.ready_to_register()) is Mailing.DROPPED
    assert len(store.rows.letters) == MAILS_PER_ADDRESS_AND_HOUR

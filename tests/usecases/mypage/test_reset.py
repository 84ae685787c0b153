"""「パスワード初期化」 by a mailed link."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.address_loads import MAILS_PER_ADDRESS_AND_HOUR, RESETS_PER_ADDRESS_AND_HOUR
from chalicelib.domain.letters import LetterName, LetterState
from chalicelib.domain.links import ResetLink
from chalicelib.domain.refusals import ResetLinkDead, ResetLinkExpired
from chalicelib.ports import StoreUnavailable
from tests.builders import ADDRESS, NEW_ADDRESS, NOW
from tests.fakes.hashing import quick_hash
from tests.fakes.store import FakeStore
from tests.usecases.mypage.outbox import Outbox
from tests.usecases.mypage.steps import NEW_PASSWORD, NOBODYS, OWN, SECOND, MyPageDesk

HALF_HOUR = timedelta(minutes=30)
ELSEWHERE = "jiro@example.jp"


@pytest.fixture
def link(desk: MyPageDesk, posted: Outbox) -> ResetLink:
    """What was mailed to the account's address, now."""
    desk.open_account()
    desk.ask_for_reset()
    (link,) = posted.reset_links()
    return link


def test_the_link_is_mailed_to_the_management_address(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account(notification_email=NEW_ADDRESS, language="en")
    assert desk.ask_for_reset() is LetterState.WAITING
    assert posted.names == [(LetterName.PASSWORD_RESET_LINK, ADDRESS)]
    assert posted.letters[0].facts["payer_id"] == "KNCA6288"
    assert posted.letters[0].language == "ja"
    assert desk.mails_to(ADDRESS) == 0


@pytest.mark.parametrize("spelling", ["TARO@Example.JP", "ｔａｒｏ@ｅｘａｍｐｌｅ．ｊｐ", '"taro"@example.jp'])
def test_the_address_is_compared_without_case_and_width_and_mailed_as_it_is_stored(
    desk: MyPageDesk, posted: Outbox, spelling: str
) -> None:
    desk.open_account()
    desk.ask_for_reset(spelling)
    assert posted.names == [(LetterName.PASSWORD_RESET_LINK, ADDRESS)]


@pytest.mark.parametrize(("address", "id_suffix"), [(ELSEWHERE, OWN), (ADDRESS, NOBODYS), (NEW_ADDRESS, OWN)])
def test_without_a_pair_a_letter_to_nobody_is_stored_and_nothing_said(
    desk: MyPageDesk, store: FakeStore, address: str, id_suffix: str
) -> None:
    desk.open_account(notification_email=NEW_ADDRESS)
    assert desk.ask_for_reset(address, id_suffix) is LetterState.WITHHELD
    (kept,) = store.rows.letters.values()
    assert (kept.letter.to, dict(kept.letter.facts)) == ("", {})
    assert kept.next_try_at is None
    assert desk.mails_to(address) == 0


def test_twenty_links_an_hour_and_the_next_is_dropped_without_a_word(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    states = [desk.ask_for_reset() for _ in range(RESETS_PER_ADDRESS_AND_HOUR + 1)]
    assert states == [LetterState.WAITING] * 20 + [None]
    assert len(store.rows.letters) == 20
    assert desk.ask_for_reset(now=NOW.replace(hour=1, minute=0, second=0)) is LetterState.WAITING


def test_strangers_are_counted_alike(desk: MyPageDesk) -> None:
    states = [desk.ask_for_reset(ELSEWHERE, NOBODYS) for _ in range(RESETS_PER_ADDRESS_AND_HOUR + 1)]
    assert states == [LetterState.WITHHELD] * 20 + [None]


def test_neither_strangers_nor_other_mails_use_up_the_way_back(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    for _ in range(21):
        desk.ask_for_reset(ADDRESS, NOBODYS)
    for _ in range(MAILS_PER_ADDRESS_AND_HOUR):
        desk.count_mail(ADDRESS)
    assert desk.ask_for_reset() is LetterState.WAITING
    assert len(posted.reset_links()) == 1


def test_links_asked_for_use_up_no_other_mails(desk: MyPageDesk) -> None:
    desk.open_account()
    desk.ask_for_reset()
    desk.ask_for_reset(ADDRESS, NOBODYS)
    assert desk.mails_to(ADDRESS) == 0


def test_the_link_sets_a_password_and_tells(desk: MyPageDesk, posted: Outbox, link: ResetLink) -> None:
    session = desk.signed_in()
    before = desk.account()
    assert desk.reset(link)
    assert desk.account() == replace(before, payer_password_hash=quick_hash(NEW_PASSWORD), epoch=before.epoch + 1)
    assert not desk.is_alive(session)
    assert posted.only(LetterName.PASSWORD_CHANGED).to == ADDRESS


def test_the_link_unlocks(desk: MyPageDesk, link: ResetLink) -> None:
    desk.lock()
    assert desk.reset(link)
    assert desk.sign_in(NEW_PASSWORD)


def test_a_locked_id_still_gets_its_link(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    desk.lock()
    desk.ask_for_reset()
    assert len(posted.reset_links()) == 1


def test_asking_alone_unlocks_nothing(desk: MyPageDesk, link: ResetLink) -> None:
    desk.lock()
    desk.ask_for_reset()
    assert desk.sign_in() is None


def test_the_link_works_once(desk: MyPageDesk, link: ResetLink) -> None:
    assert desk.reset(link)
    with pytest.raises(ResetLinkDead):
        desk.reset(link, "form-2")


def test_the_same_form_behind_the_link_gets_the_same_answer(
    desk: MyPageDesk, store: FakeStore, link: ResetLink
) -> None:
    assert desk.reset(link)
    before = store.snapshot()
    assert desk.reset(link)
    assert desk.reset(link, now=NOW + HALF_HOUR)
    assert store.snapshot() == before


def test_after_a_lost_answer_the_same_form_gets_the_answer(desk: MyPageDesk, store: FakeStore, link: ResetLink) -> None:
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.reset(link)
    assert desk.reset(link)
    assert desk.account().epoch == 2


def test_the_link_lives_thirty_minutes_to_the_second(desk: MyPageDesk, link: ResetLink) -> None:
    with pytest.raises(ResetLinkExpired):
        desk.reset(link, now=NOW + HALF_HOUR)
    assert desk.reset(link, now=NOW + HALF_HOUR - SECOND)


def test_every_link_that_is_out_works_until_one_is_used(desk: MyPageDesk, posted: Outbox, link: ResetLink) -> None:
    desk.ask_for_reset(now=NOW + SECOND)
    _, newer = posted.reset_links()
    assert desk.reset(link)
    with pytest.raises(ResetLinkDead):
        desk.reset(newer, "form-2")


def test_the_link_dies_with_any_change_of_the_password(desk: MyPageDesk, link: ResetLink) -> None:
    assert desk.change_password()
    with pytest.raises(ResetLinkDead):
        desk.reset(link, "form-2")


def test_the_link_dies_with_the_management_address(desk: MyPageDesk, posted: Outbox, link: ResetLink) -> None:
    desk.edit(management_email=NEW_ADDRESS)
    (confirmation,) = posted.address_links()
    assert desk.confirm(confirmation)
    with pytest.raises(ResetLinkDead):
        desk.reset(link)


def test_the_link_outlives_new_names_a_new_filer_password_and_a_new_second_address(
    desk: MyPageDesk, posted: Outbox, link: ResetLink
) -> None:
    desk.edit(given_name="次郎", notification_email=NEW_ADDRESS)
    (confirmation,) = posted.address_links()
    assert desk.confirm(confirmation)
    assert desk.change_filer_password(submission_id="form-2")
    assert desk.reset(link)


def test_a_link_of_an_account_that_is_not_there_is_dead(desk: MyPageDesk, link: ResetLink) -> None:
    with pytest.raises(ResetLinkDead):
        desk.reset(replace(link, id_suffix=NOBODYS))


def test_a_link_sets_the_password_of_its_own_account_alone(desk: MyPageDesk, link: ResetLink) -> None:
    desk.open_account(id_suffix="CA0001", management_email=ELSEWHERE)
    with pytest.raises(ResetLinkDead):
        desk.reset(replace(link, id_suffix="CA0001"))
    assert desk.reset(link)
    assert desk.account("CA0001").epoch == 1


def test_a_password_changed_behind_the_open_form_is_not_overwritten(
    desk: MyPageDesk, store: FakeStore, link: ResetLink
) -> None:
    account = desk.account()
    store.rivals = [lambda: desk.set_password(account, "form-2", new="nine slow boats in the fog")]
    assert not desk.reset(link)
    assert desk.account().payer_password_hash == quick_hash("nine slow boats in the fog")

"""「パスワード変更」 and 「一括利用者パスワード初期化」."""

from dataclasses import replace

import pytest

from chalicelib.domain.accounts import AddressRole
from chalicelib.domain.letters import LetterName
from chalicelib.domain.refusals import AddressLinkDead
from chalicelib.domain.sessions import Session
from chalicelib.domain.sign_ins import SignInResult
from chalicelib.ports import StoreUnavailable
from tests.builders import ADDRESS, NEW_ADDRESS, NOW, PAYER_PASSWORD
from tests.fakes.hashing import OLD, quick_hash
from tests.fakes.store import FakeStore, nobody
from tests.usecases.mypage.outbox import Outbox
from tests.usecases.mypage.steps import LIFETIME, NEW_PASSWORD, WRONG, MyPageDesk, a_visit

OTHER_PASSWORD = "nine slow boats in the fog"


def is_set(desk: MyPageDesk, password: str) -> bool:
    return desk.account().payer_password_hash == quick_hash(password)


def test_the_current_password_lets_set_a_new_one(desk: MyPageDesk) -> None:
    before = desk.open_account(password_set_at=NOW - LIFETIME)
    assert desk.change_password()
    assert desk.account() == replace(
        before, payer_password_hash=quick_hash(NEW_PASSWORD), password_set_at=NOW, epoch=before.epoch + 1
    )
    assert desk.sign_in(PAYER_PASSWORD) is None
    assert desk.sign_in(NEW_PASSWORD)


def test_a_wrong_current_password_changes_nothing(desk: MyPageDesk, store: FakeStore) -> None:
    before = desk.open_account()
    assert not desk.change_password(WRONG)
    assert desk.account() == before
    assert not store.rows.letters
    assert [one.result for one in desk.history()] == [SignInResult.WRONG_PASSWORD]


def test_the_change_shares_its_count_with_the_sign_in(desk: MyPageDesk) -> None:
    desk.open_account()
    desk.guess(3)
    for number in range(2):
        assert not desk.change_password(WRONG, f"form-{number}")
    assert desk.sign_in() is None
    assert not desk.change_password(submission_id="form-3")


def test_an_id_that_is_nobodys_changes_nothing(desk: MyPageDesk, store: FakeStore) -> None:
    assert not desk.change_password()
    assert not store.rows.accounts
    assert not store.rows.submissions


def test_all_sessions_end(desk: MyPageDesk) -> None:
    desk.open_account()
    sessions = [desk.signed_in(a_visit(browser=f"browser-{number}")) for number in range(3)]
    assert desk.change_password()
    assert not any(desk.is_alive(session) for session in sessions)


def test_no_other_accounts_sessions_end(desk: MyPageDesk) -> None:
    desk.open_account()
    desk.open_account(id_suffix="CA0001")
    session = desk.sign_in(id_suffix="CA0001")
    assert isinstance(session, Session)
    assert desk.change_password()
    assert desk.is_alive(session)


def test_the_management_address_is_told(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account(language="en", notification_email=NEW_ADDRESS)
    assert desk.change_password()
    letter = posted.only(LetterName.PASSWORD_CHANGED)
    assert (letter.to, letter.language) == (ADDRESS, "en")
    assert letter.facts == {
        "which": "payer",
        "payer_id": "KNCA6288",
        "filer_id": "KICA6288",
        "changed_at": "2019-09-24T00:55:50+00:00",
    }
    assert desk.mails_to(ADDRESS) == 1


def test_the_count_begins_anew(desk: MyPageDesk) -> None:
    desk.open_account()
    desk.guess(4)
    assert desk.change_password()
    desk.guess(4)
    assert desk.sign_in(NEW_PASSWORD)


def test_addresses_that_wait_die(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    desk.edit(management_email=NEW_ADDRESS, notification_email=NEW_ADDRESS)
    assert set(desk.account().pending) == set(AddressRole)
    assert desk.change_password()
    assert not desk.account().pending
    for link in posted.address_links():
        with pytest.raises(AddressLinkDead):
            desk.confirm(link)


def test_the_same_form_sent_again_gets_the_same_answer(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    assert desk.change_password()
    before = store.snapshot()
    assert desk.change_password()
    assert store.snapshot() == before


def test_the_same_form_of_another_account_is_no_repetition(desk: MyPageDesk) -> None:
    other = desk.open_account(id_suffix="CA0001", payer_password_hash=quick_hash(OTHER_PASSWORD))
    assert desk.set_password(other, "form-1")
    desk.open_account()
    assert not desk.change_password(WRONG, "form-1")


def test_after_a_lost_answer_the_same_form_gets_the_answer(desk: MyPageDesk, store: FakeStore) -> None:
    account = desk.open_account()
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.set_password(account)
    assert desk.change_password()
    assert len(store.rows.letters) == 1
    assert desk.account().epoch == account.epoch + 1


def test_two_clicks_at_once_are_one_change(desk: MyPageDesk, store: FakeStore) -> None:
    account = desk.open_account()
    store.rivals = [*nobody(1), lambda: desk.set_password(account)]
    assert desk.change_password()
    assert len(store.rows.letters) == 1
    assert desk.account().epoch == account.epoch + 1


@pytest.mark.parametrize("scheme", ["$quick$", OLD])
def test_of_two_changes_at_once_one_wins_and_the_other_is_told(desk: MyPageDesk, store: FakeStore, scheme: str) -> None:
    account = desk.open_account(payer_password_hash=quick_hash(PAYER_PASSWORD, scheme))
    store.rivals = [*nobody(1), lambda: desk.set_password(account, "form-2", new=OTHER_PASSWORD)]
    assert not desk.change_password()
    assert is_set(desk, OTHER_PASSWORD)
    assert len(store.rows.letters) == 1


def test_a_new_filer_password_asks_for_the_payer_password(desk: MyPageDesk) -> None:
    before = desk.open_account()
    assert not desk.change_filer_password(WRONG)
    assert desk.account() == before
    assert desk.change_filer_password()
    assert desk.account() == replace(before, filer_password_hash=quick_hash(NEW_PASSWORD))


def test_a_new_filer_password_shares_the_count_and_clears_it(desk: MyPageDesk) -> None:
    desk.open_account()
    desk.guess(3)
    assert not desk.change_filer_password(WRONG)
    assert desk.change_filer_password()
    desk.guess(4)
    assert desk.sign_in()
    desk.lock()
    assert not desk.change_filer_password(submission_id="form-2")


def test_a_new_filer_password_ends_no_session_and_no_link(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    session = desk.signed_in()
    desk.edit(management_email=NEW_ADDRESS)
    desk.ask_for_reset()
    assert desk.change_filer_password()
    assert desk.is_alive(session)
    (link,) = posted.address_links()
    assert desk.confirm(link)


def test_a_new_filer_password_is_told(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    assert desk.change_filer_password()
    letter = posted.only(LetterName.PASSWORD_CHANGED)
    assert (letter.to, letter.facts["which"]) == (ADDRESS, "filer")


def test_a_new_filer_password_sent_twice_is_set_once(desk: MyPageDesk, store: FakeStore) -> None:
    account = desk.open_account()
    store.rivals = [*nobody(1), desk.change_filer_password]
    assert desk.change_filer_password()
    assert desk.change_filer_password()
    assert len(store.rows.letters) == 1
    assert desk.account().epoch == account.epoch


def test_a_payer_password_changed_meanwhile_keeps_the_filer_password(desk: MyPageDesk, store: FakeStore) -> None:
    account = desk.open_account()
    store.rivals = [*nobody(1), lambda: desk.set_password(account, "form-2")]
    assert not desk.change_filer_password()
    assert desk.account().filer_password_hash == account.filer_password_hash

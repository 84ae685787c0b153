"""「ログイン」."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.capabilities.mypage.usecases import PasswordExpired, sign_in_history, sign_out
from chalicelib.domain.sessions import Session
from chalicelib.domain.sign_ins import SignInResult
from chalicelib.ports import StoreUnavailable
from tests.builders import NOW, PAYER_PASSWORD
from tests.fakes.hashing import OLD, quick_hash
from tests.fakes.outside import FakeHasher
from tests.fakes.store import FakeStore, nobody
from tests.usecases.mypage.steps import (
    HERE,
    LIFETIME,
    NEW_PASSWORD,
    NOBODYS,
    OWN,
    SECOND,
    WRONG,
    MyPageDesk,
    a_visit,
)


def results(desk: MyPageDesk, id_suffix: str = OWN) -> list[SignInResult]:
    return [one.result for one in desk.history(id_suffix)]


def test_the_right_password_opens_a_session_of_the_account(desk: MyPageDesk, store: FakeStore) -> None:
    account = desk.open_account(epoch=4)
    session = desk.signed_in()
    assert session == Session(session.name, OWN, account.epoch, NOW)
    assert store.rows.sessions == {session.name: session}
    assert desk.is_alive(session)


def test_every_session_has_a_name_of_its_own(desk: MyPageDesk) -> None:
    desk.open_account()
    assert len({desk.signed_in().name for _ in range(3)}) == 3


@pytest.mark.parametrize("wrong", [0, 1, 4])
def test_the_right_password_clears_the_count(desk: MyPageDesk, wrong: int) -> None:
    desk.open_account()
    for _ in range(2):
        desk.guess(wrong)
        assert desk.sign_in()


def test_five_wrong_passwords_lock_the_id_for_the_right_one_too(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    desk.lock()
    assert desk.sign_in() is None
    assert not store.rows.sessions
    assert not store.rows.letters


def test_a_lock_does_not_end_by_itself(desk: MyPageDesk) -> None:
    desk.open_account()
    desk.lock()
    assert desk.sign_in(visit=a_visit(now=NOW + timedelta(days=59))) is None


def test_a_lock_is_of_one_id_and_ends_no_session(desk: MyPageDesk) -> None:
    desk.open_account()
    desk.open_account(id_suffix="CA0001")
    session = desk.signed_in()
    desk.lock()
    assert desk.sign_in(id_suffix="CA0001")
    assert desk.is_alive(session)


def test_an_id_that_does_not_exist_is_locked_alike(desk: MyPageDesk, store: FakeStore) -> None:
    desk.lock(NOBODYS)
    desk.guess(1, NOBODYS, NOW + SECOND)
    assert results(desk, NOBODYS) == [SignInResult.LOCKED] + [SignInResult.WRONG_PASSWORD] * 5
    desk.open_account(id_suffix=NOBODYS)
    assert desk.sign_in(id_suffix=NOBODYS) is None
    assert not store.rows.sessions


def test_a_password_is_the_payers_never_the_filers(desk: MyPageDesk) -> None:
    desk.open_account(filer_password_hash=quick_hash(NEW_PASSWORD))
    assert desk.sign_in(NEW_PASSWORD) is None


def test_a_try_is_counted_before_the_password_is_looked_at(desk: MyPageDesk, store: FakeStore) -> None:
    counted = []

    class Watched(FakeHasher):
        def is_hash_of(self, password_hash: str, password: str) -> bool:
            counted.append(sum(store.rows.attempts.values()))
            return super().is_hash_of(password_hash, password)

    desk.open_account()
    replace(desk, hasher=Watched()).guess(6)
    assert counted == [1, 2, 3, 4, 5, 5]


def test_the_history_tells_how_each_try_ended_and_from_where(desk: MyPageDesk) -> None:
    account = desk.open_account()
    desk.signed_in()
    for seconds in range(1, 8):
        desk.guess(1, now=NOW + seconds * SECOND)
    locked, wrong = [SignInResult.LOCKED], [SignInResult.WRONG_PASSWORD] * 5
    assert results(desk) == [*locked, *wrong, SignInResult.SIGNED_IN]
    page = sign_in_history(desk.begin, account, 3, NOW, None)
    assert [one.at for one in page.sign_ins] == [NOW + seconds * SECOND for seconds in (5, 4, 3)]
    assert {one.origin for one in page.sign_ins} == {HERE}
    assert len(sign_in_history(desk.begin, account, 10, NOW, page.after).sign_ins) == 4


def test_tries_from_before_the_account_existed_are_nobodys_business(desk: MyPageDesk) -> None:
    desk.guess(1, OWN, NOW - SECOND)
    account = desk.open_account()
    session = desk.signed_in()
    assert session.recent == ()
    assert [one.result for one in sign_in_history(desk.begin, account, 10, NOW, None).sign_ins] == [
        SignInResult.SIGNED_IN
    ]


def test_a_session_knows_the_tries_before_it(desk: MyPageDesk) -> None:
    desk.open_account()
    desk.signed_in()
    desk.guess(2)
    assert [one.result for one in desk.signed_in().recent] == [
        SignInResult.WRONG_PASSWORD,
        SignInResult.WRONG_PASSWORD,
        SignInResult.SIGNED_IN,
    ]
    assert len(desk.signed_in().recent) == 4
    desk.guess(4)
    assert len(desk.signed_in().recent) == 5


def test_the_second_before_sixty_days_a_password_still_opens(desk: MyPageDesk) -> None:
    desk.open_account(password_set_at=NOW - LIFETIME + SECOND)
    assert isinstance(desk.sign_in(), Session)


def test_after_exactly_sixty_days_the_right_password_only_leads_to_its_change(
    desk: MyPageDesk, store: FakeStore
) -> None:
    desk.open_account(password_set_at=NOW - LIFETIME)
    desk.guess(4)
    assert desk.sign_in() == PasswordExpired("KNCA6288")
    assert not store.rows.sessions
    assert not store.rows.letters
    assert results(desk)[0] is SignInResult.PASSWORD_EXPIRED
    desk.guess(4)
    assert desk.sign_in() == PasswordExpired("KNCA6288")


def test_that_a_password_expired_is_never_said_to_who_does_not_know_it(desk: MyPageDesk) -> None:
    desk.open_account(password_set_at=NOW - LIFETIME)
    desk.lock()
    assert desk.sign_in() is None


def test_a_hash_of_former_parameters_is_renewed_at_the_sign_in(desk: MyPageDesk) -> None:
    before = desk.open_account(payer_password_hash=quick_hash(PAYER_PASSWORD, OLD))
    session = desk.signed_in()
    assert desk.account() == replace(before, payer_password_hash=quick_hash(PAYER_PASSWORD))
    assert desk.is_alive(session)
    desk.signed_in()
    assert desk.hasher.hashed == 1


def test_a_wrong_password_renews_nothing(desk: MyPageDesk) -> None:
    before = desk.open_account(payer_password_hash=quick_hash(PAYER_PASSWORD, OLD))
    desk.guess(1)
    assert desk.account() == before
    assert desk.hasher.hashed == 0


def test_the_earlier_session_of_the_browser_ends(desk: MyPageDesk) -> None:
    desk.open_account()
    first, elsewhere = desk.signed_in(), desk.signed_in(a_visit(browser="browser-2"))
    second = desk.signed_in(a_visit(session_name=first.name))
    assert [desk.is_alive(one) for one in (first, elsewhere, second)] == [False, True, True]


def test_a_refused_sign_in_ends_no_session(desk: MyPageDesk) -> None:
    desk.open_account()
    session = desk.signed_in()
    assert desk.sign_in(WRONG, a_visit(session_name=session.name)) is None
    assert desk.is_alive(session)


def test_signing_out_ends_one_session(desk: MyPageDesk) -> None:
    desk.open_account()
    here, elsewhere = desk.signed_in(), desk.signed_in(a_visit(browser="browser-2"))
    for _ in range(2):
        sign_out(desk.begin, here.name)
    assert [desk.is_alive(one) for one in (here, elsewhere)] == [False, True]


@pytest.mark.parametrize("scheme", ["$quick$", OLD])
def test_a_password_changed_between_the_look_and_the_command_opens_nothing(
    desk: MyPageDesk, store: FakeStore, scheme: str
) -> None:
    before = desk.open_account(payer_password_hash=quick_hash(PAYER_PASSWORD, scheme))
    store.rivals = [*nobody(1), lambda: desk.set_password(before)]
    session = desk.sign_in()
    assert not (isinstance(session, Session) and desk.is_alive(session))
    assert desk.account().payer_password_hash == quick_hash(NEW_PASSWORD)


def test_a_lost_answer_leaves_the_sign_in_repeatable(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    desk.guess(3)
    store.rivals = [*nobody(1), lambda: setattr(store, "lost_answers", 1)]
    with pytest.raises(StoreUnavailable):
        desk.sign_in()
    desk.guess(4)
    assert desk.sign_in()

"""My Page's passwords by many at once: five guesses, one change."""

from collections.abc import Callable
from functools import partial

import pytest

from chalicelib.capabilities.mypage.usecases import Credentials, judge
from chalicelib.domain.letters import LetterName
from chalicelib.domain.links import ResetLink, address_mark
from chalicelib.domain.refusals import ResetLinkDead
from chalicelib.domain.sessions import Session
from chalicelib.domain.sign_ins import SignInResult
from chalicelib.ports import Begin
from chalicelib.storage.attempts import AttemptRow
from chalicelib.storage.letters import LetterRow
from tests.builders import ADDRESS, NOW, PAYER_PASSWORD
from tests.fakes.hashing import quick_hash
from tests.fakes.outside import FakeChance
from tests.races.conftest import at_once
from tests.usecases.mypage.steps import NOBODYS, OWN, WRONG, MyPageDesk, a_visit

CROWD = 20


@pytest.fixture
def desk(begin: Begin) -> MyPageDesk:
    """Somebody with an account."""
    desk = MyPageDesk(begin, FakeChance())
    desk.open_account()
    return desk


def letters(name: LetterName) -> int:
    return sum(row.name == name for row in LetterRow.scan())


def tries() -> list[int]:
    return [int(row.tries) for row in AttemptRow.scan()]


def test_of_many_right_guesses_side_by_side_no_more_than_five_are_told_so(desk: MyPageDesk) -> None:
    account = desk.account()
    credentials = Credentials(OWN, PAYER_PASSWORD)

    def is_told() -> bool:
        return judge(desk.begin, desk.hasher, credentials, a_visit(), lambda _: account) is not None

    outcomes = at_once([is_told] * CROWD)
    assert outcomes.count(True) == 5
    assert tries() == [5]


@pytest.mark.parametrize("id_suffix", [OWN, NOBODYS])
def test_many_wrong_guesses_side_by_side_lock_after_five(desk: MyPageDesk, id_suffix: str) -> None:
    assert at_once([partial(desk.sign_in, WRONG, id_suffix=id_suffix)] * CROWD) == [None] * CROWD
    assert tries() == [5]
    results = [one.result for one in desk.history(id_suffix)]
    assert results.count(SignInResult.WRONG_PASSWORD) == 5
    assert desk.sign_in(id_suffix=id_suffix) is None


def test_every_door_shares_the_count_at_the_same_moment(desk: MyPageDesk) -> None:
    doors: list[Callable[[], object]] = [
        partial(desk.sign_in, WRONG),
        partial(desk.change_password, WRONG, "form-1"),
        partial(desk.change_filer_password, WRONG, "form-2"),
    ]
    at_once(doors * 5)
    assert tries() == [5]
    assert desk.sign_in() is None


def test_signing_in_on_five_devices_at_once_opens_five_sessions(desk: MyPageDesk) -> None:
    visits = [a_visit(browser=f"browser-{number}") for number in range(5)]
    sessions = at_once([partial(desk.sign_in, visit=visit) for visit in visits])
    assert all(isinstance(one, Session) and desk.is_alive(one) for one in sessions)
    assert letters(LetterName.NEW_BROWSER) == 5
    assert tries() == []


def test_of_many_changes_at_once_exactly_one_wins(desk: MyPageDesk) -> None:
    account = desk.account()
    acts = [partial(desk.set_password, account, f"form-{number}", new=f"password {number}") for number in range(8)]
    outcomes = at_once(acts)
    assert outcomes.count(True) == 1
    after = desk.account()
    assert after.payer_password_hash == quick_hash(f"password {outcomes.index(True)}")
    assert after.epoch == account.epoch + 1
    assert letters(LetterName.PASSWORD_CHANGED) == 1


def test_many_clicks_on_one_change_are_one_change_and_all_are_told_so(desk: MyPageDesk) -> None:
    account = desk.account()
    assert at_once([partial(desk.set_password, account)] * 8) == [True] * 8
    assert desk.account().epoch == account.epoch + 1
    assert letters(LetterName.PASSWORD_CHANGED) == 1


def test_a_link_opened_in_many_tabs_at_once_sets_one_password(desk: MyPageDesk) -> None:
    link = ResetLink(OWN, 1, address_mark(ADDRESS), NOW)
    outcomes = at_once([partial(desk.reset, link, f"form-{number}") for number in range(8)])
    assert outcomes.count(True) == 1
    assert outcomes.count(False) + outcomes.count(ResetLinkDead) == 7
    assert desk.account().epoch == 2
    assert letters(LetterName.PASSWORD_CHANGED) == 1


def test_a_session_opened_while_the_password_changes_is_no_session_afterwards(desk: MyPageDesk) -> None:
    account = desk.account()
    sign_ins = [partial(desk.sign_in, visit=a_visit(browser=f"browser-{number}")) for number in range(4)]
    outcomes = at_once([*sign_ins, partial(desk.set_password, account)])
    assert outcomes[-1] is True
    assert not any(desk.is_alive(one) for one in outcomes if isinstance(one, Session))
    assert at_once(sign_ins) == [None] * 4


def test_thirty_who_ask_for_a_link_at_once_are_sent_twenty(desk: MyPageDesk) -> None:
    at_once([desk.ask_for_reset] * 30)
    assert letters(LetterName.PASSWORD_RESET_LINK) == 20

"""What a try costs: somebody outside can measure that, so it must not tell what the answer does not."""

from collections.abc import Callable, Iterator

import pytest

from chalicelib.capabilities.mypage.usecases import Credentials
from chalicelib.capabilities.mypage.usecases_passwords import open_with_password
from tests.builders import ADDRESS, PAYER_PASSWORD
from tests.fakes.outside import FakeChance, FakeHasher
from tests.tables import begin_on_tables, empty_tables, tables
from tests.usecases.costs import Cost, cost_of
from tests.usecases.mypage.steps import NOBODYS, OWN, WRONG, MyPageDesk, a_visit


@pytest.fixture(scope="module")
def moto_tables() -> Iterator[None]:
    """Tables for one module."""
    with tables():
        yield


@pytest.fixture
def desk(moto_tables: None) -> MyPageDesk:
    """Somebody with an account, in front of the real storage."""
    empty_tables()
    desk = MyPageDesk(begin_on_tables(), FakeChance(), FakeHasher())
    desk.open_account()
    return desk


def cost(desk: MyPageDesk, act: Callable[[], object]) -> Cost:
    return cost_of(desk.hasher, act)


def change(desk: MyPageDesk, password: str, id_suffix: str) -> None:
    credentials = Credentials(id_suffix, password)
    assert open_with_password(desk.begin, desk.hasher, credentials, "form-1", a_visit()).account is None


def test_unknown_wrong_and_locked_cost_the_same_at_the_sign_in(desk: MyPageDesk) -> None:
    wrong = cost(desk, lambda: desk.sign_in(WRONG))
    unknown = cost(desk, lambda: desk.sign_in(id_suffix=NOBODYS))
    desk.guess(4)
    desk.guess(4, NOBODYS)
    locked = cost(desk, lambda: desk.sign_in(WRONG))
    locked_and_right = cost(desk, lambda: desk.sign_in(PAYER_PASSWORD))
    locked_nobody = cost(desk, lambda: desk.sign_in(id_suffix=NOBODYS))
    assert wrong == unknown == locked == locked_and_right == locked_nobody
    assert wrong[:2] == (3, 1)


def test_unknown_wrong_and_locked_cost_the_same_at_the_password_change(desk: MyPageDesk) -> None:
    wrong = cost(desk, lambda: change(desk, WRONG, OWN))
    unknown = cost(desk, lambda: change(desk, WRONG, NOBODYS))
    desk.guess(4)
    locked = cost(desk, lambda: change(desk, WRONG, OWN))
    locked_and_right = cost(desk, lambda: change(desk, PAYER_PASSWORD, OWN))
    assert wrong == unknown == locked == locked_and_right
    assert wrong[1] == 1


@pytest.mark.parametrize("password", ["", "x", "x" * 128, PAYER_PASSWORD.upper()])
def test_no_wrong_password_is_cheaper_than_another(desk: MyPageDesk, password: str) -> None:
    assert cost(desk, lambda: desk.sign_in(password)) == cost(desk, lambda: desk.sign_in(WRONG))


def test_signing_in_is_four_calls_and_one_comparison(desk: MyPageDesk) -> None:
    desk.sign_in()
    assert cost(desk, desk.sign_in)[:2] == (4, 1)


def test_asking_for_a_reset_costs_the_same_for_everybody(desk: MyPageDesk) -> None:
    known = cost(desk, desk.ask_for_reset)
    unknown = cost(desk, lambda: desk.ask_for_reset(id_suffix=NOBODYS))
    other_address = cost(desk, lambda: desk.ask_for_reset("jiro@example.jp"))
    desk.guess(5)
    locked = cost(desk, desk.ask_for_reset)
    assert known == unknown == other_address == locked
    assert known[:2] == (2, 0)


def test_beyond_the_hours_allowance_everybody_is_refused_at_the_same_cost(desk: MyPageDesk) -> None:
    for _ in range(20):
        desk.ask_for_reset()
    known = cost(desk, desk.ask_for_reset)
    unknown = cost(desk, lambda: desk.ask_for_reset(ADDRESS, NOBODYS))
    assert known == unknown

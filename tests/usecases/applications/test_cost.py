"""What a try costs at the doors to applications: it must not tell what the answer does not."""

from collections.abc import Callable, Iterator

import pytest

from chalicelib.domain.application_refusals import CredentialsWrong
from chalicelib.domain.application_states import State
from chalicelib.domain.refusals import MailLimitSpent
from tests.application_builders import APPLICATION_PASSWORD
from tests.builders import FILER_PASSWORD, NOW
from tests.fakes.outside import FakeChance
from tests.tables import begin_on_tables, empty_tables, tables
from tests.usecases.applications.steps import (
    DAY,
    FILER,
    NOBODYS,
    OTHER_FILER,
    OWN,
    WRONG,
    ApplicationDesk,
    paying,
)
from tests.usecases.costs import Cost, cost_of

ADDRESSLESS = "19092409555010012"
CODE, WRONG_CODE = "12345678", "00000000"


@pytest.fixture(scope="module")
def moto_tables() -> Iterator[None]:
    """Tables for one module."""
    with tables():
        yield


@pytest.fixture
def desk(moto_tables: None, chance: FakeChance) -> ApplicationDesk:
    """An application with an address and one without, in front of the real storage."""
    empty_tables()
    desk = ApplicationDesk(begin_on_tables(), chance)
    desk.has()
    desk.has(application_number=ADDRESSLESS, notification_email=None)
    return desk


def cost(desk: ApplicationDesk, act: Callable[[], object]) -> Cost:
    return cost_of(desk.hasher, act)


def token(desk: ApplicationDesk, password: str, id_suffix: str = FILER) -> None:
    with pytest.raises(CredentialsWrong):
        desk.ask_token(password, id_suffix)


def spent(desk: ApplicationDesk, number: str) -> None:
    with pytest.raises(MailLimitSpent):
        desk.ask_passcode(number)


def test_unknown_wrong_and_locked_cost_the_same_at_the_status_door(desk: ApplicationDesk) -> None:
    wrong = cost(desk, lambda: desk.enter(WRONG))
    unknown = cost(desk, lambda: desk.enter(number=NOBODYS))
    desk.guess(4)
    desk.guess(4, NOBODYS)
    locked = cost(desk, lambda: desk.enter(WRONG))
    locked_and_right = cost(desk, lambda: desk.enter(APPLICATION_PASSWORD))
    locked_nobody = cost(desk, lambda: desk.enter(number=NOBODYS))
    assert wrong == unknown == locked == locked_and_right == locked_nobody
    assert wrong[:2] == (2, 1)


def test_unknown_wrong_and_locked_cost_the_same_where_software_asks_for_a_token(desk: ApplicationDesk) -> None:
    desk.open_account()
    wrong = cost(desk, lambda: token(desk, WRONG))
    unknown = cost(desk, lambda: token(desk, FILER_PASSWORD, OTHER_FILER))
    for _ in range(4):
        token(desk, WRONG)
        token(desk, WRONG, OTHER_FILER)
    locked = cost(desk, lambda: token(desk, WRONG))
    locked_and_right = cost(desk, lambda: token(desk, FILER_PASSWORD))
    locked_nobody = cost(desk, lambda: token(desk, WRONG, OTHER_FILER))
    assert wrong == unknown == locked == locked_and_right == locked_nobody
    assert wrong[:2] == (2, 1)


@pytest.mark.parametrize("password", ["", "x", "x" * 128, APPLICATION_PASSWORD.upper()])
def test_no_wrong_password_is_cheaper_than_another(desk: ApplicationDesk, password: str) -> None:
    assert cost(desk, lambda: desk.enter(password)) == cost(desk, lambda: desk.enter(WRONG))


def test_being_let_in_is_three_calls_and_one_comparison(desk: ApplicationDesk) -> None:
    desk.open_account()
    assert cost(desk, desk.enter)[:2] == cost(desk, desk.ask_token)[:2] == (3, 1)


def test_asking_for_a_passcode_costs_the_same_for_everybody(desk: ApplicationDesk) -> None:
    known = cost(desk, desk.ask_passcode)
    unknown = cost(desk, lambda: desk.ask_passcode(NOBODYS))
    addressless = cost(desk, lambda: desk.ask_passcode(ADDRESSLESS))
    desk.guess(5)
    locked = cost(desk, desk.ask_passcode)
    assert known == unknown == addressless == locked
    assert known[:2] == (2, 0)


def test_beyond_the_hours_allowance_everybody_is_refused_at_the_same_cost(desk: ApplicationDesk) -> None:
    for _ in range(5):
        desk.ask_passcode()
        desk.ask_passcode(NOBODYS)
    known = cost(desk, lambda: spent(desk, OWN))
    unknown = cost(desk, lambda: spent(desk, NOBODYS))
    assert known == unknown
    assert known[0] == 1


def test_every_passcode_that_opens_nothing_costs_the_same(desk: ApplicationDesk, chance: FakeChance) -> None:
    chance.digits += [CODE, CODE]
    desk.ask_passcode()
    desk.ask_passcode(NOBODYS)
    wrong = cost(desk, lambda: desk.enter_by_passcode(WRONG_CODE))
    unknown = cost(desk, lambda: desk.enter_by_passcode(CODE, NOBODYS))
    never_asked = cost(desk, lambda: desk.enter_by_passcode(CODE, ADDRESSLESS))
    for _ in range(4):
        desk.enter_by_passcode(WRONG_CODE)
    locked = cost(desk, lambda: desk.enter_by_passcode(WRONG_CODE))
    locked_and_right = cost(desk, lambda: desk.enter_by_passcode(CODE))
    assert wrong == unknown == never_asked == locked == locked_and_right
    assert wrong[:2] == (2, 0)


def test_a_passcode_that_opens_is_three_calls(desk: ApplicationDesk, chance: FakeChance) -> None:
    chance.digits.append(CODE)
    desk.ask_passcode()
    assert cost(desk, lambda: desk.enter_by_passcode(CODE))[:2] == (3, 0)


def test_an_event_is_one_look_and_one_transaction(desk: ApplicationDesk) -> None:
    assert cost(desk, lambda: desk.tell(paying()))[0] == 2
    assert desk.stored().state is State.WEIGHT_TAX_DUE


def test_filing_is_one_transaction(desk: ApplicationDesk) -> None:
    assert cost(desk, desk.file)[:2] == (1, 0)


def test_an_expiry_run_asks_four_shards_and_two_calls_for_each(desk: ApplicationDesk) -> None:
    assert cost(desk, lambda: desk.run_expiry(NOW))[0] == 4
    assert cost(desk, lambda: desk.run_expiry(NOW + 90 * DAY))[0] == 4 + 2 * 2

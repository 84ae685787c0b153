"""What issuing a code and a try at the counter cost: it must not tell what the answer does not."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from chalicelib.capabilities.counter.usecases_scan import AT_ONCE
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_states import State
from chalicelib.domain.code_refusals import CodeNotShown
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import RECEIVER_PURPOSES, Purpose
from tests.application_builders import a_record
from tests.builders import NOW
from tests.code_builders import OFFICER_PASSWORD
from tests.fakes.outside import FakeChance
from tests.tables import begin_on_tables, empty_tables, tables
from tests.usecases.applications.steps import LATER, WRONG
from tests.usecases.codes.steps import (
    EXAMINER,
    OTHER_BROWSER,
    OTHER_PASSWORD,
    CounterDesk,
    one_time_password,
)
from tests.usecases.costs import Cost, cost_of

UNKNOWN, INACTIVE = "MIHON999", "MIHON004"


@pytest.fixture(scope="module")
def moto_tables() -> Iterator[None]:
    """Tables for one module."""
    with tables():
        yield


@pytest.fixture
def desk(moto_tables: None, chance: FakeChance) -> CounterDesk:
    """A receiver, and officers, in front of the real storage."""
    empty_tables()
    desk = CounterDesk(begin_on_tables(), chance)
    desk.enrol()
    desk.employ(EXAMINER, replace(EXAMINER, officer_id=INACTIVE, is_active=False))
    return desk


def cost(desk: CounterDesk, act: Callable[[], object]) -> Cost:
    return cost_of(desk.hasher, act)


def unshown(desk: CounterDesk, key: str, browser: str) -> None:
    with pytest.raises(CodeNotShown):
        desk.show(key, browser)


@pytest.mark.parametrize("purpose", RECEIVER_PURPOSES)
def test_a_code_costs_the_same_whether_its_receiver_exists_and_its_password_is_right(
    desk: CounterDesk, purpose: Purpose
) -> None:
    known = cost(desk, lambda: desk.issue(purpose, submission_id="1"))
    wrong = cost(desk, lambda: desk.issue(purpose, password=OTHER_PASSWORD, submission_id="2"))
    unknown = cost(desk, lambda: desk.issue(purpose, receiver_name="別の受取", submission_id="3"))
    assert known == wrong == unknown
    assert known[:2] == (1, 0)


def test_looking_at_a_code_costs_the_same_whether_it_exists(desk: CounterDesk) -> None:
    key = desk.issue()
    others = cost(desk, lambda: unshown(desk, key, OTHER_BROWSER))
    unknown = cost(desk, lambda: unshown(desk, "0000000000000000", OTHER_BROWSER))
    assert cost(desk, lambda: desk.show(key)) == others == unknown
    assert others[:2] == (1, 0)


def test_unknown_inactive_wrong_and_locked_cost_the_same_at_the_counters_door(desk: CounterDesk) -> None:
    wrong = cost(desk, lambda: desk.sign_in(password=WRONG))
    wrong_code = cost(desk, lambda: desk.sign_in(code="000000"))
    unknown = cost(desk, lambda: desk.sign_in(UNKNOWN))
    inactive = cost(desk, lambda: desk.sign_in(INACTIVE))
    desk.guess_officer(3)
    desk.guess_officer(4, UNKNOWN)
    locked = cost(desk, lambda: desk.sign_in(password=WRONG))
    locked_and_right = cost(desk, desk.sign_in)
    locked_nobody = cost(desk, lambda: desk.sign_in(UNKNOWN))
    assert wrong == wrong_code == unknown == inactive == locked == locked_and_right == locked_nobody
    assert wrong[:2] == (2, 1)


def test_a_one_time_password_that_was_used_costs_what_a_wrong_one_costs(desk: CounterDesk) -> None:
    desk.sign_in()
    assert cost(desk, desk.sign_in) == cost(desk, lambda: desk.sign_in(code="000000"))


@pytest.mark.parametrize("password", ["", "x", "x" * 128, OFFICER_PASSWORD.upper()])
def test_no_wrong_password_is_cheaper_than_another(desk: CounterDesk, password: str) -> None:
    assert cost(desk, lambda: desk.sign_in(password=password)) == cost(desk, lambda: desk.sign_in(password=WRONG))


def test_being_let_in_is_three_calls_and_one_comparison(desk: CounterDesk) -> None:
    assert cost(desk, desk.sign_in)[:2] == (3, 1)
    assert cost(desk, lambda: desk.sign_in(code=one_time_password(8)))[:2] == (3, 1)


def test_a_scan_is_at_most_four_reads_and_its_note(desk: CounterDesk) -> None:
    key, enrolment = desk.issue(), desk.issue(Purpose.ENROLMENT)
    nothing = cost(desk, lambda: desk.scan(key))
    desk.has_ready()
    assert [cost(desk, lambda: desk.scan(key))[0], nothing[0]] == [5, 4]
    assert cost(desk, lambda: desk.scan(enrolment))[0] == 3
    assert cost(desk, lambda: desk.scan("0000000000000000"))[0] == 2
    single = desk.issue_single()
    assert cost(desk, lambda: desk.scan(single))[0] == 3


def test_a_single_vehicles_code_is_one_look_and_one_transaction_and_then_one_look(desk: CounterDesk) -> None:
    desk.has_ready()
    assert [cost(desk, desk.issue_single)[0] for _ in range(2)] == [2, 1]


def test_an_approval_is_two_reads_and_one_transaction(desk: CounterDesk) -> None:
    key = desk.issue(Purpose.PASSWORD_CHANGE, password=OTHER_PASSWORD)
    assert cost(desk, lambda: desk.approve(key))[0] == 3


def test_as_many_as_are_shown_at_once_fit_into_one_transaction_whoever_is_written_to(desk: CounterDesk) -> None:
    numbers = [application_number(NOW, Procedure.CONTINUATION, f"{at:03d}") for at in range(AT_ONCE)]
    for number in numbers:
        address = f"sample{number}@example.jp"
        desk.has(State.READY_TO_RETURN, application_number=number, record=a_record(), notification_email=address)
    key = desk.issue(now=LATER)
    reads, _, calls = cost(desk, lambda: desk.hand_over(key, *numbers))
    assert reads == 4 + AT_ONCE + 1
    assert len(calls[-1]) == 4 * AT_ONCE + 3

"""Wrong secrets in a row: what every store promises."""

from threading import Barrier, Thread

import pytest

from chalicelib.domain.attempts import WRONG_IN_A_ROW, Door
from chalicelib.domain.refusals import AttemptsSpent
from chalicelib.ports import Begin, Work
from tests.builders import ADDRESS, NOW, an_account
from tests.fakes.store import FakeStore

KNOWN, UNKNOWN = "CA6288", "ZZ9999"


@pytest.fixture(autouse=True)
def an_account_of_one_of_them(begin: Begin) -> None:
    with begin() as work:
        work.accounts.add(an_account(id_suffix=KNOWN))


def reserve(begin: Begin, subject: str = KNOWN, times: int = 1) -> None:
    for _ in range(times):
        with begin() as work:
            work.attempts.reserve(Door.PAYER, subject)


def forget(begin: Begin, subject: str = KNOWN) -> None:
    with begin() as work:
        work.attempts.forget(Door.PAYER, subject)


@pytest.mark.parametrize("subject", [KNOWN, UNKNOWN])
def test_the_fifth_try_is_taken_and_the_sixth_is_not(begin: Begin, subject: str) -> None:
    reserve(begin, subject, times=5)
    for _ in range(2):
        with pytest.raises(AttemptsSpent):
            reserve(begin, subject)


def test_each_counts_alone(begin: Begin) -> None:
    reserve(begin, times=WRONG_IN_A_ROW)
    reserve(begin, UNKNOWN, times=WRONG_IN_A_ROW)
    with pytest.raises(AttemptsSpent):
        reserve(begin)


@pytest.mark.parametrize("before", [0, 1, WRONG_IN_A_ROW])
def test_what_is_forgotten_is_counted_anew(begin: Begin, before: int) -> None:
    reserve(begin, times=before)
    forget(begin)
    reserve(begin, times=WRONG_IN_A_ROW)
    with pytest.raises(AttemptsSpent):
        reserve(begin)


def test_forgetting_one_forgets_no_other(begin: Begin) -> None:
    reserve(begin, times=WRONG_IN_A_ROW)
    forget(begin, UNKNOWN)
    with pytest.raises(AttemptsSpent):
        reserve(begin)


def test_a_refused_try_stores_nothing_else(begin: Begin) -> None:
    reserve(begin, times=WRONG_IN_A_ROW)

    def guess_and_count(work: Work) -> None:
        work.addresses.count_account(ADDRESS)
        work.attempts.reserve(Door.PAYER, KNOWN)

    with pytest.raises(AttemptsSpent), begin() as work:
        guess_and_count(work)
    with begin() as work:
        assert work.addresses.load(ADDRESS, NOW).accounts == 0


def test_no_more_than_five_of_many_at_once_pass_the_fake() -> None:
    begin, start, taken = FakeStore().begin, Barrier(20), list[int]()

    def guess() -> None:
        start.wait()
        try:
            reserve(begin)
        except AttemptsSpent:
            return
        taken.append(1)

    threads = [Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == WRONG_IN_A_ROW

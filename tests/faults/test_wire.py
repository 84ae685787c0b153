"""The harness itself: it behaves like DynamoDB where moto does not, and a fault is what it says."""

import pytest
from pynamodb.connection.base import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.ports import StoreUnavailable
from chalicelib.storage.addresses import AddressRow
from chalicelib.storage.connection import connection
from chalicelib.storage.tables import TABLES
from tests.builders import a_letter
from tests.faults.kinds import FAULTS, Fault, KilledProcess, Lasting
from tests.faults.stage import Stage
from tests.faults.wire import Plan


def _fault(name: str, lasting: Lasting = Lasting.ATTEMPT) -> Fault:
    return next(fault for fault in FAULTS if (fault.name, fault.lasting) == (name, lasting))


def _count(by: int, token: str, over: Connection = connection) -> None:
    with TransactWrite(connection=over, client_request_token=token) as sent:
        sent.update(AddressRow("address"), actions=[AddressRow.used.add(by)])


def _post(stage: Stage) -> None:
    with stage.begin() as work:
        work.letters.post(a_letter())


def test_a_transaction_that_comes_twice_with_its_token_counts_once(stage: Stage) -> None:
    _count(1, "token")
    _count(1, "token")
    _count(1, "another token")
    assert [row["used"] for row in stage.rows.address_limits] == [2]


def test_a_token_may_not_come_with_something_else(stage: Stage) -> None:
    _count(1, "token")
    with pytest.raises(TransactWriteError) as refusal:
        _count(2, "token")
    assert refusal.value.cause_response_code == "IdempotentParameterMismatchException"
    assert [row["used"] for row in stage.rows.address_limits] == [1]


def test_what_is_not_sent_changes_nothing(stage: Stage) -> None:
    with pytest.raises(StoreUnavailable), stage.wire.watching(Plan(1, _fault("not sent", Lasting.CALL))):
        _post(stage)
    assert not stage.rows.letters
    assert stage.wire.attempts == 3


def test_what_loses_its_answer_has_its_effect(stage: Stage) -> None:
    with pytest.raises(StoreUnavailable), stage.wire.watching(Plan(1, _fault("answer lost", Lasting.CALL))):
        _post(stage)
    assert len(stage.rows.letters) == 1


def test_one_lost_answer_is_made_up_for_by_the_sdk(stage: Stage) -> None:
    with stage.wire.watching(Plan(1, _fault("answer lost"))):
        _post(stage)
    assert stage.wire.attempts == 2
    assert len(stage.rows.letters) == 1


@pytest.mark.parametrize(("name", "letters"), [("killed before", 0), ("killed after", 1)])
def test_a_process_that_is_killed_goes_no_further(stage: Stage, name: str, letters: int) -> None:
    with pytest.raises(KilledProcess), stage.wire.watching(Plan(1, _fault(name))):
        _post(stage)
    assert len(stage.rows.letters) == letters


def test_going_back_brings_everything_back(stage: Stage) -> None:
    _count(1, "token")
    start = stage.keep()
    stage.desk.registered(stage.now)
    stage.settle()
    stage.go_back(start)
    assert [len(rows) for rows in stage.rows.tables.values()].count(0) == len(TABLES) - 1
    assert stage.mailbox.taken == []
    stage.desk.registered(stage.now)
    assert len(stage.rows.letters) == 1

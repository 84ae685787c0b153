"""Reading rows of several tables in one call, and what is made of an answer that is not whole."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from chalicelib.ports import Begin, StoreUnavailable
from chalicelib.storage.accounts import AccountRow
from chalicelib.storage.connection import Row, RowKey, found_together, meter
from chalicelib.storage.debit_accounts import DebitAccountRow
from tests.builders import a_debit_account, an_account
from tests.storage.network import URL, Network

SUFFIXES = ("CA6288", "CA6289")
KEYS: list[RowKey] = [
    (AccountRow, ("CA6289",)),
    (DebitAccountRow, ("CA6288", "KKAA0001")),
    (AccountRow, ("CA6288",)),
]


@pytest.fixture(autouse=True)
def rows(stored: Begin) -> None:
    """Two accounts, one of which holds a debit account."""
    with stored() as work:
        for id_suffix in SUFFIXES:
            work.accounts.add(an_account(id_suffix=id_suffix))
    with stored() as work:
        work.debit_accounts.add("CA6288", a_debit_account(), an_account().debits_of(a_debit_account().kind))
    meter.reset()


def ids(found: Sequence[Row | None]) -> list[str | None]:
    """What is left of the rows when only their last keys are looked at."""
    return [_id(row) if row else None for row in found]


def _id(row: Row) -> str:
    if isinstance(row, DebitAccountRow):
        return row.debit_account_id
    assert isinstance(row, AccountRow)
    return row.id_suffix


def leave_unread(network: Network, *asked: dict[str, Any]) -> None:
    """Let the next calls be answered with nothing but what is still to be asked for."""
    for unread in asked:
        parsed = {
            "Responses": {},
            "UnprocessedKeys": unread,
            "ResponseMetadata": {"HTTPStatusCode": 200, "HTTPHeaders": {}},
        }
        network.answers.append((AWSResponse(URL, 200, HTTPHeaders(), None), parsed))


def asked_for(call: dict[str, Any]) -> dict[str, Any]:
    wanted: dict[str, Any] = json.loads(call["body"])["RequestItems"]
    return wanted


def test_rows_come_in_the_order_of_the_keys_whatever_the_order_of_the_answer() -> None:
    assert ids(found_together(KEYS)) == ["CA6289", "KKAA0001", "CA6288"]
    assert ids(found_together(KEYS[::-1])) == ["CA6288", "KKAA0001", "CA6289"]


@pytest.mark.parametrize("missing", [("ZZ9999", "KKAA0001"), ("CA6288", "KKAA0002")])
def test_a_row_that_is_not_there_leaves_its_place_empty(missing: tuple[str, str]) -> None:
    assert ids(found_together([*KEYS, (DebitAccountRow, missing)])) == ["CA6289", "KKAA0001", "CA6288", None]


def test_when_none_is_there_all_places_are_empty() -> None:
    assert found_together([(AccountRow, ("ZZ9999",)), (DebitAccountRow, ("ZZ9999", "KKAA0001"))]) == [None, None]


def test_all_tables_are_read_in_one_call_strongly_consistent(network: Network) -> None:
    found_together(KEYS)
    (call,) = network.calls
    assert {name: len(part["Keys"]) for name, part in asked_for(call).items()} == {
        AccountRow.Meta.table_name: 2,
        DebitAccountRow.Meta.table_name: 1,
    }
    assert all(part["ConsistentRead"] is True for part in asked_for(call).values())
    assert meter.calls == 1
    assert meter.units > 0


def test_what_was_left_unread_is_asked_for_again(network: Network) -> None:
    found_together(KEYS)
    (whole,) = map(asked_for, network.calls)
    leave_unread(network, whole)
    assert ids(found_together(KEYS)) == ["CA6289", "KKAA0001", "CA6288"]
    assert [asked_for(call) for call in network.calls[1:]] == [whole, whole]


def test_rows_of_both_answers_are_put_together(network: Network) -> None:
    found_together(KEYS)
    (whole,) = map(asked_for, network.calls)
    name = DebitAccountRow.Meta.table_name
    accounts = [AccountRow.get(id_suffix).serialize() for id_suffix in SUFFIXES]
    leave_unread(network, {name: whole[name]})
    network.answers[0][1]["Responses"] = {AccountRow.Meta.table_name: accounts}
    assert ids(found_together(KEYS)) == ["CA6289", "KKAA0001", "CA6288"]
    assert asked_for(network.calls[-1]) == {name: whole[name]}


def test_what_is_left_unread_three_times_is_store_unavailable_and_not_an_empty_place(network: Network) -> None:
    found_together(KEYS)
    (whole,) = map(asked_for, network.calls)
    leave_unread(network, whole, whole, whole)
    with pytest.raises(StoreUnavailable):
        found_together(KEYS)
    assert len(network.calls) == 4


@pytest.mark.parametrize("code", ["ThrottlingException", "AccessDeniedException", "InternalServerError"])
def test_a_refusal_is_store_unavailable(network: Network, code: str) -> None:
    network.refuse(code)
    with pytest.raises(StoreUnavailable):
        found_together(KEYS)

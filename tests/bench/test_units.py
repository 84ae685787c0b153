"""The examples that AWS gives for capacity units, counted by us."""

import base64
from dataclasses import fields

import pytest

from bench.costs import Bill, PriceList
from bench.touches import Touch, UnknownCall, touches
from bench.units import (
    Consistency,
    Index,
    Item,
    Units,
    index_write_units,
    item_size,
    read_units,
    value_size,
    write_units,
)

KB = 1024
DUE = Index("due", frozenset({"shard", "due_at"}), frozenset({"shard", "due_at", "key"}))


def an_item(size: int) -> Item:
    """An item of exactly this many bytes."""
    return {"key": {"S": "x" * (size - len("key"))}}


def a_due_item(due_at: str = "1", note: str = "") -> Item:
    return {"key": {"S": "k"}, "shard": {"S": "0"}, "due_at": {"N": due_at}, "note": {"S": note}}


def test_names_and_values_of_all_attributes_make_the_size() -> None:
    assert item_size({"shirt-color": {"S": "R"}, "shirt-size": {"S": "M"}}) == 23


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": "軽自"}, 6),
        ({"N": "27"}, 2),
        ({"N": "-27.0"}, 2),
        ({"N": "1774000000"}, 3),
        ({"N": "12345"}, 4),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"B": base64.b64encode(b"four").decode()}, 4),
        ({"B": b"four"}, 4),
        ({"L": []}, 3),
        ({"M": {}}, 3),
        ({"L": [{"S": "ab"}, {"BOOL": False}]}, 3 + 1 + 2 + 1 + 1),
        ({"M": {"a": {"S": "bc"}}}, 3 + 1 + 1 + 2),
    ],
)
def test_each_kind_of_value_has_its_size(value: dict[str, object], size: int) -> None:
    assert value_size(value) == size


@pytest.mark.parametrize(
    ("size", "consistency", "units"),
    [
        (0, Consistency.EVENTUAL, 0.5),
        (4 * KB, Consistency.EVENTUAL, 0.5),
        (8 * KB, Consistency.STRONG, 2),
        (8 * KB, Consistency.EVENTUAL, 1),
        (8 * KB, Consistency.TRANSACTION, 4),
        (4 * KB + 1, Consistency.STRONG, 2),
    ],
)
def test_reads_go_in_steps_of_four_kilobytes(size: int, consistency: Consistency, units: float) -> None:
    assert read_units(size, consistency) == units


def test_writes_go_in_steps_of_one_kilobyte() -> None:
    assert write_units(None, an_item(KB)) == 1
    assert write_units(None, an_item(2 * KB)) == 2
    assert write_units(None, an_item(2 * KB + 1)) == 3


def test_the_larger_of_the_item_before_and_after_is_paid() -> None:
    assert write_units(an_item(3 * KB), an_item(KB)) == 3
    assert write_units(an_item(3 * KB), None) == 3


def test_deleting_what_is_not_there_costs_one_unit() -> None:
    assert write_units(None, None) == 1


def test_a_transaction_costs_twice_for_each_item() -> None:
    assert write_units(None, an_item(2 * KB), in_transaction=True) == 4


def test_an_index_costs_what_changes_in_it() -> None:
    assert index_write_units(DUE, None, an_item(KB)) == 0
    assert index_write_units(DUE, None, a_due_item()) == 1
    assert index_write_units(DUE, a_due_item(), None) == 1
    assert index_write_units(DUE, a_due_item(), a_due_item(note="not in the index")) == 0


def test_a_new_key_moves_an_index_entry_which_is_two_writes() -> None:
    assert index_write_units(DUE, a_due_item("1"), a_due_item("2")) == 2


def test_a_projected_value_is_rewritten_in_place() -> None:
    index = Index("due", DUE.key, None)
    assert index_write_units(index, a_due_item(), a_due_item(note="x")) == 1


def test_every_item_of_a_transaction_is_touched() -> None:
    request = {
        "TransactItems": [
            {"Put": {"TableName": "t", "Item": {"key": {"S": "a"}, "more": {"S": "b"}}}},
            {"Update": {"TableName": "u", "Key": {"key": {"S": "c"}}}},
        ]
    }
    found = list(touches("TransactWriteItems", request, lambda _, item: {"key": item["key"]}))
    assert found == [
        Touch("t", {"key": {"S": "a"}}, in_transaction=True),
        Touch("u", {"key": {"S": "c"}}, in_transaction=True),
    ]


def test_a_call_that_nobody_priced_is_not_taken_for_free() -> None:
    with pytest.raises(UnknownCall):
        touches("Scan", {}, lambda _, item: item)


def test_units_add_up() -> None:
    assert Units(1, 0.5, 2) + Units(2, 1, 0) == Units(3, 1.5, 2)


def test_everything_on_the_bill_has_a_price_with_a_source() -> None:
    prices = PriceList().prices
    assert prices.keys() == {field.name for field in fields(Bill)}
    assert all(price["source"].startswith("https://aws.amazon.com/") for price in prices.values())


def test_a_million_of_one_unit_costs_its_price() -> None:
    prices = PriceList()
    assert prices.million(Bill(write_units=1))["write_units"] == pytest.approx(prices.prices["write_units"]["usd"])

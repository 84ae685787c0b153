"""What each call to DynamoDB costs: its request is read on the way out, the items it touches before and after."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from bench.touches import Request, Touch, UnknownCall, consistency, touches
from bench.units import Index, Item, Units, index_write_units, item_size, read_units, write_units


@dataclass(frozen=True)
class Table:
    """What of a table's description decides what a write costs."""

    key: frozenset[str]
    indexes: tuple[Index, ...]


class Ledger:
    """Prices the calls of one client; `spare` is a client of its own that looks at items and is not counted."""

    def __init__(self, spare: Any) -> None:
        self._spare = spare
        self._table = cache(self._described)
        self._asked: tuple[str, Request, Sequence[Touch], Sequence[Item | None]] = ("", {}, (), ())
        self._total: Units | None = None

    def attach(self, events: Any) -> None:
        """Listen to a client's `meta.events`."""
        events.register("before-call.dynamodb", self._before_call)
        events.register("after-call.dynamodb", self._after_call)

    @contextmanager
    def adding(self) -> Iterator["Ledger"]:
        """Price calls while this lasts; at other times nothing is looked at."""
        self._total = Units()
        try:
            yield self
        finally:
            self._total = None

    @property
    def total(self) -> Units:
        """What was consumed since `adding` began."""
        return self._total or Units()

    def _before_call(self, model: Any, params: dict[str, Any], **_: object) -> None:
        if self._total is None:
            return
        request = json.loads(params["body"])
        touched = list(touches(model.name, request, self._key_of))
        self._asked = (model.name, request, touched, [self._item(touch) for touch in touched])

    def _after_call(self, http_response: Any, **_: object) -> None:
        if self._total is None:
            return
        operation, request, touched, before = self._asked
        spent = Units(calls=1)
        for touch, item in zip(touched, before, strict=True):
            spent += self._spent_on(touch, item)
        if operation == "Query":
            spent += _spent_on_query(json.loads(http_response.content), request)
        self._total += spent

    def _spent_on(self, touch: Touch, before: Item | None) -> Units:
        if touch.reading:
            return Units(reads=read_units(item_size(before or {}), touch.reading))
        after = self._item(touch)
        own = write_units(before, after, in_transaction=touch.in_transaction)
        follow_up = sum(index_write_units(index, before, after) for index in self._table(touch.table).indexes)
        return Units(writes=own + follow_up)

    def _item(self, touch: Touch) -> Item | None:
        found = self._spare.get_item(TableName=touch.table, Key=touch.key, ConsistentRead=True)
        item: Item | None = found.get("Item")
        return item

    def _key_of(self, table: str, item: Item) -> Item:
        return {name: item[name] for name in self._table(table).key}

    def _described(self, table: str) -> Table:
        told = self._spare.describe_table(TableName=table)["Table"]
        key = _names(told["KeySchema"])
        return Table(key, tuple(_index(key, index) for index in told.get("GlobalSecondaryIndexes", ())))


def _spent_on_query(told: dict[str, Any], request: Request) -> Units:
    """What was found. Raises UnknownCall for a filter that left some out: they were read as well."""
    found = told.get("Items", [])
    if told.get("ScannedCount", len(found)) != len(found):
        raise UnknownCall("Query with a filter")
    return Units(reads=read_units(sum(map(item_size, found)), consistency(request)))


def _index(table_key: frozenset[str], told: dict[str, Any]) -> Index:
    key = _names(told["KeySchema"])
    projected = told["Projection"]
    holds = None if projected["ProjectionType"] == "ALL" else table_key | key | {*projected.get("NonKeyAttributes", ())}
    return Index(told["IndexName"], key, holds)


def _names(schema: list[dict[str, str]]) -> frozenset[str]:
    return frozenset(part["AttributeName"] for part in schema)

"""Which items a call to DynamoDB reads or writes, read from its request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bench.units import Consistency, Item

Request = dict[str, Any]
KeyOf = Callable[[str, Item], Item]


class UnknownCall(Exception):
    """A call whose cost nobody taught the benchmark yet."""


@dataclass(frozen=True)
class Touch:
    """One item of a table. `reading` is None for a write."""

    table: str
    key: Item
    reading: Consistency | None = None
    in_transaction: bool = False


def touches(operation: str, request: Request, key_of: KeyOf) -> Iterator[Touch]:
    """The items named in a request; `key_of` finds the key in a whole item. Raises UnknownCall."""
    try:
        reader = _READERS[operation]
    except KeyError:
        raise UnknownCall(operation) from None
    return reader(request, key_of)


def consistency(asked: Request) -> Consistency:
    """How consistently a plain read wants to see."""
    return Consistency.STRONG if asked.get("ConsistentRead") else Consistency.EVENTUAL


def _one_read(request: Request, _key_of: KeyOf) -> Iterator[Touch]:
    yield Touch(request["TableName"], request["Key"], consistency(request))


def _batch_of_reads(request: Request, _key_of: KeyOf) -> Iterator[Touch]:
    for table, asked in request["RequestItems"].items():
        for key in asked["Keys"]:
            yield Touch(table, key, consistency(asked))


def _transaction_of_reads(request: Request, _key_of: KeyOf) -> Iterator[Touch]:
    for part in request["TransactItems"]:
        yield Touch(part["Get"]["TableName"], part["Get"]["Key"], Consistency.TRANSACTION)


def _one_write(request: Request, key_of: KeyOf) -> Iterator[Touch]:
    yield Touch(request["TableName"], _key_in(request, request["TableName"], key_of))


def _batch_of_writes(request: Request, key_of: KeyOf) -> Iterator[Touch]:
    for table, parts in request["RequestItems"].items():
        for part in parts:
            [wanted] = part.values()
            yield Touch(table, _key_in(wanted, table, key_of))


def _transaction_of_writes(request: Request, key_of: KeyOf) -> Iterator[Touch]:
    for part in request["TransactItems"]:
        [wanted] = part.values()
        table = wanted["TableName"]
        yield Touch(table, _key_in(wanted, table, key_of), in_transaction=True)


def _key_in(wanted: Request, table: str, key_of: KeyOf) -> Item:
    key: Item = wanted["Key"] if "Key" in wanted else key_of(table, wanted["Item"])
    return key


def _nothing_named(_request: Request, _key_of: KeyOf) -> Iterator[Touch]:
    """A query names no item; what it read stands in its answer."""
    yield from ()


_READERS: dict[str, Callable[[Request, KeyOf], Iterator[Touch]]] = {
    "GetItem": _one_read,
    "BatchGetItem": _batch_of_reads,
    "TransactGetItems": _transaction_of_reads,
    "PutItem": _one_write,
    "UpdateItem": _one_write,
    "DeleteItem": _one_write,
    "BatchWriteItem": _batch_of_writes,
    "TransactWriteItems": _transaction_of_writes,
    "Query": _nothing_named,
}

"""What the tables hold, read and put back behind moto's back: quick, and no call that could fail."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.types import TypeDeserializer
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from chalicelib.storage.connection import TableMeta

Found = dict[str, Any]
Items = Mapping[str, Any]
_read = TypeDeserializer().deserialize


@dataclass(frozen=True)
class Rows:
    """Everything that is stored, table by table, as plain values."""

    tables: Mapping[str, tuple[Found, ...]]

    def __getattr__(self, table: str) -> tuple[Found, ...]:
        return self.tables[table]


def _tables() -> dict[str, Any]:
    return dict(dynamodb_backends[DEFAULT_ACCOUNT_ID][TableMeta.region].tables)


def kept() -> Items:
    """Everything that is stored, to be put back."""
    return {name: copy.deepcopy(table.items) for name, table in _tables().items()}


def put_back(items: Items) -> None:
    """Let the tables hold what they held."""
    for name, table in _tables().items():
        table.items = copy.deepcopy(items[name])
        if table.stream_shard:
            table.stream_shard.items.clear()


def plain(items: Items) -> Rows:
    """The same to be read."""
    return Rows({name.rpartition("-")[2]: _plain(found) for name, found in items.items()})


def _plain(table: Mapping[Any, Any]) -> tuple[Found, ...]:
    return tuple({name: _read(value.to_json()) for name, value in item.attrs.items()} for item in _in_order(table))


def _in_order(table: Mapping[Any, Any]) -> Iterator[Any]:
    """The items by their keys; where a table has a range key, moto keeps a mapping for each hash key."""
    for _, found in sorted(table.items(), key=lambda item: str(item[0].value)):
        if isinstance(found, Mapping):
            yield from _in_order(found)
        else:
            yield found

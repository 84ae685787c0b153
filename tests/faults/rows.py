"""What the tables hold, read and put back behind moto's back: quick, and no call that could fail."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.types import TypeDeserializer
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from chalicelib.storage.connection import TableMeta

Found = dict[str, Any]
_read = TypeDeserializer().deserialize


def _tables() -> dict[str, Any]:
    return dict(dynamodb_backends[DEFAULT_ACCOUNT_ID][TableMeta.region].tables)


def kept() -> dict[str, Any]:
    """Everything that is stored, to be put back."""
    return {name: copy.deepcopy(table.items) for name, table in _tables().items()}


def put_back(items: Mapping[str, Any]) -> None:
    """Let the tables hold what they held."""
    for name, table in _tables().items():
        table.items = copy.deepcopy(items.get(name)) or table.items.__class__()
        if table.stream_shard:
            table.stream_shard.items.clear()


@dataclass(frozen=True)
class Rows:
    """Everything that is stored, table by table, as plain values."""

    accounts: list[Found]
    address_limits: list[Found]
    drafts: list[Found]
    letters: list[Found]
    registrations: list[Found]


def rows() -> Rows:
    """What is stored now."""
    return Rows(**{name.rpartition("-")[2]: _plain(table) for name, table in sorted(_tables().items())})


def _plain(table: Any) -> list[Found]:
    items = sorted(table.items.items(), key=lambda item: str(item[0].value))
    return [{name: _read(value.to_json()) for name, value in item.attrs.items()} for _, item in items]

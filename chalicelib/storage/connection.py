"""The one connection to DynamoDB, what it costs, and the base of all tables."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.connection import Connection
from pynamodb.connection.table import TableConnection
from pynamodb.exceptions import DoesNotExist, PynamoDBException, VerboseClientError
from pynamodb.models import Model

from chalicelib.ports import StoreUnavailable
from chalicelib.settings import load_store_settings

CONNECT_SECONDS = 1
READ_SECONDS = 2
RETRIES = 2

_settings = load_store_settings(os.environ)


@dataclass
class Meter(threading.local):
    """Calls and consumed capacity units of this thread since `reset`."""

    calls: int = 0
    units: float = 0.0

    def reset(self) -> None:
        """Begin to count anew."""
        self.calls, self.units = 0, 0.0

    def count(self, parsed: dict[str, Any], **_: object) -> None:
        """Add one answered call (botocore's `after-call` event)."""
        self.calls += 1
        consumed = parsed.get("ConsumedCapacity") or []
        for part in consumed if isinstance(consumed, list) else [consumed]:
            self.units += part.get("CapacityUnits", 0.0)


meter = Meter()


class MeteredConnection(Connection):
    """A connection whose client counts what it is asked."""

    @property
    def client(self) -> Any:
        """The botocore client; made once, counting from its first call."""
        made_before = self._client
        client = super().client
        if client is not made_before:
            client.meta.events.register("after-call.dynamodb", meter.count)
        return client


connection = MeteredConnection(
    region=_settings.aws_region,
    connect_timeout_seconds=CONNECT_SECONDS,
    read_timeout_seconds=READ_SECONDS,
    max_retry_attempts=RETRIES,
)


class TableMeta:
    """Base of each table's `Meta`. PynamoDB reads it when the module is loaded."""

    region = _settings.aws_region
    billing_mode = "PAY_PER_REQUEST"


def table_name(noun: str) -> str:
    """The name of the table of `noun` in this deployment."""
    return f"{_settings.table_prefix}-{noun}"


class Row(Model):
    """Base of all tables: they share one client, where PynamoDB would make one each (a cold start pays for that)."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        table = super()._get_connection()
        if table.connection is not connection:
            connection.add_meta_table(table.get_meta_table())
            table.connection = connection
        return table


_R = TypeVar("_R", bound=Row)


@contextmanager
def reaching_the_store() -> Iterator[None]:
    """Turn everything that keeps the store out of reach into StoreUnavailable; conditions that fail pass through."""
    try:
        yield
    except PynamoDBException as error:
        if _code_of(error) in _ANSWERS:
            raise
        raise StoreUnavailable(type(error).__name__) from error
    except (BotoCoreError, ClientError) as error:
        raise StoreUnavailable(type(error).__name__) from error


def _code_of(error: PynamoDBException) -> str:
    """DynamoDB's code; "" when there was no answer (PynamoDB's own property breaks on an answer that was lost)."""
    cause = error.cause
    return str(cause.response["Error"]["Code"]) if isinstance(cause, ClientError | VerboseClientError) else ""


_ANSWERS = frozenset(
    {"ConditionalCheckFailedException", "TransactionCanceledException", "TransactionConflictException"}
)


def found(table: type[_R], key: str) -> _R | None:
    """The row under `key`, read strongly consistent, or None."""
    with reaching_the_store():
        try:
            return table.get(key, consistent_read=True)
        except DoesNotExist:
            return None


RowKey = tuple[type[Row], tuple[str, ...]]


def found_together(keys: Sequence[RowKey]) -> list[Row | None]:
    """The rows of several tables in one call, strongly consistent and in the order of `keys`; None where there is none.

    A key is a table and its hash key, with its range key where it has one; 100 different keys at most. What DynamoDB
    leaves unread is asked for again; StoreUnavailable when that is not enough.
    """
    if not keys:
        return []
    asked = _asked(keys)
    rows: dict[str, list[dict[str, Any]]] = {}
    with reaching_the_store():
        for _ in range(_BATCH_TRIES):
            answer = connection.dispatch("BatchGetItem", {"RequestItems": asked, "ReturnConsumedCapacity": "TOTAL"})
            for name, items in answer["Responses"].items():
                rows.setdefault(name, []).extend(items)
            asked = answer.get("UnprocessedKeys") or {}
            if not asked:
                return [_among(rows, table, key) for table, key in keys]
    raise StoreUnavailable("unprocessed")


_BATCH_TRIES = 3
_CONSISTENT = {"ConsistentRead": True}


def _asked(keys: Sequence[RowKey]) -> dict[str, Any]:
    """Each key once: DynamoDB refuses to be asked for one twice."""
    asked: dict[str, Any] = {}
    for table, key in dict.fromkeys(keys):
        of_table = asked.setdefault(table.Meta.table_name, {"Keys": [], **_CONSISTENT})
        of_table["Keys"].append(_key_of(table, key))
    return asked


def _key_of(table: type[Row], key: tuple[str, ...]) -> dict[str, dict[str, str]]:
    schema = (table._hash_keyname, table._range_keyname)  # noqa: SLF001 - PynamoDB keeps the names of keys there
    return {str(name): {"S": value} for name, value in zip(schema, key, strict=False)}


def _among(rows: dict[str, list[dict[str, Any]]], table: type[_R], key: tuple[str, ...]) -> _R | None:
    wanted = _key_of(table, key)
    for item in rows.get(table.Meta.table_name, []):
        if all(item[name] == value for name, value in wanted.items()):
            return table.from_raw_data(item)
    return None

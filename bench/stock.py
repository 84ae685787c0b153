"""Any number of rows in moto's memory, written past its own ways, which are slow where a table is large.

moto takes a millisecond to store a row; it sorts all rows of a table for each query, and copies them all before each
transaction. What it answers stays what it is, and so does what the calls to it cost by `bench.units`.
"""

from collections import defaultdict
from copy import copy, deepcopy
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table

Values = dict[str, str]
_INDEX_NAME_AT = 6


class Stock:
    """The rows of one table, of which more can be made after patterns that were stored the usual way."""

    def __init__(self, table_name: str, region: str) -> None:
        backend: DynamoDBBackend = dynamodb_backends[DEFAULT_ACCOUNT_ID][region]
        self._table = _Stocked.over(backend.tables[table_name])
        backend.tables[table_name] = self._table

    def add_like(self, pattern: str, values: Values) -> None:
        """Another partition like the one under the key `pattern`; `values` replace texts of its rows that have them."""
        own = {name: DynamoType({"S": text}) for name, text in values.items()}
        key = own[self._table.hash_key_attr]
        known = self._table.items[DynamoType({"S": pattern})]
        self._table.items[key] = _Partition((entry, _row_like(row, key, own)) for entry, row in known.items())


def _row_like(pattern: Item, key: DynamoType, own: dict[str, DynamoType]) -> Item:
    row = copy(pattern)
    row.hash_key = key
    # Filled past its own way, which weighs the whole row anew for each attribute.
    row.attrs = LimitedSizeDict.__new__(LimitedSizeDict)
    dict.update(row.attrs, {name: own.get(name, value) for name, value in pattern.attrs.items()})
    return row


class _Partition(dict[DynamoType, Item]):
    """Rows that nobody changes, and that need not be copied."""

    def __deepcopy__(self, _memo: dict[int, Any]) -> "_Partition":
        return self


class _Rows(defaultdict[DynamoType, Any]):
    """All rows of a table, by partition."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Rows":
        copied = copy(self)
        for key, partition in self.items():
            if not isinstance(partition, _Partition):
                copied[key] = deepcopy(partition, memo)
        return copied


class _Stocked(Table):
    """A table that looks at one partition for a query of one, and leaves the sorting to the query."""

    _query: tuple[DynamoType | None] | None = None

    @classmethod
    def over(cls, table: Table) -> "_Stocked":
        """The table with all that it holds."""
        stocked = object.__new__(cls)
        stocked.__dict__.update({**vars(table), "items": _Rows(dict, table.items)})
        return stocked

    def query(self, hash_key: Any, *told: Any, **named: Any) -> Any:
        self._query = (None if told[_INDEX_NAME_AT] else hash_key,)
        try:
            return super().query(hash_key, *told, **named)
        finally:
            self._query = None

    def all_items(self) -> list[Item]:
        if self._query is None:
            return super().all_items()
        (wanted,) = self._query
        partitions = self.items.values() if wanted is None else [self.items.get(wanted, {})]
        return [row for partition in partitions for row in partition.values()]

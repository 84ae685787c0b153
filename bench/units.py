"""Capacity units by the rules that AWS publishes, because emulators do not report them faithfully.

Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats" (CapacityUnitCalculations), "DynamoDB read
and write operations" (read-write-operations), "Amazon DynamoDB Transactions: How it works", capacity management
(transaction-apis), and "Using Global Secondary Indexes", write capacity units (GSI). Indexes follow a transaction
afterwards and outside of it, so their entries are taken to cost what plain writes cost.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from math import ceil
from typing import Any

Value = Mapping[str, Any]
Item = Mapping[str, Value]

READ_STEP_BYTES = 4096
WRITE_STEP_BYTES = 1024
TRANSACTION_FACTOR = 2
_CONTAINER_BYTES = 3
_ELEMENT_BYTES = 1


class Consistency(Enum):
    """What a step of a read costs."""

    EVENTUAL = 0.5
    STRONG = 1.0
    TRANSACTION = 2.0


@dataclass(frozen=True)
class Units:
    """Calls to DynamoDB, and the request units that they consumed."""

    calls: int = 0
    reads: float = 0.0
    writes: float = 0.0

    def __add__(self, other: "Units") -> "Units":
        return Units(self.calls + other.calls, self.reads + other.reads, self.writes + other.writes)


@dataclass(frozen=True)
class Index:
    """A global secondary index: the attributes an item needs to be in it, and all it holds (None: everything)."""

    name: str
    key: frozenset[str]
    holds: frozenset[str] | None

    def entry(self, item: Item | None) -> Item | None:
        """What the index holds of `item`."""
        if item is None or not self.key <= item.keys():
            return None
        return item if self.holds is None else {name: item[name] for name in self.holds & item.keys()}


def item_size(item: Item) -> int:
    """Bytes of an item: names and values of all its attributes."""
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def value_size(value: Value) -> int:
    """Bytes of one value in the form it has in a request, such as `{"S": "text"}`."""
    [(kind, held)] = value.items()
    return _SIZES[kind](held)


def number_size(text: str) -> int:
    """One byte for two significant digits, and one more."""
    digits = Decimal(text).normalize().as_tuple().digits
    return ceil(len(digits) / 2) + 1


def _binary_size(held: str | bytes) -> int:
    return len(held) if isinstance(held, bytes) else len(base64.b64decode(held))


_SIZES: dict[str, Callable[[Any], int]] = {
    "S": lambda text: len(text.encode()),
    "N": number_size,
    "B": _binary_size,
    "BOOL": lambda _: 1,
    "NULL": lambda _: 1,
    "SS": lambda texts: sum(len(text.encode()) for text in texts),
    "NS": lambda texts: sum(map(number_size, texts)),
    "BS": lambda held: sum(map(_binary_size, held)),
    "L": lambda values: _CONTAINER_BYTES + sum(_ELEMENT_BYTES + value_size(value) for value in values),
    "M": lambda item: _CONTAINER_BYTES + len(item) * _ELEMENT_BYTES + item_size(item),
}


def read_units(size: int, consistency: Consistency) -> float:
    """Units of reading `size` bytes at once; nothing found costs one step."""
    return max(1, ceil(size / READ_STEP_BYTES)) * consistency.value


def write_units(before: Item | None, after: Item | None, *, in_transaction: bool = False) -> int:
    """Units of one write: the larger of the item before and after decides; nothing written costs one step.

    A condition that fails costs as much: there, `after` is `before`.
    """
    factor = TRANSACTION_FACTOR if in_transaction else 1
    return max(_steps(before), _steps(after)) * factor


def index_write_units(index: Index, before: Item | None, after: Item | None) -> int:
    """Units of keeping one index up to date with one write."""
    old, new = index.entry(before), index.entry(after)
    if old == new:
        return 0
    if old is None or new is None:
        return _steps(old if new is None else new)
    if any(old[name] != new[name] for name in index.key):
        return _steps(old) + _steps(new)
    return max(_steps(old), _steps(new))


def _steps(item: Item | None) -> int:
    return max(1, ceil(item_size(item or {}) / WRITE_STEP_BYTES))

"""The writes of one unit of work, sent as one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from pynamodb.exceptions import TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.ports import StoreUnavailable
from chalicelib.storage.connection import Row, connection, reaching_the_store

ATTEMPTS = 6
# What DynamoDB answers to a single write that meets somebody else's transaction; no SDK tries again.
_CONFLICT = "TransactionConflictException"
_CONDITION_FAILED = "ConditionalCheckFailed"


class Rank(IntEnum):
    """The order in which PynamoDB sends the parts of a transaction, which the cancellation reasons follow."""

    DELETE = 1
    PUT = 2
    UPDATE = 3


@dataclass(frozen=True)
class _Write:
    rank: Rank
    add_to: Callable[[TransactWrite], None]
    meaning: type[Exception] | None


class Writes:
    """Collects writes and commits them together.

    `token` makes the transaction safe to repeat for ten minutes; `pause` waits a jittered moment before an attempt.
    """

    def __init__(self, token: str, pause: Callable[[int], None]) -> None:
        self._token = token
        self._pause = pause
        self._writes: list[_Write] = []

    def put(self, row: Row, condition: Condition | None = None, meaning: type[Exception] | None = None) -> None:
        """Store a whole row; `meaning` is raised when `condition` does not hold."""
        self._writes.append(_Write(Rank.PUT, lambda t: t.save(row, condition=condition), meaning))

    def update(
        self,
        row: Row,
        actions: Sequence[Action],
        condition: Condition | None = None,
        meaning: type[Exception] | None = None,
    ) -> None:
        """Change a row; `meaning` is raised when `condition` does not hold."""
        self._writes.append(
            _Write(Rank.UPDATE, lambda t: t.update(row, actions=list(actions), condition=condition), meaning)
        )

    def delete(self, row: Row, condition: Condition | None = None, meaning: type[Exception] | None = None) -> None:
        """Remove a row if it is there; `meaning` is raised when `condition` does not hold."""
        self._writes.append(_Write(Rank.DELETE, lambda t: t.delete(row, condition=condition), meaning))

    def update_at_once(self, row: Row, actions: list[Action], condition: Condition) -> None:
        """Change one row now, apart from the rest, and fill `row` with what it holds then.

        Raises UpdateError when `condition` does not hold, StoreUnavailable.
        """
        for attempt in range(ATTEMPTS):
            if attempt:
                self._pause(attempt)
            try:
                with reaching_the_store():
                    row.update(actions=actions, condition=condition)
            except UpdateError as error:
                if error.cause_response_code != _CONFLICT:
                    raise
            else:
                return
        raise StoreUnavailable("conflict")

    def commit(self) -> None:
        """Send everything. Raises the meaning of the first condition that failed, StoreUnavailable."""
        for attempt in range(ATTEMPTS if self._writes else 0):
            if attempt:
                self._pause(attempt)
            if self._sent():
                return
        if self._writes:
            raise StoreUnavailable("conflict")

    def _sent(self) -> bool:
        """Whether the transaction took effect; False when another one was in the way."""
        ordered = sorted(self._writes, key=lambda write: write.rank)
        try:
            with reaching_the_store(), TransactWrite(connection=connection, client_request_token=self._token) as sent:
                for write in ordered:
                    write.add_to(sent)
        except TransactWriteError as error:
            codes = [reason.code if reason else None for reason in error.cancellation_reasons]
            self._raise_meaning(
                {id(write) for write, code in zip(ordered, codes, strict=False) if code == _CONDITION_FAILED}
            )
            return False
        return True

    def _raise_meaning(self, failed: set[int]) -> None:
        for write in self._writes:
            if id(write) in failed and write.meaning:
                raise write.meaning

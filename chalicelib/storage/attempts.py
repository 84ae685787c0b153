"""Table of wrong secrets in a row. A locked ID stays locked until a new password is set, so no row sweeps itself."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.domain.attempts import WRONG_IN_A_ROW, Door
from chalicelib.domain.refusals import AttemptsSpent
from chalicelib.storage.connection import Row, TableMeta, table_name
from chalicelib.storage.writes import Writes


class AttemptRow(Row):
    """The tries since the secret was last right; the key is the door and whose secret it is."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("attempts")

    subject = UnicodeAttribute(hash_key=True)
    tries = NumberAttribute()


def _row(door: Door, subject: str) -> AttemptRow:
    return AttemptRow(f"{door.value}#{subject}")


class StoredAttempts:
    """`ports.Attempts` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def reserve(self, door: Door, subject: str) -> None:
        """One conditional increment; in a transaction, whose token keeps the SDK's retry from counting twice."""
        is_free = AttemptRow.tries.does_not_exist() | (AttemptRow.tries < WRONG_IN_A_ROW)
        self._writes.update(_row(door, subject), [AttemptRow.tries.add(1)], is_free, AttemptsSpent)

    def forget(self, door: Door, subject: str) -> None:
        """One delete in the transaction."""
        self._writes.delete(_row(door, subject))

"""Table of 受取者; rows are found by the keyed digest of the name as it is compared."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.domain.code_refusals import ReceiverMoved
from chalicelib.domain.receivers import Receiver, receiver_key
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found, table_name
from chalicelib.storage.digests import Digest
from chalicelib.storage.writes import Writes


class ReceiverRow(Row):
    """One receiver."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("receivers")

    receiver = UnicodeAttribute(hash_key=True)
    receiver_name = UnicodeAttribute()
    credential = UnicodeAttribute()
    enrolled_at = MomentAttribute()
    since = MomentAttribute()
    version = NumberAttribute()


class StoredReceivers:
    """`ports.Receivers` on DynamoDB."""

    def __init__(self, writes: Writes, digest: Digest) -> None:
        self._writes = writes
        self._digest = digest

    def find(self, name: str) -> Receiver | None:
        """One read."""
        row = found(ReceiverRow, self._digest(receiver_key(name)))
        if row is None:
            return None
        return Receiver(row.receiver_name, row.credential, row.enrolled_at, row.since, int(row.version))

    def add(self, receiver: Receiver) -> None:
        """One put, if the name is free."""
        self._writes.put(self._row(receiver), ReceiverRow.receiver.does_not_exist(), ReceiverMoved)

    def change(self, before: Receiver, after: Receiver) -> None:
        """One conditional put."""
        self._writes.put(self._row(after), ReceiverRow.version == before.version, ReceiverMoved)

    def _row(self, receiver: Receiver) -> ReceiverRow:
        return ReceiverRow(
            self._digest(receiver_key(receiver.name)),
            receiver_name=receiver.name,
            credential=receiver.credential,
            enrolled_at=receiver.enrolled_at,
            since=receiver.since,
            version=receiver.version,
        )

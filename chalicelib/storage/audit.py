"""Table of what officers did: a partition per office and day, only ever added to."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.deadlines import day_of
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, table_name
from chalicelib.storage.writes import Writes


class AuditRow(Row):
    """One deed."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("audit")

    office_day = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute(range_key=True)
    at = MomentAttribute()
    officer_id = UnicodeAttribute()
    deed = UnicodeAttribute()
    about = UnicodeAttribute(null=True)
    result = UnicodeAttribute(null=True)
    network = UnicodeAttribute(null=True)


class StoredAudit:
    """`ports.Audit` on DynamoDB."""

    def __init__(self, writes: Writes, token: str) -> None:
        self._writes = writes
        self._token = token

    def note(self, entry: AuditEntry) -> None:
        """One put, of a row that is new: its key ends with the command's own token."""
        row = AuditRow(
            f"{entry.office}#{day_of(entry.at).isoformat()}",
            f"{entry.at.isoformat()}#{self._token[:12]}",
            at=entry.at,
            officer_id=entry.officer_id,
            deed=entry.deed.value,
            about=entry.about or None,
            result=entry.result or None,
            network=entry.network or None,
        )
        self._writes.put(row)

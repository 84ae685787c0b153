"""Table of events seen: what a form that was sent led to."""

from datetime import datetime, timedelta

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.accounts import Account
from chalicelib.domain.refusals import SubmissionTaken
from chalicelib.storage.accounts import AccountRow, account_from_row
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found_together, table_name
from chalicelib.storage.digests import name_digest
from chalicelib.storage.writes import Writes

_KEPT = timedelta(days=1)


class EventRow(Row):
    """One form that was taken."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("events_seen")

    event = UnicodeAttribute(hash_key=True)
    subject = UnicodeAttribute()
    outcome = UnicodeAttribute()
    ttl = MomentAttribute()


def _key(submission_id: str) -> str:
    return f"submission#{name_digest(submission_id)}"


class StoredSubmissions:
    """`ports.Submissions` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def look_up(self, submission_id: str, id_suffix: str) -> tuple[str | None, Account | None]:
        """One batch read of both rows."""
        event, account = found_together([(EventRow, (_key(submission_id),)), (AccountRow, (id_suffix,))])
        outcome = event.outcome if isinstance(event, EventRow) and event.subject == id_suffix else None
        return outcome, account_from_row(account) if isinstance(account, AccountRow) else None

    def note(self, submission_id: str, id_suffix: str, result: str, now: datetime) -> None:
        """One put, if it is new."""
        row = EventRow(_key(submission_id), subject=id_suffix, outcome=result, ttl=now + _KEPT)
        self._writes.put(row, EventRow.event.does_not_exist(), SubmissionTaken)

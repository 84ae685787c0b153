"""What other systems told us once, in the table of events seen: so that telling it again changes nothing twice."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.domain.application_refusals import EventSeen
from chalicelib.domain.seen_events import SeenEvent
from chalicelib.storage.connection import found_together
from chalicelib.storage.digests import name_digest
from chalicelib.storage.submissions import EventRow
from chalicelib.storage.writes import Writes

_KEPT = timedelta(days=30)


def _key(source: str, event_id: str) -> str:
    return f"{source}#{name_digest(event_id)}"


class StoredEvents:
    """`ports.Events` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def find(self, source: str, event_ids: Sequence[str]) -> list[SeenEvent | None]:
        """One batch read."""
        rows = found_together([(EventRow, (_key(source, event_id),)) for event_id in event_ids])
        return [SeenEvent(row.subject, row.outcome) if isinstance(row, EventRow) else None for row in rows]

    def note(self, source: str, event_id: str, seen: SeenEvent, now: datetime) -> None:
        """One put, if it is new."""
        row = EventRow(_key(source, event_id), subject=seen.digest, outcome=seen.result, ttl=now + _KEPT)
        self._writes.put(row, EventRow.event.does_not_exist(), EventSeen)

"""Keys of the offices' systems, and what systems told, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.api_keys import ApiKey
from chalicelib.domain.application_refusals import EventSeen
from chalicelib.domain.seen_events import SeenEvent
from chalicelib.storage.digests import name_digest
from tests.fakes.rows import Plan, Reach, Rows, Write


class FakeApiKeys:
    """`ports.ApiKeys`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def find(self, secret: str) -> ApiKey | None:
        """The key, revoked or not."""
        with self._reach() as rows:
            return rows.api_keys.get(name_digest(secret))

    def add(self, secret: str, key: ApiKey) -> None:
        """Store a new one."""
        kept = replace(key, digest=name_digest(secret))
        self._plan(Write(f"key {kept.digest}", lambda rows: rows.api_keys.update({kept.digest: kept})))

    def revoke(self, key: ApiKey, now: datetime) -> None:
        """It opens nothing any more."""

        def revoke(rows: Rows) -> None:
            rows.api_keys[key.digest] = rows.api_keys[key.digest].revoked(now)

        self._plan(Write(f"key {key.digest}", revoke, lambda rows: key.digest in rows.api_keys))


class FakeEvents:
    """`ports.Events`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def find(self, source: str, event_ids: Sequence[str]) -> list[SeenEvent | None]:
        """What is known of each."""
        with self._reach() as rows:
            return [rows.events.get((source, event_id)) for event_id in event_ids]

    def note(self, source: str, event_id: str, seen: SeenEvent, now: datetime) -> None:  # noqa: ARG002 - sweeping
        """Take it."""
        key = (source, event_id)
        self._plan(
            Write(
                f"event {key}",
                lambda rows: rows.events.update({key: seen}),
                lambda rows: key not in rows.events,
                EventSeen,
            )
        )

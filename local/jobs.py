"""Streams and schedules: whatever the application declares, run here as AWS would."""

import os
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from chalice.app import CloudWatchEventConfig, DynamoDBEventConfig, Rate, ScheduledEventConfig
from chalice.local import LambdaContext

from local.clock import Clock
from local.events import feedback_event, scheduled_event
from local.journal import Journal, counts_in, job_text
from local.streams import Stream, table_of
from local.voice import say

_MEMORY_MIB = 512
Counts = dict[str, int]


class Jobs:
    """Runs the jobs of the newest application. Everything here happens under the station's lock."""

    def __init__(self, app: Callable[[], Any], clock: Clock, journal: Journal) -> None:
        self._app = app
        self._clock = clock
        self._journal = journal
        self._streams: dict[str, Stream] = {}
        self._due_at: dict[str, datetime] = {}
        self._told = ""

    def names(self) -> list[str]:
        """The jobs that can be run by hand."""
        return sorted(source.name for source in self._sources(DynamoDBEventConfig, ScheduledEventConfig))

    def due_at(self, name: str) -> datetime | None:
        """When a scheduled job runs next."""
        return self._due_at.get(name)

    def run(self, name: str) -> Counts:
        """Run one job now; for a stream that is: deal with all it holds. Raises whatever the job raises, KeyError."""
        source = {found.name: found for found in self._sources(DynamoDBEventConfig, ScheduledEventConfig)}[name]
        if isinstance(source, DynamoDBEventConfig):
            return self._drain(source)
        return self._invoke(name, scheduled_event(self._clock.now()))

    def run_due(self) -> None:
        """Deal with what streams hold and schedules ask for; a job that fails is told and does not stop the others."""
        for source in self._sources(DynamoDBEventConfig):
            self._attempt(partial(self._drain, source))
        for source in self._sources(ScheduledEventConfig):
            if self._is_due(source):
                self._attempt(partial(self.run, source.name))

    def tell(self, fate: str, letter_id: str) -> None:
        """Let the application hear what became of a letter."""
        event = feedback_event(fate, letter_id, self._clock.now())
        for source in self._sources(CloudWatchEventConfig):
            if event["source"] in source.event_pattern.get("source", []):
                self._invoke(source.name, event)

    def _sources(self, *kinds: type) -> list[Any]:
        return [source for source in self._app().event_sources if isinstance(source, kinds)]

    def _drain(self, source: DynamoDBEventConfig) -> Counts:
        stream = self._streams.get(source.name)
        if stream is None:
            stream = self._streams[source.name] = Stream(table_of(source.stream_arn, os.environ["TABLE_PREFIX"]))
        total: Counts = {}
        for records in stream.batches(source.batch_size):
            for outcome, count in self._invoke(source.name, {"Records": records}).items():
                total[outcome] = total.get(outcome, 0) + count
        return total

    def _is_due(self, source: ScheduledEventConfig) -> bool:
        """Whether its time came; a clock that was put back does not keep it waiting longer than its period."""
        expression = source.schedule_expression
        if not isinstance(expression, Rate):
            return False
        now = self._clock.now()
        period = timedelta(**{expression.unit.lower(): expression.value})
        due_at = min(self._due_at.get(source.name, now + period), now + period)
        is_due = due_at <= now
        self._due_at[source.name] = now + period if is_due else due_at
        return is_due

    def _invoke(self, name: str, event: dict[str, Any]) -> Counts:
        earlier = self._journal.take()
        try:
            self._app().handler_map[name](event, LambdaContext(name, _MEMORY_MIB))
        finally:
            lines = self._journal.take()
            for line in earlier:
                self._journal.note(line)
        counts: Counts = {}
        for line in lines:
            counts.update(counts_in(line))
            if counts:
                say(job_text(line))
        return counts

    def _attempt(self, job: Callable[[], object]) -> None:
        """Run a job; what goes wrong is told once, and tried again later."""
        try:
            job()
        except Exception:  # noqa: BLE001 - the other jobs must not suffer
            text = traceback.format_exc()
            if text != self._told:
                say(text)
            self._told = text

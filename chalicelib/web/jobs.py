"""The edge of every job: its one log line, and the last word on what it raises."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from chalicelib import wiring
from chalicelib.web.journal import Entry, write_job
from chalicelib.wiring import World


class JobFailed(Exception):
    """A run that AWS should repeat. It names the job; what happened, and where, stands in the log line."""


@dataclass
class Run:
    """One run of a job: `counts` and what is noted in `entry` stand in its log line."""

    world: World
    entry: Entry
    counts: Counter[str] = field(default_factory=Counter)


@contextmanager
def running(capability: str, function: str) -> Iterator[Run]:
    """Meter and journal a run. Raises JobFailed for whatever is raised inside: Lambda prints an exception's words."""
    world = wiring.world()
    world.meter.reset()
    started = world.stopwatch()
    run = Run(world, Entry(capability, function))
    has_failed = False
    try:
        yield run
    except Exception as error:  # noqa: BLE001 - this is the edge
        run.entry.note_fault(error)
        has_failed = True
    write_job(world, run.entry, dict(run.counts), started)
    if has_failed:
        raise JobFailed(function)

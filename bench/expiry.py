"""Whether the expiry job costs the same, however many applications are stored: as many due, among few and many."""

import os
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app import app
from bench.population import populate
from bench.report import DOCUMENT, write_between
from bench.stage import Stage, Step
from bench.surroundings import emulated
from bench.tables import table
from bench.timing import Spread, time_step
from chalicelib import wiring
from local.events import scheduled_event

BEGIN, END = "<!-- expiry: begin -->", "<!-- expiry: end -->"
MARGIN = 0.05
FEW, MANY, DUE = 1_000, 100_000, 100
_TITLES = (
    "stored",
    "due",
    "calls",
    "reads",
    "writes",
    "calls a due one",
    "reads",
    "writes",
    "CPU ms",
    "CPU ms a due one",
    "storing s",
    "run on moto s",
)


@dataclass(frozen=True)
class Taken:
    """One run of the job. `storing` and `running` are seconds of the emulator, which say nothing about AWS."""

    stored: int
    due: int
    step: Step
    cpu: Spread
    storing: float
    running: float

    @property
    def costs(self) -> tuple[float, ...]:
        """What has to be equal."""
        units = self.step.units
        return (units.calls, units.reads, units.writes)


def run(options: Namespace) -> None:
    """Measure, show, and on request write into docs/bench.md. Ends with 1 when the two runs differ."""
    now = wiring.read_clock()
    few, many = (_measured(stored, options.pairs, now) for stored in (FEW, MANY))
    is_same = all(is_equal(one, other) for one, other in zip(few.costs, many.costs, strict=True))
    text = (
        f"{now:%Y-%m-%d}, `make bench ARGS='--expiry --pairs {options.pairs}'`. Calls, reads and writes are "
        f"{'equal' if is_same else 'NOT equal'} within {MARGIN:.0%}. With nothing due the job makes 4 calls.\n\n"
        f"{_as_table((few, many))}"
    )
    print(text)
    if options.write_docs:
        write_between(DOCUMENT, (BEGIN, END), text)
    if not is_same:
        sys.exit(1)


def is_equal(one: float, other: float) -> bool:
    """Whether two costs differ by no more than the margin."""
    return abs(one - other) <= MARGIN * min(one, other)


def _measured(stored: int, pairs: int, now: datetime) -> Taken:
    with emulated(os.environ) as around:
        around.clock.now = now
        stage = Stage(app, around)
        began = time.perf_counter()
        populate(wiring.world(), stored, DUE)
        filled = time.perf_counter()
        step = stage.job(f"expiry ({DUE} due of {stored:,})", "expiry", scheduled_event(now))
        ended = time.perf_counter()
    return Taken(stored, DUE, step, time_step(stage, step, pairs).own, filled - began, ended - filled)


def _as_table(runs: Sequence[Taken]) -> str:
    return table(_TITLES, [_row(one) for one in runs])


def _row(one: Taken) -> Sequence[str]:
    units = one.step.units
    counts = (f"{one.stored:,}", str(one.due), str(units.calls), f"{units.reads:g}", f"{units.writes:g}")
    each = (f"{cost / one.due:.2f}" for cost in one.costs)
    times = (f"{one.cpu.middle:.0f}", f"{one.cpu.middle / one.due:.2f}", f"{one.storing:.1f}", f"{one.running:.1f}")
    return (*counts, *each, *times)

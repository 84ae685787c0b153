"""The one log line of each request and job: an allow-list in which no person, number or token has a place."""

import traceback
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from chalicelib.wiring import World


@dataclass
class Entry:
    """What is known of an answer. `function` names the view or job, `outcome` a status or a code of ours."""

    capability: str = ""
    function: str = ""
    outcome: str = ""
    fault: str = ""

    def note_fault(self, error: Exception) -> None:
        """Keep type and place of an exception, never its words."""
        frame = traceback.extract_tb(error.__traceback__)[-1]
        self.fault = f"{type(error).__name__} at {PurePath(frame.filename).name}:{frame.lineno}"


def write(world: World, entry: Entry, request_id: str, status: int, started: float) -> None:
    """Write the line of one request: how it ended, what it took, what it cost."""
    line = {
        "event": "request",
        "request_id": request_id,
        "capability": entry.capability,
        "function": entry.function,
        "status": status,
        "outcome": entry.outcome or str(status),
        **_cost(world, started),
        **_fault(entry),
    }
    world.log(line)


def write_job(world: World, entry: Entry, counts: dict[str, int], started: float) -> None:
    """Write the line of one run of a job: how many of each outcome."""
    line = {"event": "job", "capability": entry.capability, "function": entry.function, **counts}
    world.log({**line, **_cost(world, started), **_fault(entry)})


def _fault(entry: Entry) -> dict[str, str]:
    return {"fault": entry.fault} if entry.fault else {}


def _cost(world: World, started: float) -> dict[str, Any]:
    return {
        "milliseconds": round((world.stopwatch() - started) * 1000, 1),
        "calls": world.meter.calls,
        "units": world.meter.units,
    }

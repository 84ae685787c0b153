"""The portal's log lines, shortened for a terminal."""

from collections.abc import Mapping
from typing import Any

_KNOWN = frozenset(
    {"event", "request_id", "capability", "function", "status", "outcome", "milliseconds", "calls", "units"}
)
Line = Mapping[str, Any]


class Journal:
    """What the portal logged since somebody last took it. Written and read under the station's lock."""

    def __init__(self) -> None:
        self._lines: list[Line] = []

    def note(self, line: Line) -> None:
        """Keep a line."""
        self._lines.append(dict(line))

    def take(self) -> list[Line]:
        """The lines so far, which are forgotten."""
        lines, self._lines = self._lines, []
        return lines


def request_text(method: str, path: str, status: int, lines: list[Line]) -> str:
    """A request on one line; the query may hold a link's key and stays away."""
    told = next((line for line in lines if line["event"] == "request"), {})
    outcome = told.get("outcome", "")
    words = [f"{method:<4} {path.partition('?')[0]}", str(status)]
    if outcome not in {"", str(status)}:
        words.append(outcome)
    if told:
        words.append(f"{told['milliseconds']} ms, {told['calls']} calls")
    return "  ".join(words)


def job_text(line: Line) -> str:
    """A run of a job on one line."""
    counts = ", ".join(f"{outcome} {count}" for outcome, count in counts_in(line).items())
    return f"{line['function']}: {counts}"


def counts_in(line: Line) -> dict[str, int]:
    """How many of each outcome a job's line tells."""
    return {str(name): count for name, count in line.items() if name not in _KNOWN}

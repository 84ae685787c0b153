"""Where figures go: the console, `build/bench.json`, and on request docs/bench.md."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.cold import ColdFigures
from bench.costs import JourneyFigures, PriceList
from bench.figures import StepFigures
from bench.per_item import per_item_table
from bench.tables import cold_table, journeys_table, steps_table

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "build" / "bench.json"
DOCUMENT = ROOT / "docs" / "bench.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
NO_PACKAGE = "Not measured: no package for this Python in build/package. `make package` makes one, then run this again."


@dataclass(frozen=True)
class Report:
    """Everything that one run measured."""

    command: str
    now: datetime
    pairs: int
    rounds: int
    steps: Sequence[StepFigures]
    cold: Sequence[ColdFigures]
    journeys: Sequence[JourneyFigures]
    missed: Sequence[str]


def as_text(report: Report) -> str:
    """All tables, as Markdown."""
    prices = PriceList()
    cold = cold_table(report.cold) if report.cold else NO_PACKAGE
    return "\n\n".join(
        (
            _opening(report),
            "### Paths and jobs",
            steps_table(report.steps),
            "### Filing several at once",
            per_item_table(report.steps),
            "### Cold starts",
            cold,
            "### Journeys",
            journeys_table(report.journeys),
            f"Prices of {prices.region} as of {prices.as_of}. {prices.caution}",
        )
    )


def _opening(report: Report) -> str:
    missed = ", ".join(report.missed) or "none"
    return (
        f"{report.now:%Y-%m-%d}, `{report.command}`, Python {platform.python_version()}; "
        f"medians of {report.pairs} pairs for each path and job, of {report.rounds} cold starts for each function. "
        f"Views and jobs that no journey meets: {missed}."
    )


def keep(report: Report, path: Path = KEPT) -> None:
    """Write the figures for programs to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {
        "command": report.command,
        "at": report.now.isoformat(),
        "python": platform.python_version(),
        "pairs": report.pairs,
        "rounds": report.rounds,
        "missed": list(report.missed),
        "steps": [_step(one) for one in report.steps],
        "cold_starts": [asdict(one) for one in report.cold],
        "journeys": [{**asdict(one), "total_usd_per_million": one.total_usd} for one in report.journeys],
    }
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _step(one: StepFigures) -> dict[str, Any]:
    return {
        "title": one.step.title,
        "function": one.step.function,
        "outcome": one.step.outcome,
        **asdict(one.step.units),
        "mails": one.step.mails,
        "raw_bytes": one.raw_bytes,
        "gzip_bytes": one.gzip_bytes,
        "log_bytes": one.step.log_bytes,
        "cpu_ms": asdict(one.cpu.own),
        "bare_cpu_ms": asdict(one.cpu.bare) if one.cpu.bare else None,
        "ratio": one.cpu.ratio,
    }


def write_document(report: Report, path: Path = DOCUMENT) -> None:
    """Put the tables between the marks of docs/bench.md; the words around them stay."""
    write_between(path, (BEGIN, END), as_text(report))


def write_between(path: Path, marks: tuple[str, str], figures: str) -> None:
    """Put figures between two marks of a document."""
    begin, end = marks
    before, found, rest = path.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{path} has no place for figures between {begin} and {end}")
    path.write_text(f"{before}{begin}\n\n{figures}\n\n{end}{after}", encoding="utf-8")

"""The figures as tables that read well on a console and in a document."""

from collections.abc import Sequence

from bench.cold import WATCHED, ColdFigures
from bench.costs import JourneyFigures
from bench.figures import StepFigures
from bench.timing import Spread

Row = Sequence[str]
_STEPS = (
    "path or job",
    "answer",
    "calls",
    "reads",
    "writes",
    "bytes",
    "gzip",
    "CPU ms",
    "(min–max)",
    "bare ms",
    "× bare",
)
_COLD = (
    "function",
    "CPU ms",
    "(min–max)",
    "× floor",
    "wall ms",
    "(min–max)",
    "× floor",
    "modules",
    *(f"{name} ms" for name in WATCHED),
    "peak MiB",
    "answer",
)
_JOURNEYS = (
    "journey",
    "requests",
    "jobs",
    "mails",
    "calls",
    "reads",
    "writes",
    "GB-s",
    "KB out",
    "USD a million",
    "DynamoDB",
    "Lambda",
    "gateway",
    "mail",
    "logs, traffic",
)


def table(titles: Row, rows: Sequence[Row]) -> str:
    """A Markdown table with aligned columns: words to the left, numbers to the right."""
    widths = [max(len(row[column]) for row in (titles, *rows)) for column in range(len(titles))]
    rule = [f"{'-' * (width - 1)}{'-' if column == 0 else ':'}" for column, width in enumerate(widths)]
    return "\n".join(_line(row, widths) for row in (titles, rule, *rows))


def _line(row: Row, widths: Sequence[int]) -> str:
    first, *others = [
        cell.rjust(width) if column else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "| " + " | ".join([first, *others]) + " |"


def steps_table(figures: Sequence[StepFigures]) -> str:
    """Paths and jobs."""
    return table(_STEPS, [_step_row(one) for one in figures])


def _step_row(one: StepFigures) -> Row:
    bare, ratio = one.cpu.bare, one.cpu.ratio
    units = one.step.units
    return (
        one.step.title,
        one.step.outcome,
        str(units.calls),
        f"{units.reads:g}",
        f"{units.writes:g}",
        str(one.raw_bytes),
        str(one.gzip_bytes),
        f"{one.cpu.own.middle:.2f}",
        _noise(one.cpu.own, 2),
        f"{bare.middle:.2f}" if bare else "–",
        f"{ratio:.1f}" if ratio else "–",
    )


def cold_table(figures: Sequence[ColdFigures]) -> str:
    """Cold starts; the floor stands first."""
    floor = figures[0]
    return table(_COLD, [_cold_row(one, floor) for one in figures])


def _cold_row(one: ColdFigures, floor: ColdFigures) -> Row:
    return (
        one.function,
        f"{one.cpu.middle:.0f}",
        _noise(one.cpu, 0),
        f"{one.cpu.middle / floor.cpu.middle:.2f}",
        f"{one.wall.middle:.0f}",
        _noise(one.wall, 0),
        f"{one.wall.middle / floor.wall.middle:.2f}",
        str(one.modules),
        *(f"{one.imports[name]:.0f}" if name in one.imports else "–" for name in WATCHED),
        f"{one.peak_mib:.0f}",
        one.answer,
    )


def journeys_table(figures: Sequence[JourneyFigures]) -> str:
    """What journeys cost."""
    return table(_JOURNEYS, [_journey_row(one) for one in figures])


def _journey_row(one: JourneyFigures) -> Row:
    bill, usd = one.bill, one.usd
    return (
        one.name,
        str(one.requests),
        str(one.jobs),
        f"{bill.mails:g}",
        str(one.calls),
        f"{bill.read_units:g}",
        f"{bill.write_units:g}",
        f"{bill.gb_seconds:.3f}",
        f"{bill.gb_out * 1_000_000:.1f}",
        f"{one.total_usd:.2f}",
        f"{usd['read_units'] + usd['write_units']:.2f}",
        f"{usd['invocations'] + usd['gb_seconds']:.2f}",
        f"{usd['api_requests']:.2f}",
        f"{usd['mails']:.2f}",
        f"{usd['gb_logged'] + usd['gb_out']:.2f}",
    )


def _noise(spread: Spread, digits: int) -> str:
    return f"({spread.least:.{digits}f}–{spread.most:.{digits}f})"

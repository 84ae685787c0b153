"""What one more application costs in a request that files several."""

from collections.abc import Sequence

from bench.figures import StepFigures
from bench.filings import AT_ONCE, MANY, ONE
from bench.tables import table

_TITLES = ("applications in one request", "calls", "reads", "writes", "CPU ms")


def per_item_table(figures: Sequence[StepFigures]) -> str:
    """The first, and each further one on the average."""
    costs = {one.step.title: _costs(one) for one in figures}
    first, many = costs[ONE], costs[MANY]
    further = [(all_of_them - one) / (AT_ONCE - 1) for one, all_of_them in zip(first, many, strict=True)]
    return table(_TITLES, [("the first", *map(_shown, first)), (f"each of {AT_ONCE - 1} more", *map(_shown, further))])


def _costs(one: StepFigures) -> Sequence[float]:
    units = one.step.units
    return (units.calls, units.reads, units.writes, one.cpu.own.middle)


def _shown(cost: float) -> str:
    return f"{cost:.2f}"

"""What was measured, in the form in which it is shown and kept."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass

from bench.journeys import Journey, all_steps
from bench.stage import Answer, Stage, Step
from bench.timing import Pair, time_step

_HEADER_SEPARATORS = 4


@dataclass(frozen=True)
class StepFigures:
    """One path or job with what it costs."""

    step: Step
    cpu: Pair

    @property
    def name(self) -> tuple[str, str]:
        """What tells it from other steps."""
        return name_of(self.step)

    @property
    def raw_bytes(self) -> int:
        """Bytes of the body."""
        return len(self.step.answer.body.encode()) if self.step.answer else 0

    @property
    def gzip_bytes(self) -> int:
        """Bytes of the body as the gateway compresses it."""
        return gzip_size(self.step.answer) if self.step.answer else 0


def name_of(step: Step) -> tuple[str, str]:
    """Title and outcome: the same step of two journeys is measured once."""
    return step.title, step.outcome


def gzip_size(answer: Answer) -> int:
    """Bytes of a body after gzip; nothing for nothing."""
    return len(gzip.compress(answer.body.encode(), mtime=0)) if answer.body else 0


def sent_bytes(answer: Answer, smallest_compressed: int) -> int:
    """Bytes that leave the gateway for a browser that takes gzip, headers included."""
    raw = len(answer.body.encode())
    pairs = ((name, line) for name, value in answer.headers.items() for line in _lines(value))
    headers = sum(len(name) + len(line) + _HEADER_SEPARATORS for name, line in pairs)
    return headers + (gzip_size(answer) if raw >= smallest_compressed else raw)


def _lines(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def measure_steps(stage: Stage, journeys: Iterable[Journey], pairs: int) -> list[StepFigures]:
    """Each different step of all journeys, pages before jobs."""
    different: dict[tuple[str, str], Step] = {}
    for step in all_steps(journeys):
        different.setdefault(name_of(step), step)
    return [StepFigures(step, time_step(stage, step, pairs)) for step in sorted(different.values(), key=_place)]


def _place(step: Step) -> tuple[bool, str, str]:
    """Pages by path, each with its form behind it, then jobs."""
    method, _, rest = step.title.partition(" ")
    return (step.answer is None, rest.partition(" ")[0] if step.answer else method, method)

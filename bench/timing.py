"""CPU time of a step, side by side with a bare Chalice view that answers the same bytes."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from chalice.app import Chalice, Response
from chalice.local import LambdaContext

from bench.stage import Stage, Step, answer_of

_WARM_UPS = 3
_MEMORY_MIB = 512


class AnswerChanged(Exception):
    """A step did not answer again as it did when it was recorded."""


@dataclass(frozen=True)
class Spread:
    """The noise around a figure: least, median, most."""

    least: float
    middle: float
    most: float


@dataclass(frozen=True)
class Pair:
    """CPU milliseconds of a step, and, for a page, of the bare view."""

    own: Spread
    bare: Spread | None

    @property
    def ratio(self) -> float | None:
        """How many times the bare view."""
        return self.own.middle / self.bare.middle if self.bare else None


def spread_of(values: list[float]) -> Spread:
    """Least, median and most of `values`."""
    return Spread(min(values), median(values), max(values))


def time_step(stage: Stage, step: Step, pairs: int) -> Pair:
    """Run the step and the bare view in turn, so that whatever slows one down slows down the other."""
    bare = _bare_view(step) if step.answer else None
    own_times, bare_times = [], []
    with no_collections():
        for turn in range(_WARM_UPS + pairs):
            own = own_time(stage, step)
            other = _bare_time(bare, step) if bare else 0.0
            if turn >= _WARM_UPS:
                own_times.append(own)
                bare_times.append(other)
    return Pair(spread_of(own_times), spread_of(bare_times) if bare else None)


def own_time(stage: Stage, step: Step) -> float:
    """CPU milliseconds of the step, whose answers of AWS are given from the tape."""
    run = stage.again(step)
    with stage.around.tape.giving(step.exchanges):
        taken, answered = _timed(run)
    if step.answer and answer_of(answered).status != step.answer.status:
        raise AnswerChanged(step.title)
    return taken


def _bare_time(bare: Chalice, step: Step) -> float:
    event, context = dict(step.event), LambdaContext("bare", _MEMORY_MIB)
    taken, answered = _timed(lambda: bare(event, context))
    if step.answer and answer_of(answered) != step.answer:
        raise AnswerChanged(f"bare view of {step.title}")
    return taken


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """CPU milliseconds, user and system, and what was answered."""
    gc.collect()
    started = time.process_time_ns()
    answered = run()
    return (time.process_time_ns() - started) / 1e6, answered


def _bare_view(step: Step) -> Chalice:
    """An application whose only view answers what the step answered."""
    app = Chalice("bare", configure_logs=False)
    answer, context = step.answer, step.event["requestContext"]

    def view(**_parameters: str) -> Response:
        assert answer  # noqa: S101 - jobs have no bare view
        return Response(answer.body, dict(answer.headers), answer.status)

    app.route(context["resourcePath"], methods=[context["httpMethod"]], content_types=[])(view)
    return app


@contextmanager
def no_collections() -> Iterator[None]:
    """No garbage collection in the middle of a run; what exists already is not looked at in between either."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()

"""Requests and jobs, played once against the emulator and noted with all that AWS answered."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalice.local import LambdaContext, LambdaEventConverter, RouteMatcher

from bench.surroundings import Surroundings
from bench.tape import Exchange
from bench.units import Units
from chalicelib.web.edge import Portal

_MEMORY_MIB = 512
_DYNAMODB = "DynamoDB"


@dataclass(frozen=True)
class Answer:
    """What a browser got."""

    status: int
    headers: Mapping[str, Any]
    body: str


@dataclass(frozen=True)
class Step:
    """One request or one run of a job. `function`: the Lambda function it belongs to; `answer` is None for a job."""

    title: str
    function: str
    event: Mapping[str, Any]
    now: datetime
    answer: Answer | None
    exchanges: tuple[Exchange, ...]
    units: Units
    log_bytes: int

    @property
    def mails(self) -> int:
        """How many mails it handed over."""
        return sum(not exchange.target.startswith(_DYNAMODB) for exchange in self.exchanges)

    @property
    def outcome(self) -> str:
        """The status, or that it is a job."""
        return str(self.answer.status) if self.answer else "job"


class Stage:
    """The application in its surroundings."""

    def __init__(self, app: Portal, around: Surroundings) -> None:
        self._app = app
        self.around = around
        self._converter = LambdaEventConverter(RouteMatcher(list(app.routes)), app.api.binary_types)

    def request(self, title: str, method: str, path: str, headers: dict[str, str], body: str | None) -> Step:
        """Play one request as the gateway would hand it over; as there, a body is text."""
        event = self._converter.create_lambda_event(method, path, headers)
        event["body"] = body
        event["requestContext"]["requestId"] = "00000000-0000-4000-8000-000000000000"
        return self._play(title, "", event)

    def job(self, title: str, function: str, event: dict[str, Any]) -> Step:
        """Play one run of a job."""
        return self._play(title, function, event)

    def again(self, step: Step) -> Callable[[], Any]:
        """The step, ready to be run once more; its clock is set, its answers are for the tape to give."""
        self.around.clock.now = step.now
        event, context = deepcopy(dict(step.event)), LambdaContext(step.function, _MEMORY_MIB)
        target = self._app if step.answer else self._app.handler_map[step.function]
        return lambda: target(event, context)

    def _play(self, title: str, function: str, event: dict[str, Any]) -> Step:
        around = self.around
        target = self._app.handler_map[function] if function else self._app
        kept = deepcopy(event)
        _taken(around.log)
        with around.tape.recording() as exchanges, around.ledger.adding() as ledger:
            answered = target(event, LambdaContext(function, _MEMORY_MIB))
            spent = ledger.total
        return Step(
            title=title,
            function=function or self._app.journal_entry.capability,
            event=kept,
            now=around.clock.now,
            answer=None if function else answer_of(answered),
            exchanges=tuple(exchanges),
            units=spent,
            log_bytes=_taken(around.log),
        )


def answer_of(answered: Mapping[str, Any]) -> Answer:
    """What the application gave to the gateway."""
    headers = {**answered["headers"], **answered.get("multiValueHeaders", {})}
    return Answer(answered["statusCode"], headers, answered["body"])


def _taken(log: Any) -> int:
    """Bytes of what was logged, which is forgotten."""
    size = len(log.getvalue().encode())
    log.seek(0)
    log.truncate()
    return size

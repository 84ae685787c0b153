"""Answers of AWS, recorded as HTTP and given again, so that the SDK's work counts and the emulator's does not."""

import io
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders


class TapeMismatch(Exception):
    """Something else was asked for than when the tape was made."""


@dataclass(frozen=True)
class Exchange:
    """One request to AWS and its answer. `target`: what DynamoDB calls the operation, else the path."""

    target: str
    asked: bytes
    status: int
    headers: dict[str, str]
    body: bytes


class Tape:
    """Listens at botocore's `before-send` and `response-received`."""

    def __init__(self) -> None:
        self._recorded: list[Exchange] | None = None
        self._to_give: deque[Exchange] | None = None
        self._asked = ("", b"")

    def attach(self, events: Any, name: str) -> None:
        """Listen to the events of a client, or of a session whose client of the service `name` is not made yet."""
        events.register_first(f"before-send.{name}", self._before_send)
        events.register(f"response-received.{name}", self._received)

    @contextmanager
    def recording(self) -> Iterator[list[Exchange]]:
        """Keep every exchange while this lasts."""
        self._recorded = []
        try:
            yield self._recorded
        finally:
            self._recorded = None

    @contextmanager
    def giving(self, exchanges: Sequence[Exchange]) -> Iterator[None]:
        """Answer with `exchanges`, in their order. Raises TapeMismatch when some were not asked for."""
        self._to_give = deque(exchanges)
        try:
            yield
            if self._to_give:
                raise TapeMismatch(f"never asked for: {self._to_give[0].target}")
        finally:
            self._to_give = None

    def _before_send(self, request: AWSPreparedRequest, **_: object) -> AWSResponse | None:
        if self._to_give is None:
            self._asked = (_target(request), _bytes(request.body))
            return None
        if not self._to_give or self._to_give[0].target != _target(request):
            raise TapeMismatch(_target(request))
        exchange = self._to_give.popleft()
        headers = HTTPHeaders()
        for name, value in exchange.headers.items():
            headers[name] = value
        return AWSResponse(request.url, exchange.status, headers, _Raw(exchange.body))

    def _received(self, response_dict: dict[str, Any] | None, **_: object) -> None:
        if self._recorded is None or response_dict is None:
            return
        headers = {str(name): str(value) for name, value in response_dict["headers"].items()}
        self._recorded.append(Exchange(*self._asked, response_dict["status_code"], headers, response_dict["body"]))


class _Raw(io.BytesIO):
    """A body the way botocore reads it."""

    def stream(self) -> Iterator[bytes]:
        yield self.read()


def _target(request: AWSPreparedRequest) -> str:
    named = request.headers.get("X-Amz-Target")
    return _text(named) if named else f"{request.method} {request.url.partition('amazonaws.com')[2]}"


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _bytes(body: object) -> bytes:
    return body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else b""

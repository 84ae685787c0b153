"""The HTTP side: sockets, requests as they come, answers as they leave. What they mean is `local.gateway`'s."""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import TCPServer, ThreadingMixIn

from local.voice import say_what_went_wrong

HOST = "127.0.0.1"
# What API Gateway takes; the portal itself takes less, and says so when it is given this much.
LARGEST_BODY_BYTES = 10 * 1024 * 1024
_MOST_SKIPPED_BYTES = 10 * LARGEST_BODY_BYTES
_BLOCK_BYTES = 64 * 1024
_LENGTH = re.compile(r"[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """A request; `path` with its query, as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None


@dataclass(frozen=True)
class Answered:
    """A response; a header may have several values."""

    status: int
    headers: Mapping[str, str | list[str]] = field(default_factory=dict)
    body: bytes = b""


class Listener(ThreadingMixIn, HTTPServer):
    """Listens from the beginning; whoever comes before `answer` is there, waits."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    answer: Callable[[Asked], Answered]

    def server_bind(self) -> None:
        """Bind without asking DNS for this machine's name, which takes seconds on some."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def _report(self, request: object, client_address: object) -> None:  # noqa: ARG002 - given by the standard library
        """A browser that went away is no news."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            say_what_went_wrong()

    handle_error = _report


def listen(port: int) -> Listener:
    """Take the port. Raises OSError."""
    return Listener((HOST, port), _Visit)


class _Refused(Exception):
    """A request that is not even looked at."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class _Visit(BaseHTTPRequestHandler):
    """One connection, which may bring several requests."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    server: Listener

    def _answer(self) -> None:
        try:
            body = self._body()
        except _Refused as refused:
            self.close_connection = True
            self.send_error(refused.status)
            return
        asked = Asked(self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        self._send(self.server.answer(asked))

    # Names that the standard library looks for.
    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _answer  # noqa: N815

    def _body(self) -> bytes | None:
        if "transfer-encoding" in self.headers:
            raise _Refused(HTTPStatus.LENGTH_REQUIRED)
        length = self.headers.get("content-length", "0")
        if not _LENGTH.fullmatch(length):
            raise _Refused(HTTPStatus.BAD_REQUEST)
        wanted = min(int(length), LARGEST_BODY_BYTES)
        body = self.rfile.read(wanted)
        if len(body) < wanted:
            raise ConnectionAbortedError
        self._skip(int(length) - wanted)
        return body or None

    def _skip(self, left: int) -> None:
        """Read what nobody wants: a client that is still sending would miss the answer, which is 413 anyway."""
        self.close_connection = self.close_connection or left > 0
        left = min(left, _MOST_SKIPPED_BYTES)
        while left > 0 and (block := self.rfile.read(min(left, _BLOCK_BYTES))):
            left -= len(block)

    def _send(self, answered: Answered) -> None:
        self.send_response(answered.status)
        for name, values in answered.headers.items():
            for value in values if isinstance(values, list) else [values]:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answered.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answered.body)

    def version_string(self) -> str:
        """Name no software and no version."""
        return "Madoguchi"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - given by the standard library
        """Say nothing: `local.gateway` prints one line a request."""

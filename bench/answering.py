"""A server on this machine that gives recorded answers of AWS to a fresh interpreter."""

import json
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bench.tape import Exchange

_PARAMETERS = "AmazonSSM.GetParametersByPath"
_LEFT_OUT = frozenset({"content-length", "connection", "transfer-encoding", "date", "server"})
_NOTHING = Exchange("", b"", 200, {"Content-Type": "application/x-amz-json-1.0"}, b"{}")


class Answering:
    """What will be given next; `secrets` are the parameters that a function reads once."""

    def __init__(self, address: str, secrets: dict[str, str]) -> None:
        self.address = address
        self._secrets = json.dumps({"Parameters": [{"Name": f"/{n}", "Value": v} for n, v in secrets.items()]}).encode()
        self._left: deque[Exchange] = deque()

    def prepare(self, exchanges: Sequence[Exchange]) -> None:
        """Give these, in their order; behind them, nothing found."""
        self._left = deque(exchanges)

    @property
    def left(self) -> int:
        """How many were not asked for."""
        return len(self._left)

    def next(self, target: str) -> Exchange:
        """The answer to a request."""
        if target == _PARAMETERS:
            return Exchange(target, b"", 200, {"Content-Type": "application/x-amz-json-1.1"}, self._secrets)
        return self._left.popleft() if self._left else _NOTHING


@contextmanager
def answering(secrets: dict[str, str]) -> Iterator[Answering]:
    """Serve on a free port while this lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Door)
    server.daemon_threads = True
    made = Answering(f"http://127.0.0.1:{server.server_port}", secrets)
    server.answering = made  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        given: Exchange = self.server.answering.next(self.headers.get("X-Amz-Target", ""))  # type: ignore[attr-defined]
        self.send_response_only(given.status)
        for name, value in given.headers.items():
            if name.lower() not in _LEFT_OUT:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(given.body)))
        self.end_headers()
        self.wfile.write(given.body)

    def log_message(self, *_: Any) -> None:
        """The console belongs to the figures."""

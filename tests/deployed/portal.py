"""The deployed portal, as the journeys of `tests/pages` know a portal: the same steps, now over HTTP."""

import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from app import app
from tests.deployed.emulator import Emulator
from tests.deployed.tables import rows_of
from tests.pages.portal import OpenPortal, route_of

_PATIENCE_SECONDS = 40
_ANSWER_SECONDS = 30
_NOWHERE = frozenset({403, 404})


@dataclass
class DeployedPortal(OpenPortal):
    """`api`: the id of the REST API; its paths lead to the functions that the package declares."""

    emulator: Emulator | None = None
    stack: str = ""
    api: str = ""
    mails_seen: list[dict[str, Any]] = field(default_factory=list)
    known: dict[str, bool] = field(default_factory=dict)

    @property
    def aws(self) -> Emulator:
        """Where it is deployed."""
        assert self.emulator is not None
        return self.emulator

    def answer(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, Any], str]:
        """One request by way of the gateway, under the stage prefix."""
        place = urlsplit(self.aws.url)
        assert place.hostname
        gateway = http.client.HTTPConnection(place.hostname, place.port, timeout=_ANSWER_SECONDS)
        try:
            gateway.request(method, f"/restapis/{self.api}/api/_user_request_{path}", body, dict(headers))
            response = gateway.getresponse()
            text = response.read().decode()
        finally:
            gateway.close()
        self.lines.append({"outcome": str(response.status)})
        return response.status, _gathered(response.getheaders()), text

    def deliver_letters(self) -> None:
        """Wait until the stream has woken the mailer and the newest letter has left."""
        before = len(self.mails_seen)
        until = time.monotonic() + _PATIENCE_SECONDS
        while len(self.aws.mails()) <= before:
            assert time.monotonic() < until, "no mail was sent"
            time.sleep(0.2)
        self.mails_seen.extend(self.aws.mails()[before:])

    def settle(self) -> None:
        """Wait until no letter waits any more: each is sent or given up."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while any(row["state"]["S"] == "waiting" for row in rows_of(self.aws, self.stack, "letters")):
            assert time.monotonic() < until, "a letter waits for ever"
            time.sleep(0.2)

    def newest_link(self) -> str:
        """The path, without stage prefix, of the link in the newest mail."""
        address = self.settings.absolute_url("/confirmation?key=")
        text = next(mail["BodyText"] for mail in reversed(self.mails_seen) if address in mail["BodyText"])
        key = text.partition(address)[2].split()[0]
        self.discretion.tokens.add(key)
        return f"/confirmation?key={key}"

    def tell(self, event: Any) -> None:
        """Let the mail service tell what became of a letter."""
        self.run("feedback", event)

    def run(self, function: str, event: Any) -> Any:
        """Call one function as AWS would; an error in it fails the test."""
        called = self.aws.client("lambda").invoke(
            FunctionName=f"{self.stack}-{function}", Payload=json.dumps(event).encode()
        )
        answered = json.loads(called["Payload"].read() or b"null")
        assert "FunctionError" not in called, answered
        return answered

    def _leads_to(self, target: str, method: str) -> bool:
        """Whether the gateway finds an address; each GET is visited."""
        route = route_of(urlsplit(target).path)
        if method != "GET":
            return method in app.routes.get(route, {})
        if target not in self.known:
            self.known[target] = self.answer("GET", target, {}, b"")[0] not in _NOWHERE
            del self.lines[-1]
        return self.known[target]


def _gathered(headers: list[tuple[str, str]]) -> dict[str, Any]:
    """What the gateway passed on; the emulator adds headers of its own. Those that stand twice are lists."""
    gathered: dict[str, list[str]] = {}
    for name, value in headers:
        if not name.lower().startswith(("x-amz", "date")):
            gathered.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in gathered.items()}

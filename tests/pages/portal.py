"""A portal opened for one test: the whole app in a world of which the test holds every part."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from chalice.local import LambdaEventConverter, RouteMatcher
from chalice.test import Client

from app import app
from chalicelib import wiring
from chalicelib.domain.letters import Letter
from chalicelib.mail.rendering import LetterWords, LetterWriter
from chalicelib.ports import Begin
from chalicelib.settings import Settings, load_settings
from chalicelib.signing.forms import FormTokens
from chalicelib.signing.links import SignedLinks
from chalicelib.wiring import World
from tests.fakes.outside import Clock, FakeChance, FakeSender
from tests.fakes.store import FakeStore
from tests.fakes.world import Surroundings as FakeSurroundings
from tests.jobs.events import schedule
from tests.pages.discretion import Discretion
from tests.pages.served import Surroundings

LOCAL = "http://127.0.0.1:8000"
BEHIND_A_STAGE = "https://portal.example.jp/api"
REQUEST_ID = "d2f5a1c8-0000-4000-8000-1a2b3c4d5e6f"

_client = Client(app)
_routes = RouteMatcher(list(app.routes))
_events = LambdaEventConverter(_routes)
_reached: dict[tuple[str, str], bool] = {}
_LEADS_NOWHERE = frozenset({"404", "405", "500"})


@dataclass
class ReadingSender(FakeSender):
    """Keeps the letters and, as their readers do, reads them."""

    writer: LetterWriter | None = None
    read: list[LetterWords] = field(default_factory=list)

    def send(self, letter: Letter) -> str:
        """Note the letter and its words."""
        message_id = super().send(letter)
        if self.writer:
            self.read.append(self.writer.words_of(letter))
        return message_id


@dataclass
class OpenPortal:
    """`lines`: what was logged. `discretion`: what must never be. `begin`: another store than the one in memory."""

    settings: Settings
    store: FakeStore = field(default_factory=FakeStore)
    clock: Clock = field(default_factory=Clock)
    chance: FakeChance = field(default_factory=FakeChance)
    sender: ReadingSender = field(default_factory=ReadingSender)
    lines: list[Mapping[str, Any]] = field(default_factory=list)
    discretion: Discretion = field(default_factory=Discretion)
    begin: Begin | None = None

    def __post_init__(self) -> None:
        self.sender.writer = LetterWriter(self.settings, SignedLinks(self.settings))

    def world(self) -> World:
        """What the app runs in."""
        fake = FakeSurroundings(self.clock, self.chance, self.sender, self.lines).world(self.begin or self.store.begin)
        links, forms = SignedLinks(self.settings), FormTokens(self.settings)
        return replace(fake, settings=self.settings, links=links, forms=forms)

    def answer(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, Any], str]:
        """Status, headers and body of one request, as a browser gets them."""
        response = _client.http.request(method, path, headers=dict(headers), body=body)
        return response.status_code, response.headers, response.body.decode()

    def answer_event(self, method: str, path: str, headers: Mapping[str, str], **event: Any) -> dict[str, Any]:
        """The answer to one event, with parts that only API Gateway gives."""
        made: Any = _events.create_lambda_event(method, path, dict(headers), b"")
        made["requestContext"]["requestId"] = REQUEST_ID
        answered: dict[str, Any] = app({**made, **event}, None)
        return answered

    def deliver_letters(self) -> None:
        """Let the mailer send all that is waiting."""
        _client.lambda_.invoke("sweep", schedule())

    def tell(self, event: Any) -> None:
        """Let the mail service tell what became of a letter."""
        _client.lambda_.invoke("feedback", event)

    def newest_link(self) -> str:
        """The path, without stage prefix, of the link in the newest letter."""
        address = f"{self.settings.base_url}/confirmation?key="
        text = next(words.text for words in reversed(self.sender.read) if address in words.text)
        key = text.partition(address)[2].split()[0]
        self.discretion.tokens.add(key)
        return f"/confirmation?key={key}"

    def surroundings(self) -> Surroundings:
        """What the page checker has to know."""
        return Surroundings(
            prefix=self.settings.base_path,
            has_tls=self.settings.has_tls,
            service_names=frozenset({self.settings.service_name, self.settings.service_name_en}),
            leads_to=self._leads_to,
            typed=frozenset(self.discretion.converted()),
            secrets=frozenset(self.discretion.never_shown()),
        )

    def _leads_to(self, target: str, method: str) -> bool:
        """Whether an address is served. Each is visited once by somebody without cookies."""
        path = urlsplit(target).path
        route = route_of(path)
        if method not in app.routes.get(route, {}):
            return False
        key = (self.settings.base_url, path)
        if method == "GET" and key not in _reached:
            _reached[key] = self._outcome_of_visiting(target) not in _LEADS_NOWHERE
        return method != "GET" or _reached[key]

    def _outcome_of_visiting(self, target: str) -> str:
        """In a world of its own, so that this one is left as it is."""
        ours = wiring.world()
        with opened(self.settings.base_url) as elsewhere:
            elsewhere.answer("GET", target, {}, b"")
        wiring.use(ours)
        return str(elsewhere.lines[-1]["outcome"])

    def require_discretion(self, printed: str) -> None:
        """Nothing that was logged or printed names a person or opens anything."""
        told = json.dumps(self.lines, ensure_ascii=False, default=str) + printed
        assert not [canary for canary in self.discretion.never_logged() if canary in told]


def route_of(path: str) -> str:
    """The pattern that serves a path; empty without one."""
    try:
        return str(_routes.match_route(path).route)
    except ValueError:
        return ""


@contextmanager
def opened(base_url: str, begin: Begin | None = None) -> Iterator[OpenPortal]:
    """The app in a world of this test's own, under one address."""
    portal = OpenPortal(load_settings({**os.environ, "BASE_URL": base_url}), begin=begin)
    wiring.use(portal.world())
    try:
        yield portal
    finally:
        wiring.use(None)

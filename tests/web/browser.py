"""A browser that keeps cookies, in front of views that are called without an app."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chalicelib.domain.accounts import Account
from chalicelib.domain.sessions import Session
from chalicelib.web.answers import Answer
from chalicelib.web.journal import Entry
from chalicelib.web.requests import PageRequest
from chalicelib.web.sessions import hand_out
from chalicelib.wiring import World
from tests.builders import a_session, an_account
from tests.fakes.store import FakeStore
from tests.fakes.world import Surroundings

VISITOR = f"visitor-{1:024d}"


@dataclass
class Browser:
    """Its cookies, and the world that it looks at."""

    store: FakeStore = field(default_factory=FakeStore)
    around: Surroundings = field(default_factory=Surroundings)
    cookies: dict[str, str] = field(default_factory=dict)
    visitor: str = VISITOR

    @property
    def world(self) -> World:
        """Everything on its store."""
        return self.around.world(self.store.begin)

    def request(self, method: str = "GET", path: str = "/mypage", **other: Any) -> PageRequest:
        """A request of this browser, now."""
        parts: dict[str, Any] = {"query": {}, "headers": {}, "form": {}, **other}
        return PageRequest(
            world=self.world,
            now=self.around.clock.now,
            method=method,
            path=path,
            cookies=dict(self.cookies),
            language="ja",
            text_size="medium",
            visitor=self.visitor,
            entry=Entry("mypage", "view"),
            **parts,
        )

    def take(self, request: PageRequest) -> None:
        """Keep the cookies that came with the answer."""
        for cookie in request.to_set.values():
            if cookie.max_age == 0:
                self.cookies.pop(cookie.name, None)
            else:
                self.cookies[cookie.name] = cookie.value

    def ask(self, view: Callable[..., Answer], request: PageRequest, **parameters: str) -> Answer:
        """The view's answer, its cookies kept."""
        answer = view(request, **parameters)
        self.take(request)
        return answer

    def sign_in(self, session: Session | None = None) -> Account:
        """Be signed in to `an_account()`."""
        session = session or a_session(born_at=self.around.clock.now)
        account = self.store.rows.accounts.setdefault(session.id_suffix, an_account(id_suffix=session.id_suffix))
        self.store.rows.sessions[session.name] = session
        request = self.request()
        hand_out(request, session)
        self.take(request)
        return account

"""Pages of the counter: who is signed in there, and how long."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.code_refusals import AnotherOfficer
from chalicelib.domain.officers import CounterMark, CounterSession, Officer
from chalicelib.domain.sessions import session_end
from chalicelib.web.answers import SeeOther
from chalicelib.web.cookies import Cookie
from chalicelib.web.presence import Presence, guarded_by
from chalicelib.web.requests import PageRequest

COUNTER, SIGN_IN = "/counter", "/counter/login"
_SESSION = "counter"


@dataclass(frozen=True)
class OnDuty(Presence):
    """Which officer, and how long without another request."""

    session: CounterSession
    officer: Officer
    ends_at: datetime
    now: datetime
    kind = "officer"
    session_path = "/counter/session"
    sign_out_path = "/counter/logout"

    @property
    def owner(self) -> str:
        """The officer's ID, which forms carry along."""
        return self.officer.officer_id

    @property
    def label(self) -> str:
        """The same, for people."""
        return self.officer.officer_id

    @property
    def kept_until(self) -> datetime:
        """When the session ends at the latest."""
        return self.session.kept_until


def current_duty(request: PageRequest) -> OnDuty | None:
    """The session of this browser, prolonged; None when there is none that counts."""
    mark = request.world.counter_marks.read(request.cookies.get(_SESSION, ""))
    if mark is None:
        return None
    with request.world.begin() as work:
        found = work.officers.find_session(mark.name, mark.officer_id)
    if found is None or not found[0].is_alive(found[1], mark.seen_at, request.now):
        return None
    hand_out(request, found[0])
    return OnDuty(*found, session_end(found[0].born_at, request.now), request.now)


on_duty = guarded_by(current_duty, lambda _: SeeOther(SIGN_IN), AnotherOfficer)
"""For views `(request, duty, **parameters)`: whoever is not signed in comes to the sign-in."""


def hand_out(request: PageRequest, session: CounterSession) -> None:
    """Let the browser keep the session until it closes, seen now."""
    mark = CounterMark(session.name, session.officer_id, request.now)
    request.set(Cookie(_SESSION, request.world.counter_marks.written(mark)))


def take_back(request: PageRequest) -> None:
    """Let the browser forget the session."""
    request.set(Cookie(_SESSION, "", max_age=0))

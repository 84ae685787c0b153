"""Pages of the counter: who is signed in there, and how long."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps

from chalicelib.domain.code_refusals import AnotherOfficer
from chalicelib.domain.officers import CounterMark, CounterSession, Officer
from chalicelib.domain.sessions import SESSION_WARNING, session_end
from chalicelib.web.answers import Answer, Page, SeeOther
from chalicelib.web.cookies import Cookie
from chalicelib.web.requests import PageRequest

COUNTER, SIGN_IN = "/counter", "/counter/login"
_SESSION = "counter"


@dataclass(frozen=True)
class OnDuty:
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
    def seconds_left(self) -> int:
        """Seconds until the session ends."""
        return int((self.ends_at - self.now).total_seconds())

    @property
    def warning_seconds(self) -> int:
        """How many seconds before that the dialog opens."""
        return int(SESSION_WARNING.total_seconds())

    @property
    def can_go_on(self) -> bool:
        """Whether another request would prolong it."""
        return self.ends_at < self.session.kept_until


View = Callable[..., Answer]


def on_duty(view: View) -> View:
    """For views `(request, duty, **parameters)`: whoever is not signed in comes to the sign-in."""

    @wraps(view)
    def guarded(request: PageRequest, **parameters: str) -> Answer:
        duty = current_duty(request)
        if duty is None:
            return SeeOther(SIGN_IN)
        if request.method == "POST" and request.form.get("signed_in_as") != duty.owner:
            raise AnotherOfficer
        answer = view(request, duty, **parameters)
        if isinstance(answer, Page):
            return replace(answer, context={**answer.context, "signed": duty}, connects=True)
        return answer

    return guarded


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


def hand_out(request: PageRequest, session: CounterSession) -> None:
    """Let the browser keep the session until it closes, seen now."""
    mark = CounterMark(session.name, session.officer_id, request.now)
    request.set(Cookie(_SESSION, request.world.counter_marks.written(mark)))


def take_back(request: PageRequest) -> None:
    """Let the browser forget the session."""
    request.set(Cookie(_SESSION, "", max_age=0))

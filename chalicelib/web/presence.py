"""Being let in, whoever it is: how long that lasts, and the one guard before the pages behind a door."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import TypeVar

from chalicelib.domain.refusals import Refusal
from chalicelib.domain.sessions import SESSION_WARNING
from chalicelib.web.answers import Answer, Facts, Page, SeeOther
from chalicelib.web.requests import PageRequest

View = Callable[..., Answer]


class Presence:
    """Somebody who was let in. `ends_at` is when that ends without another request.

    For templates also: `kind`, `session_path` and `sign_out_path`, which say whose door it was, and `label`.
    """

    ends_at: datetime
    now: datetime

    @property
    def owner(self) -> str:
        """Whom or what the pages are about; their forms carry it along."""
        raise NotImplementedError

    @property
    def kept_until(self) -> datetime:
        """When it ends at the latest."""
        raise NotImplementedError

    @property
    def seconds_left(self) -> int:
        """Seconds until it ends."""
        return int((self.ends_at - self.now).total_seconds())

    @property
    def warning_seconds(self) -> int:
        """How many seconds before that the dialog opens."""
        return int(SESSION_WARNING.total_seconds())

    @property
    def can_go_on(self) -> bool:
        """Whether another request would prolong it: not when its longest time ends first."""
        return self.ends_at < self.kept_until


_Present = TypeVar("_Present", bound=Presence)


def guarded_by(
    current: Callable[[PageRequest], _Present | None],
    ask_first: Callable[[PageRequest], SeeOther],
    another: type[Refusal],
) -> Callable[[View], View]:
    """A guard for views `(request, present, **parameters)`.

    Whom `current` does not know is led where `ask_first` says; a form that was made for somebody else is refused.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: PageRequest, **parameters: str) -> Answer:
            present = current(request)
            if present is None:
                return ask_first(request)
            if request.method == "POST" and request.form.get("signed_in_as") != present.owner:
                raise another
            answer = view(request, present, **parameters)
            if isinstance(answer, Page):
                return replace(answer, context={**answer.context, "signed": present}, connects=True)
            return answer

        return guarded

    return guard


def time_left(present: Presence | None) -> Facts:
    """For the dialog's script: how long it lasts from now, 0 when it is over."""
    if present is None:
        return Facts({"seconds_left": 0}, 401)
    return Facts({"seconds_left": present.seconds_left, "can_go_on": present.can_go_on})

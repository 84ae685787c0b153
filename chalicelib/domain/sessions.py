"""Being signed in to My Page (spec: security.md, rule 10)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.sign_ins import SignIn

SESSION_IDLE = timedelta(minutes=30)
SESSION_LONGEST = timedelta(hours=8)
SESSION_WARNING = timedelta(minutes=2)


def session_end(born_at: datetime, seen_at: datetime) -> datetime:
    """The first moment at which a session of that birth and last request no longer counts."""
    return min(seen_at + SESSION_IDLE, born_at + SESSION_LONGEST)


@dataclass(frozen=True)
class Session:
    """One browser, signed in.

    `name` is the random name that only the browser's cookie holds (stored as a digest). `epoch` is the account's at
    sign-in: the session is dead once the account's moves on. `recent` are the tries before this sign-in, newest first.
    """

    name: str
    id_suffix: str
    epoch: int
    born_at: datetime
    recent: tuple[SignIn, ...] = ()

    @property
    def kept_until(self) -> datetime:
        """When the session ends at the latest."""
        return self.born_at + SESSION_LONGEST

    def is_alive(self, epoch: int, seen_at: datetime, now: datetime) -> bool:
        """Whether it counts: the account's `epoch` is still the same and neither of its ends has come."""
        return self.epoch == epoch and now < session_end(self.born_at, seen_at)


@dataclass(frozen=True)
class SessionMark:
    """What a session's cookie says: its name, whose it is, and when its browser last asked for something."""

    name: str
    id_suffix: str
    seen_at: datetime

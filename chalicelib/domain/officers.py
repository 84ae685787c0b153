"""職員: who works at an office's counter."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.sessions import SESSION_IDLE, SESSION_LONGEST


class Role(StrEnum):
    """What an officer may do. CLERK: hand over. EXAMINER: also approve enrolments and new passwords."""

    CLERK = "clerk"
    EXAMINER = "examiner"


@dataclass(frozen=True)
class Officer:
    """職員. `totp_secret` in base32; `totp_step` is the last time step whose code was used, so that none is twice."""

    officer_id: str
    office: str
    role: Role
    password_hash: str
    totp_secret: str
    totp_step: int = 0
    is_active: bool = True
    epoch: int = 1

    @property
    def may_approve(self) -> bool:
        """Whether the officer may check papers."""
        return self.role is Role.EXAMINER

    def signed_in(self, step: int) -> "Officer":
        """The officer once a code of that step was used."""
        return replace(self, totp_step=step)


OFFICER_ID = re.compile(r"[A-Z0-9]{8}", re.ASCII)
"""職員ID: eight capitals and digits, given out by the operator."""


@dataclass(frozen=True)
class CounterMark:
    """What a counter session's cookie says: its name, whose it is, and when its browser last asked for something."""

    name: str
    officer_id: str
    seen_at: datetime


@dataclass(frozen=True)
class CounterSession:
    """One officer at one counter. `epoch` is the officer's at sign-in; it dies when that moves on."""

    name: str
    officer_id: str
    epoch: int
    born_at: datetime

    @property
    def kept_until(self) -> datetime:
        """When it ends at the latest."""
        return self.born_at + SESSION_LONGEST

    def is_alive(self, officer: Officer, seen_at: datetime, now: datetime) -> bool:
        """Whether it still counts: the officer is still one, and neither of its ends has come."""
        ends_at = min(seen_at + SESSION_IDLE, self.kept_until)
        return officer.is_active and officer.epoch == self.epoch and now < ends_at

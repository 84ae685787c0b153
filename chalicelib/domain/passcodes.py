"""ワンタイムパスコード: a mailed code that opens an application instead of its password (spec: applications.md)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

PASSCODE_DIGITS = 8
PASSCODE_LIFETIME = timedelta(minutes=10)
PASSCODES_AN_HOUR = 5


@dataclass(frozen=True)
class Addressee:
    """To whom a passcode goes: the application's notification address, in the language it was filed in."""

    address: str
    language: str


@dataclass(frozen=True)
class Passcode:
    """The newest passcode of an application number, whether or not it is anybody's.

    `digest`: of the code; "" once it was used, and where there is nobody to send one to. `issued`: how many were asked
    for in the hour of the clock that began at `hour`.
    """

    application_number: str
    digest: str
    expires_at: datetime
    hour: datetime
    issued: int

    def is_good(self, digest: str, now: datetime) -> bool:
        """Whether it is the code, in time and not used."""
        return bool(self.digest) and self.digest == digest and now < self.expires_at

    def used(self) -> "Passcode":
        """The passcode once it let somebody in."""
        return replace(self, digest="")


def next_passcode(before: Passcode | None, number: str, digest: str, now: datetime) -> Passcode | None:
    """The next one; None when as many were asked for in this hour as may be."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    issued = before.issued + 1 if before and before.hour == hour else 1
    return Passcode(number, digest, now + PASSCODE_LIFETIME, hour, issued) if issued <= PASSCODES_AN_HOUR else None

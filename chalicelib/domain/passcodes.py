"""ワンタイムパスコード: a mailed code that opens an application instead of its password (spec: applications.md)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

PASSCODE_DIGITS = 8
PASSCODE_LIFETIME = timedelta(minutes=10)
PASSCODES_AN_HOUR = 5


@dataclass(frozen=True)
class Addressee:
    """To whom a passcode may go: the application's notification address, in the language it was filed in."""

    address: str
    language: str


@dataclass(frozen=True)
class Passcode:
    """The newest passcode of an application number.

    What strangers ask for, who do not know its notification address, stands apart (`is_decoy`), so that they neither
    use up what the applicant may ask for nor replace it. `digest`: of the code and the browser that asked for it; ""
    once it was used, and of decoys. `issued`: how many were asked for in the hour of the clock that began at `hour`.
    """

    application_number: str
    digest: str
    expires_at: datetime
    hour: datetime
    issued: int
    is_decoy: bool = False

    def is_good(self, digest: str, now: datetime) -> bool:
        """Whether it is the code, in time and not used."""
        return bool(self.digest) and self.digest == digest and now < self.expires_at

    def used(self) -> "Passcode":
        """The passcode once it let somebody in."""
        return replace(self, digest="")


def next_passcode(before: Passcode | None, number: str, digest: str, now: datetime) -> Passcode | None:
    """The next one, a decoy when `digest` is ""; None when as many were asked for in this hour as may be."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    issued = before.issued + 1 if before and before.hour == hour else 1
    if issued > PASSCODES_AN_HOUR:
        return None
    return Passcode(number, digest, now + PASSCODE_LIFETIME, hour, issued, is_decoy=not digest)

"""二次元コード: what it is for, how long it is good, and what became of it (manual 2; spec: qr-codes.md)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.procedures import Procedure

SHOWN_FOR = timedelta(minutes=30)
"""How long the browser that issued a code may look at it again."""

VISIT = timedelta(minutes=30)
"""How long an office may go on handing over to a receiver whose code it took."""


class Purpose(StrEnum):
    """使用目的: 新規登録用, 認証用, パスワード変更用, 受取者認証兼受取車両個別申告用."""

    ENROLMENT = "enrolment"
    AUTHENTICATION = "authentication"
    PASSWORD_CHANGE = "password_change"  # noqa: S105 - a purpose, not a password
    SINGLE_VEHICLE = "single_vehicle"

    @property
    def lifetime(self) -> timedelta | None:
        """How long a code is good; None: until what it is for was handed over."""
        return _LIFETIMES[self]

    @property
    def is_about_receivers(self) -> bool:
        """Whether somebody's name and password stand behind it."""
        return self is not Purpose.SINGLE_VEHICLE


_LIFETIMES = {
    Purpose.ENROLMENT: timedelta(days=90),
    Purpose.AUTHENTICATION: timedelta(days=30),
    Purpose.PASSWORD_CHANGE: timedelta(days=90),
    Purpose.SINGLE_VEHICLE: None,
}
RECEIVER_PURPOSES = tuple(purpose for purpose in Purpose if purpose.is_about_receivers)


@dataclass(frozen=True)
class CodeSays:
    """What a code itself carries: nothing about who, and no secret."""

    purpose: Purpose
    lookup_key: str
    issued_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True)
class Redemption:
    """Where, when and by whom a code was used."""

    at: datetime
    office: str
    officer_id: str


@dataclass(frozen=True)
class QrCode:
    """二次元コード, as the service keeps it.

    `receiver_name` as it was typed and `credential` (see `receivers`) for codes about receivers; `procedure` for
    認証用; `application_number` for a single vehicle's. `shown_to`: digest of the browser's name that may look at it.
    """

    lookup_key: str
    purpose: Purpose
    issued_at: datetime
    expires_at: datetime | None
    receiver_name: str = ""
    credential: str = ""
    procedure: Procedure | None = None
    application_number: str | None = None
    shown_to: str = ""
    redemption: Redemption | None = None
    revoked_at: datetime | None = None

    @property
    def says(self) -> CodeSays:
        """What is printed."""
        return CodeSays(self.purpose, self.lookup_key, self.issued_at, self.expires_at)

    def is_expired(self, now: datetime) -> bool:
        """Whether its time is over: good while now < expires_at."""
        return self.expires_at is not None and now >= self.expires_at

    def is_shown_to(self, browser: str, now: datetime) -> bool:
        """Whether the browser of that digest may still look at it."""
        return self.shown_to == browser and now < self.issued_at + SHOWN_FOR

    def is_open_at(self, office: str, now: datetime) -> bool:
        """Whether it was not used yet, or the visit in which this office took it still lasts."""
        if self.redemption is None:
            return True
        is_visit = self.purpose is Purpose.AUTHENTICATION and self.redemption.office == office
        return is_visit and now < self.redemption.at + VISIT

    def redeemed(self, redemption: Redemption) -> "QrCode":
        """The code once it was used; the first use stays."""
        return self if self.redemption else replace(self, redemption=redemption)

    def revoked(self, now: datetime) -> "QrCode":
        """The code once it counts no more."""
        return self if self.revoked_at else replace(self, revoked_at=now)

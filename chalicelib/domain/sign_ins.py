"""ログイン履歴: when somebody tried to sign in, from where, and how that ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SIGN_INS_KEPT = timedelta(days=90)
BROWSER_KEPT = timedelta(days=365)


class SignInResult(StrEnum):
    """How a try ended. LOCKED is one of many: tries at a locked ID are kept once an hour."""

    SIGNED_IN = "signed_in"
    PASSWORD_EXPIRED = "password_expired"  # noqa: S105 - a result, not a password
    WRONG_PASSWORD = "wrong_password"  # noqa: S105
    LOCKED = "locked"


@dataclass(frozen=True)
class Origin:
    """From where: the beginning of the network address ("203.0.113.x"), browser and system ("Firefox", "Windows")."""

    network: str = ""
    browser: str = ""
    system: str = ""


@dataclass(frozen=True)
class SignIn:
    """One try."""

    at: datetime
    result: SignInResult
    origin: Origin

    @property
    def kept_until(self) -> datetime:
        """When it is forgotten."""
        return self.at + SIGN_INS_KEPT


@dataclass(frozen=True)
class SignInPage:
    """Some tries, newest first; `after` continues the list, None when that was all."""

    sign_ins: tuple[SignIn, ...]
    after: str | None

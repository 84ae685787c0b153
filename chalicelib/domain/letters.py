"""通知メール: an outgoing mail, from the moment it is decided until its fate is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

LEASE = timedelta(minutes=2)
LETTER_KEPT = timedelta(days=30)
_WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)


class LetterName(StrEnum):
    """Which letter it is; `templates/mail/<value>/` holds its words."""

    REGISTRATION_LINK = "registration_link"
    ADDRESS_FULL = "address_full"
    REGISTRATION_COMPLETED = "registration_completed"
    PASSWORD_RESET_LINK = "password_reset_link"  # noqa: S105 - a letter, not a password
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    ADDRESS_LINK = "address_link"
    ADDRESS_CHANGE_ASKED = "address_change_asked"
    ADDRESS_CHANGED = "address_changed"
    DEBIT_ACCOUNT_CHANGED = "debit_account_changed"
    NEW_BROWSER = "new_browser"
    APPLICATION_FILED = "application_filed"
    APPLICATION_CHANGED = "application_changed"
    APPLICATION_REMINDER = "application_reminder"
    APPLICATION_PASSCODE = "application_passcode"


class LetterState(StrEnum):
    """WAITING until it is handed to the mail service; PARKED when only a person can help.

    WITHHELD: never to be sent, and addressed to nobody. It is stored so that an answer which must not tell whether
    there is anybody to write to costs the same either way.
    """

    WAITING = "waiting"
    WITHHELD = "withheld"
    SENT = "sent"
    PARKED = "parked"


class Delivery(StrEnum):
    """What became of a letter, as far as the mail service told; later ones say more.

    DEFERRED: the reader's mail server refused it for the time being (a full box, an answering machine).
    """

    WAITING = "waiting"
    DEFERRED = "deferred"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    PARKED = "parked"

    @property
    def is_bad_news(self) -> bool:
        """Whether the letter did not reach its reader, or was not welcome."""
        return self in {Delivery.DEFERRED, Delivery.BOUNCED, Delivery.COMPLAINED, Delivery.PARKED}

    def is_news_after(self, earlier: "Delivery") -> bool:
        """Whether this adds to what is known: it stands behind it in the order above, so that bad news stays."""
        known = list(Delivery)
        return known.index(self) > known.index(earlier)

    def overwrites(self) -> list["Delivery"]:
        """What may be known already for this to be news."""
        return [earlier for earlier in Delivery if self.is_news_after(earlier)]


@dataclass(frozen=True)
class Letter:
    """通知メール: one recipient, the name of its words, and the facts they need.

    `facts` are short strings; links are not among them, they are made when the letter is sent.
    `about` is the registration the letter belongs to, so that its fate can be shown there.
    """

    letter_id: str
    name: LetterName
    to: str
    language: str
    posted_at: datetime
    facts: Mapping[str, str] = field(default_factory=dict)
    about: str | None = None
    state: LetterState = LetterState.WAITING
    tries: int = 0
    delivery: Delivery = Delivery.WAITING


def next_try_after(tries: int, now: datetime) -> datetime | None:
    """When to try again after `tries` failures; None when it is time to park the letter."""
    return now + _WAITS[tries - 1] if tries <= len(_WAITS) else None


def moment_fact(moment: datetime) -> str:
    """A moment as a letter's fact: ISO 8601, UTC."""
    return moment.astimezone(UTC).isoformat()

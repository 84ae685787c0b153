"""仮登録: what is known between the first form and the mailed link (manual 1, chapter 2)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from chalicelib.domain.holders import Holder
from chalicelib.domain.letters import Delivery, LetterName
from chalicelib.domain.refusals import LinkExpired, LinkUsed, ResendTooSoon

LINK_LIFETIME = timedelta(hours=24)
RESEND_WAIT = timedelta(seconds=60)
KEPT_AFTER_EXPIRY = timedelta(days=7)


class RegistrationState(StrEnum):
    """Where a registration stands; there is no way back from COMPLETED."""

    PENDING = "pending"
    COMPLETED = "completed"


@dataclass(frozen=True)
class Registration:
    """仮登録: an address, a holder, and a link that lives exactly 24 hours.

    Moments are aware UTC. `letter_id` is the newest letter; `letter_name` says whether it brings the link or
    the news that the address is full; `delivery` is what became of it.
    """

    registration_id: str
    management_email: str
    holder: Holder
    language: str
    registered_at: datetime
    mailed_at: datetime
    letter_id: str
    letter_name: LetterName = LetterName.REGISTRATION_LINK
    delivery: Delivery = Delivery.WAITING
    state: RegistrationState = RegistrationState.PENDING
    id_suffix: str | None = None

    @property
    def expires_at(self) -> datetime:
        """The first moment at which the link no longer works."""
        return self.registered_at + LINK_LIFETIME

    @property
    def kept_until(self) -> datetime:
        """When the registration is forgotten; until then a page can say why its link is dead."""
        return self.expires_at + KEPT_AFTER_EXPIRY

    @property
    def resend_at(self) -> datetime:
        """The first moment at which the link may be mailed again."""
        return self.mailed_at + RESEND_WAIT

    @property
    def is_completed(self) -> bool:
        """Whether the account exists."""
        return self.state is RegistrationState.COMPLETED

    def is_expired(self, now: datetime) -> bool:
        """Whether the link is dead of age: valid while now < expires_at."""
        return now >= self.expires_at

    def require_open(self, now: datetime) -> None:
        """Refuse a dead link, saying which way it died. Raises LinkUsed, LinkExpired."""
        if self.is_completed:
            raise LinkUsed
        if self.is_expired(now):
            raise LinkExpired(self.expires_at)

    def seconds_until_resend(self, now: datetime) -> int:
        """Whole seconds to wait before the next letter, 0 when there is nothing to wait for."""
        return max(0, ceil((self.resend_at - now).total_seconds()))

    def mailed_again(self, letter_id: str, now: datetime) -> "Registration":
        """The same registration with a new letter on its way. Raises ResendTooSoon, LinkUsed, LinkExpired."""
        return replace(self.put_off(now), letter_id=letter_id, delivery=Delivery.WAITING)

    def put_off(self, now: datetime) -> "Registration":
        """The same registration, not to be mailed for another minute. Raises ResendTooSoon, LinkUsed, LinkExpired."""
        self.require_open(now)
        if seconds := self.seconds_until_resend(now):
            raise ResendTooSoon(seconds)
        return replace(self, mailed_at=now)

    def completed(self, id_suffix: str) -> "Registration":
        """本登録: the registration once its account exists."""
        return replace(self, state=RegistrationState.COMPLETED, id_suffix=id_suffix)

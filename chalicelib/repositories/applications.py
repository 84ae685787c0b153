"""What the use cases need of the store about applications, and about what other systems send.

What `repositories.accounts` says of writes, reads and contentions holds here too.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.domain.api_keys import ApiKey
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application, ApplicationPage
from chalicelib.domain.enquiries import Enquiry
from chalicelib.domain.passcodes import Addressee, Passcode
from chalicelib.domain.seen_events import SeenEvent


class Applications(Protocol):
    """申請."""

    def find(self, application_number: str) -> Application | None:
        """All of it, in one call."""

    def password_hash_of(self, application_number: str) -> str | None:
        """The hash of its 申請用パスワード; None when there is no such application."""

    def add(self, application: Application) -> None:
        """Store a new one. Contention: ApplicationNumberTaken."""

    def change(self, before: Application, after: Application) -> None:
        """Store what differs. Contention: ApplicationMoved (another version than `before`)."""

    def due(self, now: datetime) -> Iterator[str]:
        """Numbers of those whose next moment has come. By index; somebody may have dealt with them meanwhile."""

    def of_office(
        self, office: str, state: State, limit: int, *, since: datetime | None = None, after: str | None = None
    ) -> ApplicationPage:
        """An office's applications in one state that changed at `since` or later, or behind `after`. By index."""

    def of_filer(
        self,
        filer_suffix: str,
        limit: int,
        *,
        state: State | None = None,
        since: datetime | None = None,
        after: str | None = None,
    ) -> ApplicationPage:
        """Those that an account's software filed. A page may be short, even empty, while `after` leads on. By index."""


class Enquiries(Protocol):
    """Who was let in to look at an application; found by the digest of the cookie's random name."""

    def find(self, name: str, application_number: str) -> Enquiry | None:
        """The one of that name, if it is for that application."""

    def add(self, enquiry: Enquiry) -> None:
        """Store a new one."""

    def end(self, name: str) -> None:
        """Forget it; nothing happens when there is none."""


class Passcodes(Protocol):
    """ワンタイムパスコード, under application numbers, whether or not those are anybody's; decoys stand apart."""

    def find(self, application_number: str) -> Passcode | None:
        """The newest that is no decoy."""

    def look_up(self, application_number: str) -> tuple[Passcode | None, Passcode | None, Addressee | None]:
        """The newest, the newest decoy, and to whom the next might be mailed, in one call."""

    def issue(self, before: Passcode | None, after: Passcode) -> None:
        """Store the next one. Contention: PasscodeMoved (another was issued since `before`)."""

    def use(self, passcode: Passcode, now: datetime) -> None:
        """It let somebody in, and does so once. Contention: PasscodeMoved (used, dead, or another was issued)."""


class ApiKeys(Protocol):
    """Keys of the offices' systems; stored as digests."""

    def find(self, secret: str) -> ApiKey | None:
        """The key, revoked or not."""

    def add(self, secret: str, key: ApiKey) -> None:
        """Store a new one; its `digest` is made from `secret`."""

    def revoke(self, key: ApiKey, now: datetime) -> None:
        """It opens nothing any more; the first moment stays."""


class Events(Protocol):
    """What other systems told us, by source and by the id that they gave it (kept 30 days)."""

    def find(self, source: str, event_ids: Sequence[str]) -> list[SeenEvent | None]:
        """What is known of each, in their order, in one call."""

    def note(self, source: str, event_id: str, seen: SeenEvent, now: datetime) -> None:
        """Take it. Contention: EventSeen (it was taken before)."""

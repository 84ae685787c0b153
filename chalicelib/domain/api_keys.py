"""Keys with which the systems of offices speak to the agency API; only their digests are stored."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

HELPDESK = "HELPDESK"
"""Instead of an office's code: no office, but those who help applicants of every office."""


class Scope(StrEnum):
    """What a key may do."""

    READ = "applications:read"
    WRITE = "applications:write"
    PAYMENTS = "payments:write"
    UNLOCK = "helpdesk:unlock"


@dataclass(frozen=True)
class ApiKey:
    """A key. `key_id` names it in lists, and opens nothing; `office` is an office's code, or `HELPDESK`."""

    key_id: str
    digest: str
    office: str
    scopes: frozenset[Scope]
    created_at: datetime
    revoked_at: datetime | None = None

    @property
    def is_revoked(self) -> bool:
        """Whether it opens nothing any more."""
        return self.revoked_at is not None

    @property
    def serves_all_offices(self) -> bool:
        """Whether it is the helpdesk's."""
        return self.office == HELPDESK

    def revoked(self, now: datetime) -> "ApiKey":
        """The key once it was revoked; the first moment stays."""
        return self if self.is_revoked else replace(self, revoked_at=now)

"""状況照会: one browser that was let in to look at one application (spec: security.md, rule 10)."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.sessions import SESSION_LONGEST, session_end


@dataclass(frozen=True)
class Enquiry:
    """Who looks at an application. `name` is the random name that only the browser's cookie holds."""

    name: str
    application_number: str
    born_at: datetime

    @property
    def kept_until(self) -> datetime:
        """When it ends at the latest."""
        return self.born_at + SESSION_LONGEST

    def is_alive(self, seen_at: datetime, now: datetime) -> bool:
        """Whether neither of its ends has come: 30 minutes without a request, 8 hours in all."""
        return now < session_end(self.born_at, seen_at)


@dataclass(frozen=True)
class EnquiryMark:
    """What its cookie says: its name, which application, and when its browser last asked for something."""

    name: str
    application_number: str
    seen_at: datetime

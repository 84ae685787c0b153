"""What officers did and read: who, when, what, from where. Only ever added to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """What was done."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SCANNED = "scanned"
    ENROLLED = "enrolled"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    HANDED_OVER = "handed_over"
    LISTED = "listed"


@dataclass(frozen=True)
class AuditEntry:
    """One deed. `about`: a lookup key or a procedure; `result`: a verdict, a count, numbers; `network`: from where."""

    at: datetime
    office: str
    officer_id: str
    deed: Deed
    about: str
    result: str
    network: str

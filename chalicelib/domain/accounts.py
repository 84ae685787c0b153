"""利用者: an account and its pair of IDs (manual 1, chapter 3)."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.holders import Holder

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = 10_000
ID_SUFFIXES = len(_LETTERS) ** 2 * _DIGITS


def id_suffix_at(position: int) -> str:
    """The suffix at `position` of all 5,760,000: two letters without I and O, then four digits, such as CA6288."""
    letters, digits = divmod(position, _DIGITS)
    first, second = divmod(letters, len(_LETTERS))
    return f"{_LETTERS[first]}{_LETTERS[second]}{digits:04d}"


def payer_id_of(id_suffix: str) -> str:
    """納付利用者ID: the ID that signs in to My Page."""
    return f"KN{id_suffix}"


def filer_id_of(id_suffix: str) -> str:
    """一括利用者ID: the ID that business software files with."""
    return f"KI{id_suffix}"


@dataclass(frozen=True)
class Account:
    """利用者: one row is the pair of IDs, so both are unique when the suffix is.

    Password hashes are Argon2id in PHC form. `epoch` ends all sessions when it moves; `version` guards edits.
    """

    id_suffix: str
    holder: Holder
    management_email: str
    notification_email: str | None
    payer_password_hash: str
    filer_password_hash: str
    password_set_at: datetime
    created_at: datetime
    language: str
    epoch: int = 1
    version: int = 1

    @property
    def payer_id(self) -> str:
        """納付利用者ID."""
        return payer_id_of(self.id_suffix)

    @property
    def filer_id(self) -> str:
        """一括利用者ID."""
        return filer_id_of(self.id_suffix)

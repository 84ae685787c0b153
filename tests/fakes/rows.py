"""What the in-memory store holds, and how one write changes it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.domain.accounts import Account
from chalicelib.domain.drafts import Draft
from chalicelib.domain.letters import Letter
from chalicelib.domain.refusals import Contention
from chalicelib.domain.registrations import Registration


@dataclass(frozen=True)
class KeptLetter:
    """A letter with what only the store knows of it; `next_try_at` is None once it has left the index."""

    letter: Letter
    next_try_at: datetime | None
    message_id: str | None = None
    sent_at: datetime | None = None
    reason: str | None = None


@dataclass
class Rows:
    """Everything that is stored, compared as a whole by tests that want nothing to change."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    registrations: dict[str, Registration] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    accounts_of: Counter[str] = field(default_factory=Counter)
    mails_of: Counter[str] = field(default_factory=Counter)
    letters: dict[str, KeptLetter] = field(default_factory=dict)


@dataclass(frozen=True)
class Write:
    """One part of a command: `item` is what DynamoDB allows only once in a transaction."""

    item: str
    change: Callable[[Rows], None]
    holds: Callable[[Rows], bool] = lambda _: True
    meaning: type[Contention] | None = None


Plan = Callable[[Write], None]
"""Takes a write into the command that is being collected."""


class TwoWritesToOneItem(AssertionError):
    """DynamoDB refuses a transaction that touches an item twice; so does the fake, before anybody is deployed."""

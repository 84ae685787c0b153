"""What the in-memory store holds, and how one write changes it."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.domain.accounts import Account
from chalicelib.domain.api_keys import ApiKey
from chalicelib.domain.applications import Application
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.debit_accounts import DebitAccount
from chalicelib.domain.drafts import Draft
from chalicelib.domain.enquiries import Enquiry
from chalicelib.domain.letters import Letter
from chalicelib.domain.officers import CounterSession, Officer
from chalicelib.domain.passcodes import Passcode
from chalicelib.domain.qr_codes import QrCode
from chalicelib.domain.receivers import Receiver
from chalicelib.domain.refusals import Contention
from chalicelib.domain.registrations import Registration
from chalicelib.domain.seen_events import SeenEvent
from chalicelib.domain.sessions import Session
from chalicelib.domain.sign_ins import SignIn


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
    """Everything that is stored, compared as a whole by tests that want nothing to change.

    `sign_ins` under suffix and key, `browsers` and `debit_accounts` under suffix and name, `submissions` as pairs of a
    suffix and what they led to, `attempts` under door and subject, `api_keys` under digests, `events` under source and
    id, `receivers` under names as they are compared.
    """

    drafts: dict[str, Draft] = field(default_factory=dict)
    registrations: dict[str, Registration] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    accounts_of: Counter[str] = field(default_factory=Counter)
    mails_of: Counter[str] = field(default_factory=Counter)
    letters: dict[str, KeptLetter] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    attempts: Counter[str] = field(default_factory=Counter)
    sign_ins: dict[str, dict[str, SignIn]] = field(default_factory=dict)
    browsers: dict[tuple[str, str], datetime] = field(default_factory=dict)
    debit_accounts: dict[tuple[str, str], DebitAccount] = field(default_factory=dict)
    submissions: dict[str, tuple[str, str]] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)
    enquiries: dict[str, Enquiry] = field(default_factory=dict)
    passcodes: dict[str, Passcode] = field(default_factory=dict)
    api_keys: dict[str, ApiKey] = field(default_factory=dict)
    events: dict[tuple[str, str], SeenEvent] = field(default_factory=dict)
    qr_codes: dict[str, QrCode] = field(default_factory=dict)
    receivers: dict[str, Receiver] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)
    counter_sessions: dict[str, CounterSession] = field(default_factory=dict)
    audit: list[AuditEntry] = field(default_factory=list)


@dataclass(frozen=True)
class Write:
    """One part of a command: `item` is what DynamoDB allows only once in a transaction."""

    item: str
    change: Callable[[Rows], None]
    holds: Callable[[Rows], bool] = lambda _: True
    meaning: type[Contention] | None = None


Reach = Callable[[], AbstractContextManager[Rows]]
"""Gives the committed rows, while the store can be reached."""

Plan = Callable[[Write], None]
"""Takes a write into the command that is being collected."""


class TwoWritesToOneItem(AssertionError):
    """DynamoDB refuses a transaction that touches an item twice; so does the fake, before anybody is deployed."""

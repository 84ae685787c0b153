"""Where use cases and jobs are tried: the real storage on moto, real jobs, and a clock of our own."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import count
from typing import Any

from chalicelib import wiring
from chalicelib.capabilities.expiry import jobs as expiry_jobs
from chalicelib.capabilities.feedback import jobs as feedback_jobs
from chalicelib.capabilities.mailer import jobs as mailer_jobs
from chalicelib.domain.accounts import ID_SUFFIXES, id_suffix_at
from chalicelib.domain.letters import Letter
from chalicelib.mail.post import SesPost
from chalicelib.mail.rendering import LetterWriter
from chalicelib.ports import Begin
from chalicelib.settings import Settings, load_settings
from chalicelib.storage.addresses import AddressRow
from chalicelib.storage.digests import address_digest
from chalicelib.storage.work import StoredWork
from chalicelib.wiring import World
from tests.builders import ADDRESS, NOW
from tests.fakes.outside import Clock, FakeHasher
from tests.faults.mailbox import Mailbox
from tests.faults.memory import Memory
from tests.faults.rows import Found, Rows
from tests.faults.wire import Wire, laid
from tests.steps import Desk
from tests.tables import tables

_ENOUGH_SWEEPS = 20
_TOKENS = count(1)


@dataclass
class Dice:
    """`ports.Chance`, which can be put back like everything else."""

    thrown: int = 0
    suffixes: list[str] = field(default_factory=list)
    digits: list[str] = field(default_factory=list)

    def new_token(self) -> str:
        """32 URL-safe characters."""
        self.thrown += 1
        return f"token-{self.thrown:026d}"

    def new_id_suffix(self) -> str:
        """The next one that a case wants, or one that was not drawn before."""
        self.thrown += 1
        return self.suffixes.pop(0) if self.suffixes else id_suffix_at(self.thrown * 7919 % ID_SUFFIXES)

    def new_digits(self, count: int) -> str:
        """The next ones that a case wants, or some that were not drawn before."""
        self.thrown += 1
        return self.digits.pop(0) if self.digits else f"{self.thrown:0{count}d}"


@dataclass(frozen=True)
class Kept:
    """A moment to go back to."""

    state: int
    notes: Mapping[str, Any]
    taken: tuple[str, ...]
    refusal: str
    now: datetime
    thrown: int


@dataclass
class Stage:
    """The world, and what somebody in it remembers: `notes` are what a browser or AWS knows."""

    world: World
    wire: Wire
    mailbox: Mailbox
    clock: Clock
    dice: Dice
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def begin(self) -> Begin:
        """Units of work."""
        return self.world.begin

    @property
    def rows(self) -> Rows:
        """What is stored."""
        return self.wire.memory.rows

    @property
    def desk(self) -> Desk:
        """Where people take their steps."""
        return Desk(self.begin, self.dice)

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.clock.now

    def clear(self) -> None:
        """Let nothing be stored, noted or mailed."""
        self.go_back(Kept(0, {}, (), "", NOW, 0))

    def keep(self) -> Kept:
        """Remember everything as it is."""
        mailbox = self.mailbox
        return Kept(
            self.wire.memory.present,
            deepcopy(self.notes),
            tuple(mailbox.taken),
            mailbox.refusal,
            self.clock.now,
            self.dice.thrown,
        )

    def go_back(self, to: Kept) -> None:
        """Let everything be as it was."""
        self.wire.memory.present = to.state
        self.notes = deepcopy(dict(to.notes))
        self.mailbox.taken, self.mailbox.refusal = list(to.taken), to.refusal
        self.clock.now, self.dice.thrown = to.now, to.thrown
        self.dice.suffixes, self.dice.digits = [], []
        self.wire.applied.clear()

    def letters(self, **wanted: str) -> list[Found]:
        """Letters with these values."""
        return [row for row in self.rows.letters if wanted.items() <= row.items()]

    def set_count(self, used: int, hour: datetime | None = None) -> None:
        """Let the address of all cases have had so many accounts, or with an hour, mails."""
        key = address_digest(self.world.settings.pepper)(ADDRESS)
        AddressRow(f"{key}#{hour:%Y-%m-%dT%H}" if hour else key, used=used).save()

    def wake_mailer(self, letter_ids: Iterable[str]) -> list[str]:
        """The stream's records of these letters; the answer is those of them that are handed back."""
        told = self.wake_mailer_with([record(letter_id, str(n)) for n, letter_id in enumerate(letter_ids, 1)])
        return [failure["itemIdentifier"] for failure in told["batchItemFailures"]]

    def wake_mailer_with(self, records: list[dict[str, Any]]) -> Any:
        """The mailer's answer to a batch as it comes."""
        return mailer_jobs.mailer({"Records": records}, None)

    def sweep(self) -> None:
        """The schedule's turn."""
        mailer_jobs.sweep({"detail": {}, "source": "aws.events", "detail-type": "Scheduled Event", **_EVENT}, None)

    def expire(self) -> None:
        """The hourly schedule's turn."""
        expiry_jobs.expiry({"detail": {}, "source": "aws.events", "detail-type": "Scheduled Event", **_EVENT}, None)

    def tell(self, event_type: str, letter_id: str, **detail: Any) -> None:
        """The mail service's feedback about a letter."""
        told = {"eventType": event_type, "mail": {"tags": {"letter_id": [letter_id]}}, **detail}
        feedback_jobs.feedback({"detail": told, "source": "aws.ses", "detail-type": "Email", **_EVENT}, None)

    def settle(self) -> None:
        """Let time pass, and the sweep run, until no letter waits any more."""
        for _ in range(_ENOUGH_SWEEPS):
            waiting = self.letters(state="waiting")
            if not waiting:
                return
            due_at = min(int(row["next_try_at"]) for row in waiting)
            self.clock.now = max(self.clock.now, datetime.fromtimestamp(due_at, UTC)) + timedelta(seconds=1)
            self.sweep()
        raise AssertionError("a letter waits for ever")


_EVENT = {"version": "0", "id": "1", "account": "1", "time": "", "region": "ap-northeast-1", "resources": []}


def record(letter_id: str, number: str, event_name: str = "INSERT") -> dict[str, Any]:
    """One record of the letters' stream."""
    change = {
        "ApproximateCreationDateTime": 0,
        "Keys": {"letter_id": {"S": letter_id}},
        "SequenceNumber": number,
        "SizeBytes": 1,
        "StreamViewType": "KEYS_ONLY",
    }
    return {
        "awsRegion": "ap-northeast-1",
        "eventID": number,
        "eventName": event_name,
        "eventSourceARN": "",
        "dynamodb": change,
    }


class QuickPost(SesPost):
    """Writes each letter once: what is written is not tried here."""

    def __init__(self, settings: Settings, writer: LetterWriter) -> None:
        super().__init__(settings, writer)
        self._messages: dict[str, bytes] = {}

    def _written(self, letter: Letter) -> bytes:
        key = repr(replace(letter, tries=0))
        if key not in self._messages:
            self._messages[key] = super()._written(letter)
        return self._messages[key]


def _world(clock: Clock, dice: Dice) -> World:
    """The world of a deployed function, but for time, chance and hashing."""
    settings = load_settings(os.environ)
    digest = address_digest(settings.pepper)
    world = wiring.build_world(settings)
    return replace(
        world,
        post=lru_cache(maxsize=1)(lambda: QuickPost(settings, LetterWriter(settings, world.links))),
        begin=lambda: StoredWork(digest, f"{next(_TOKENS):032d}", lambda _: None),
        now=clock,
        new_token=dice.new_token,
        new_id_suffix=dice.new_id_suffix,
        new_digits=dice.new_digits,
        hasher=FakeHasher(),
        stopwatch=lambda: 0.0,
        log=lambda _: None,
    )


@contextmanager
def set_up() -> Iterator[Stage]:
    """An empty stage."""
    clock, dice, mailbox = Clock(NOW), Dice(), Mailbox()
    with tables():
        wire = Wire(mailbox, Memory())
        world = _world(clock, dice)
        wiring.use(world)
        try:
            with laid(wire):
                yield Stage(world, wire, mailbox, clock, dice)
        finally:
            wiring.use(None)

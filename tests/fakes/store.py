"""`ports.Work` in memory, with the same promises as the real one, and ways to make it misbehave on demand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from threading import RLock

from chalicelib.ports import StoreUnavailable
from tests.fakes.accounts import FakeAccounts, FakeDebitAccounts, FakeSubmissions
from tests.fakes.applications import FakeApplications, FakeEnquiries, FakePasscodes
from tests.fakes.codes import FakeCollectables, FakeQrCodes, FakeReceivers
from tests.fakes.counter import FakeAudit, FakeOfficers
from tests.fakes.doors import FakeAttempts, FakeSessions, FakeSignIns
from tests.fakes.letters import FakeLetters
from tests.fakes.nouns import FakeAddresses, FakeDrafts, FakeRegistrations
from tests.fakes.programs import FakeApiKeys, FakeEvents
from tests.fakes.rows import Rows, TwoWritesToOneItem, Write


@dataclass
class FakeStore:
    """One store; `begin` gives units of work on it.

    `is_down`: nothing is answered. `rivals`: each runs once, right before the next command is stored: that is how a
    test lets somebody else be quicker. `rivals_at_reads`: the same, before the next reads, one each.
    `lost_answers`: how many commands are stored without the caller hearing of it.
    """

    rows: Rows = field(default_factory=Rows)
    is_down: bool = False
    lost_answers: int = 0
    rivals: list[Callable[[], object]] = field(default_factory=list)
    rivals_at_reads: list[Callable[[], object]] = field(default_factory=list)
    commands: int = 0
    lock: RLock = field(default_factory=RLock)

    @contextmanager
    def begin(self) -> Iterator["FakeWork"]:
        """A unit of work: stored when it is left without an exception."""
        work = FakeWork(self)
        yield work
        self._commit(work.writes)

    def snapshot(self) -> Rows:
        """Everything as it is now."""
        with self.lock:
            return deepcopy(self.rows)

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """The committed rows, for what happens at once."""
        self.rivals_at_reads = _after_first(self.rivals_at_reads)
        with self._reached() as rows:
            yield rows

    @contextmanager
    def _reached(self) -> Iterator[Rows]:
        with self.lock:
            if self.is_down:
                raise StoreUnavailable("down")
            yield self.rows

    def _commit(self, writes: list[Write]) -> None:
        if not writes:
            return
        _require_different_items(writes)
        self.rivals = _after_first(self.rivals)
        with self._reached() as rows:
            self._apply(rows, writes)

    def _apply(self, rows: Rows, writes: list[Write]) -> None:
        for write in writes:
            if not write.holds(rows):
                raise write.meaning or AssertionError(f"a condition on {write.item} that means nothing")
        for write in writes:
            write.change(rows)
        self.commands += 1
        if self.lost_answers:
            self.lost_answers -= 1
            raise StoreUnavailable("the answer was lost")


class FakeWork:
    """`ports.Work`: reads what is committed, collects what is to be."""

    def __init__(self, store: FakeStore) -> None:
        self.writes: list[Write] = []
        self.drafts = FakeDrafts(store.read, self.writes.append)
        self.registrations = FakeRegistrations(store.read, self.writes.append)
        self.accounts = FakeAccounts(store.read, self.writes.append)
        self.addresses = FakeAddresses(store.read, self.writes.append)
        self.letters = FakeLetters(store.read, self.writes.append)
        self.sessions = FakeSessions(store.read, self.writes.append)
        self.attempts = FakeAttempts(self.writes.append)
        self.sign_ins = FakeSignIns(store.read, self.writes.append)
        self.debit_accounts = FakeDebitAccounts(store.read, self.writes.append)
        self.submissions = FakeSubmissions(store.read, self.writes.append)
        self.applications = FakeApplications(store.read, self.writes.append)
        self.enquiries = FakeEnquiries(store.read, self.writes.append)
        self.passcodes = FakePasscodes(store.read, self.writes.append)
        self.api_keys = FakeApiKeys(store.read, self.writes.append)
        self.events = FakeEvents(store.read, self.writes.append)
        self.qr_codes = FakeQrCodes(store.read, self.writes.append)
        self.receivers = FakeReceivers(store.read, self.writes.append)
        self.officers = FakeOfficers(store.read, self.writes.append)
        self.collectables = FakeCollectables(store.read)
        self.audit = FakeAudit(self.writes.append)


def nobody(times: int) -> list[Callable[[], object]]:
    """Rivals that let so many occasions pass."""
    return [lambda: None] * times


def _after_first(rivals: list[Callable[[], object]]) -> list[Callable[[], object]]:
    """Let the first rival act, whom no further rival disturbs; the answer is who is left."""
    first, later = rivals[:1], rivals[1:]
    rivals.clear()
    for rival in first:
        rival()
    return later


def _require_different_items(writes: list[Write]) -> None:
    items = [write.item for write in writes]
    if len(items) != len(set(items)):
        raise TwoWritesToOneItem(sorted(items))

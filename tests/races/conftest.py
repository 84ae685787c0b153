"""Many people at once on the real storage.

moto is not atomic under threads: without the lock around it the product would be blamed for moto's own races. What
interleaves are the calls, which is all that may interleave in DynamoDB.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from threading import Barrier, Lock, get_ident
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from chalicelib.domain.refusals import Refusal
from chalicelib.ports import Begin
from chalicelib.wiring import pause
from tests.deployed.emulator import started
from tests.fakes.outside import FakeChance
from tests.steps import Desk
from tests.storage.emulated import EmulatedTables
from tests.tables import begin_on_tables, empty_tables, tables

TRANSACTION = "TransactWriteItems"
MOST_IN_A_ROW = 3


@dataclass
class Traffic:
    """The calls on their way to moto, one at a time.

    `chance_of_conflict` is how often a transaction meets another: surely the first, and never one person's for ever.
    """

    call: Callable[..., Any]
    lock: Any = field(default_factory=Lock)
    random: Random = field(default_factory=lambda: Random(20190924))  # noqa: S311 - repeatable on purpose
    chance_of_conflict: float = 0.0
    conflicts: int = 0
    in_a_row: Counter[int] = field(default_factory=Counter)

    def pass_on(self, client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        """One call."""
        with self.lock:
            if operation == TRANSACTION and self._meets_another(get_ident()):
                raise _conflict(len(arguments["TransactItems"]))
            return self.call(client, operation, arguments)

    def _meets_another(self, person: int) -> bool:
        chance = 1.0 if self.chance_of_conflict and not self.conflicts else self.chance_of_conflict
        if self.in_a_row[person] == MOST_IN_A_ROW or self.random.random() >= chance:
            self.in_a_row[person] = 0
            return False
        self.conflicts += 1
        self.in_a_row[person] += 1
        return True


def _conflict(parts: int) -> ClientError:
    reasons = [{"Code": "TransactionConflict"}, *({"Code": "None"} for _ in range(parts - 1))]
    answer: Any = {"Error": {"Code": "TransactionCanceledException", "Message": ""}, "CancellationReasons": reasons}
    return ClientError(answer, TRANSACTION)


@pytest.fixture(scope="module")
def moto_tables() -> Iterator[None]:
    """Tables for one module."""
    with tables():
        yield


@pytest.fixture
def traffic(moto_tables: None, monkeypatch: pytest.MonkeyPatch) -> Traffic:
    """What happens to calls."""
    empty_tables()
    traffic = Traffic(vars(BaseClient)["_make_api_call"])

    def call(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        return traffic.pass_on(client, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    return traffic


@pytest.fixture(scope="session")
def emulated_tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatedTables]:
    """Tables in an emulator of this worker's own."""
    with started(tmp_path_factory.mktemp("emulator")) as emulator:
        yield EmulatedTables(emulator)


@pytest.fixture
def on_moto(traffic: Traffic) -> Begin:
    """The real storage on moto behind its lock."""
    return begin_on_tables()


@pytest.fixture
def on_emulator(emulated_tables: EmulatedTables) -> Iterator[Begin]:
    """The real storage on an engine that keeps its own promises, over HTTP."""
    with emulated_tables.in_use():
        empty_tables()
        yield begin_on_tables(pause)


@pytest.fixture(params=["on_moto", pytest.param("on_emulator", marks=pytest.mark.enable_socket)])
def begin(request: pytest.FixtureRequest) -> Begin:
    """Both in turn."""
    store: Begin = request.getfixturevalue(request.param)
    return store


@pytest.fixture
def desk(traffic: Traffic) -> Desk:
    """Where people take their steps."""
    return Desk(begin_on_tables(), FakeChance())


def outcome_of(act: Callable[[], object]) -> object:
    """What came of it: the answer, or the type of the refusal. Anything else is a fault and comes through."""
    try:
        return act()
    except Refusal as refusal:
        return type(refusal)


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """The outcomes, in order, of what many threads began at the same moment."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        return outcome_of(act)

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))

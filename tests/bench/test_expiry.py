"""The expiry job pays for what falls due, and for nothing else that is stored."""

from collections.abc import Iterator

import boto3
import pytest

from bench.expiry import is_equal
from bench.ledger import Ledger
from bench.population import populate
from bench.units import Units
from chalicelib import wiring
from chalicelib.capabilities.expiry.jobs import expiry
from chalicelib.domain.application_states import State
from chalicelib.storage.application_rows import ApplicationRow
from chalicelib.storage.connection import connection
from tests.fakes.world import Surroundings
from tests.jobs.events import schedule
from tests.tables import begin_on_tables, tables

DUE = 20
DEALT = {"reminded": 7, "voided": 7, "rejected": 6}
FEW, MANY = 100, 3_000
SHARD_QUERIES = 4


@pytest.fixture
def around() -> Iterator[Surroundings]:
    """A clock that stands still, and a log."""
    yield Surroundings()
    wiring.use(None)


def spent_among(stored: int, due: int, around: Surroundings) -> Units:
    """What one run costs while so many applications are stored."""
    with tables():
        ledger = Ledger(boto3.client("dynamodb"))
        ledger.attach(connection.client.meta.events)
        world = around.world(begin_on_tables())
        wiring.use(world)
        populate(world, stored, due)
        assert sum(ApplicationRow.of_office.count(f"TK01#{state.value}") for state in State) == stored
        with ledger.adding():
            expiry(schedule(), None)
            spent = ledger.total
        with world.begin() as work:
            assert list(work.applications.due(world.now())) == []
        return spent


def test_the_job_costs_the_same_among_few_and_among_many(around: Surroundings) -> None:
    few, many = (spent_among(stored, DUE, around) for stored in (FEW, MANY))
    assert few == many
    assert few.calls == SHARD_QUERIES + 2 * DUE
    assert [{name: line[name] for name in DEALT} for line in around.lines] == [DEALT, DEALT]


def test_an_hour_without_deadlines_costs_a_query_for_each_shard(around: Surroundings) -> None:
    assert spent_among(MANY, 0, around) == Units(calls=SHARD_QUERIES, reads=SHARD_QUERIES / 2)


@pytest.mark.parametrize(
    ("one", "other", "is_same"), [(100, 105, True), (105, 100, True), (100, 106, False), (0, 0, True)]
)
def test_costs_are_equal_within_five_in_a_hundred(one: float, other: float, *, is_same: bool) -> None:
    assert is_equal(one, other) is is_same

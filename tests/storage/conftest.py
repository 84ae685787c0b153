"""The stores that keep the contract. A further one is a fixture of its own and a name in `STORES`."""

from collections.abc import Iterator

import pytest

from chalicelib.ports import Begin
from tests.deployed.emulator import started
from tests.fakes.store import FakeStore
from tests.storage.emulated import EmulatedTables
from tests.storage.network import Network, watched
from tests.tables import begin_on_tables, empty_tables, tables

STORES = ("in_memory", "on_moto", pytest.param("on_emulator", marks=pytest.mark.enable_socket))


@pytest.fixture
def in_memory() -> Begin:
    """The fake of all use case tests."""
    return FakeStore().begin


@pytest.fixture(scope="module")
def moto_tables() -> Iterator[None]:
    """Tables for one module."""
    with tables():
        yield


@pytest.fixture
def on_moto(moto_tables: None) -> Begin:
    """The real storage on tables that are empty."""
    empty_tables()
    return begin_on_tables()


@pytest.fixture(scope="session")
def emulated_tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatedTables]:
    """Tables in an emulator of this worker's own."""
    with started(tmp_path_factory.mktemp("emulator")) as emulator:
        yield EmulatedTables(emulator)


@pytest.fixture
def on_emulator(emulated_tables: EmulatedTables) -> Iterator[Begin]:
    """The real storage on a DynamoDB engine that is not moto's, over HTTP."""
    with emulated_tables.in_use():
        empty_tables()
        yield begin_on_tables()


@pytest.fixture(params=STORES)
def begin(request: pytest.FixtureRequest) -> Begin:
    """Every store in turn."""
    store: Begin = request.getfixturevalue(request.param)
    return store


@pytest.fixture
def pauses() -> list[int]:
    """Before which attempts the storage paused."""
    return []


@pytest.fixture
def stored(moto_tables: None, pauses: list[int]) -> Begin:
    """The real storage alone, its pauses noted and not waited for."""
    empty_tables()
    return begin_on_tables(pauses.append)


@pytest.fixture
def network(moto_tables: None) -> Iterator[Network]:
    """What happens on the way to DynamoDB."""
    with watched() as network:
        yield network

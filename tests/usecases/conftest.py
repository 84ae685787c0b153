"""A store in memory and somebody in front of it."""

import pytest

from tests.fakes.outside import FakeChance
from tests.fakes.store import FakeStore
from tests.steps import Desk


@pytest.fixture
def store() -> FakeStore:
    """An empty store."""
    return FakeStore()


@pytest.fixture
def chance() -> FakeChance:
    """Tokens in order; suffixes as a test wants them."""
    return FakeChance()


@pytest.fixture
def desk(store: FakeStore, chance: FakeChance) -> Desk:
    """Where people take their steps."""
    return Desk(store.begin, chance)

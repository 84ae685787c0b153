"""Codes and the counter on a store in memory."""

import pytest

from tests.fakes.outside import FakeChance
from tests.fakes.store import FakeStore
from tests.usecases.codes.steps import CounterDesk
from tests.usecases.mypage.outbox import Outbox


@pytest.fixture
def desk(store: FakeStore, chance: FakeChance) -> CounterDesk:
    """Where receivers, applicants and officers take their steps."""
    return CounterDesk(store.begin, chance)


@pytest.fixture
def posted(store: FakeStore) -> Outbox:
    """What was posted so far."""
    return Outbox(store)

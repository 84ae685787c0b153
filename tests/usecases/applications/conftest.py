"""Applications on a store in memory."""

import pytest

from tests.fakes.outside import FakeChance
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import ApplicationDesk
from tests.usecases.mypage.outbox import Outbox


@pytest.fixture
def desk(store: FakeStore, chance: FakeChance) -> ApplicationDesk:
    """Where people and systems take their steps."""
    return ApplicationDesk(store.begin, chance)


@pytest.fixture
def posted(store: FakeStore) -> Outbox:
    """What was posted so far."""
    return Outbox(store)

"""My Page on a store in memory."""

import pytest

from tests.fakes.outside import FakeChance
from tests.fakes.store import FakeStore
from tests.usecases.mypage.outbox import Outbox
from tests.usecases.mypage.steps import MyPageDesk


@pytest.fixture
def desk(store: FakeStore, chance: FakeChance) -> MyPageDesk:
    """Where people take their steps."""
    return MyPageDesk(store.begin, chance)


@pytest.fixture
def posted(store: FakeStore) -> Outbox:
    """What was posted so far."""
    return Outbox(store)

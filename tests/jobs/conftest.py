"""Jobs as Lambda calls them, in a world of fakes."""

from collections.abc import Iterator

import pytest

from chalicelib import wiring
from chalicelib.capabilities.feedback import jobs as feedback_jobs
from chalicelib.capabilities.mailer import jobs as mailer_jobs
from chalicelib.domain.letters import Letter
from tests.builders import a_letter
from tests.fakes.store import FakeStore
from tests.fakes.world import Surroundings
from tests.jobs.events import schedule, stream_of
from tests.steps import Desk


@pytest.fixture
def store() -> FakeStore:
    """An empty store."""
    return FakeStore()


@pytest.fixture
def around() -> Surroundings:
    """Clock, mail service and log."""
    return Surroundings()


@pytest.fixture
def desk(store: FakeStore, around: Surroundings) -> Desk:
    """Where people take their steps."""
    return Desk(store.begin, around.chance)


@pytest.fixture
def jobs(store: FakeStore, around: Surroundings) -> Iterator["Jobs"]:
    """The jobs, running in that world."""
    wiring.use(around.world(store.begin))
    yield Jobs(store)
    wiring.use(None)


class Jobs:
    """The functions, called with AWS's own events."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def post(self, **other: object) -> Letter:
        """A letter in the outbox, without anybody told."""
        letter = a_letter(**{"about": None, **other})
        with self._store.begin() as work:
            work.letters.post(letter)
        return letter

    @staticmethod
    def mail(event: object) -> object:
        """The mailer."""
        return mailer_jobs.mailer(event, None)

    def mail_new(self, *letter_ids: str) -> object:
        """The mailer, woken by these letters."""
        return self.mail(stream_of(*letter_ids))

    @staticmethod
    def sweep() -> None:
        """The sweep, woken by its schedule."""
        mailer_jobs.sweep(schedule(), None)

    @staticmethod
    def tell(event: object) -> None:
        """Feedback."""
        feedback_jobs.feedback(event, None)

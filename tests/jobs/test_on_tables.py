"""The jobs once more on the real storage, with rows that another version of the code left behind."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from chalicelib import wiring
from chalicelib.capabilities.mailer import jobs as mailer_jobs
from chalicelib.domain.letters import Delivery, LetterState
from chalicelib.ports import Begin
from chalicelib.storage.letters import LetterRow
from tests.builders import NOW, a_letter
from tests.fakes.world import Surroundings
from tests.jobs.conftest import Jobs
from tests.jobs.events import bounce, schedule, stream_of
from tests.steps import Desk
from tests.tables import begin_on_tables, empty_tables, tables


@pytest.fixture(scope="module")
def moto_tables() -> Iterator[None]:
    """Tables for this module."""
    with tables():
        yield


@pytest.fixture
def begin(moto_tables: None, around: Surroundings) -> Iterator[Begin]:
    """The real storage, and a world on it."""
    empty_tables()
    begin = begin_on_tables()
    wiring.use(around.world(begin))
    yield begin
    wiring.use(None)


def post(begin: Begin, letter_id: str) -> None:
    with begin() as work:
        work.letters.post(a_letter(letter_id=letter_id, about=None))


def spoil(letter_id: str) -> None:
    """A letter that only a newer version of the code knows."""
    LetterRow(letter_id).update(actions=[LetterRow.name.set("letter_of_tomorrow")])


def test_a_registration_is_mailed_and_its_bounce_is_shown(begin: Begin, around: Surroundings) -> None:
    desk = Desk(begin, around.chance)
    sent = desk.registered()
    mailer_jobs.mailer(stream_of(sent.registration.letter_id), None)
    mailer_jobs.sweep(schedule(), None)
    assert [letter.letter_id for letter in around.sender.sent] == [sent.registration.letter_id]
    Jobs.tell(bounce(sent.registration.letter_id))
    assert desk.sent(sent.draft_name).delivery is Delivery.BOUNCED
    with begin() as work:
        letter = work.letters.find(sent.registration.letter_id)
    assert letter is not None
    assert (letter.state, letter.delivery) == (LetterState.SENT, Delivery.BOUNCED)


def test_a_letter_that_failed_is_swept_up_when_its_time_has_come(begin: Begin, around: Surroundings) -> None:
    post(begin, "letter-1")
    around.sender.is_out_of_order = True
    mailer_jobs.mailer(stream_of("letter-1"), None)
    around.sender.is_out_of_order = False
    mailer_jobs.sweep(schedule(), None)
    assert around.sender.sent == []
    around.clock.move(timedelta(minutes=1))
    mailer_jobs.sweep(schedule(), None)
    assert [letter.tries for letter in around.sender.sent] == [2]


@pytest.mark.parametrize("job", ["mailer", "sweep"])
def test_a_row_that_cannot_be_read_stops_no_other(begin: Begin, around: Surroundings, job: str) -> None:
    letter_ids = ("letter-abc", "letter-bca", "letter-cab")
    for letter_id in letter_ids:
        post(begin, letter_id)
    spoil("letter-abc")
    if job == "mailer":
        mailer_jobs.mailer(stream_of(*letter_ids), None)
    else:
        mailer_jobs.sweep(schedule(), None)
    assert [letter.letter_id for letter in around.sender.sent] == ["letter-bca", "letter-cab"]


def test_the_jobs_see_the_clock_of_the_world(begin: Begin, around: Surroundings) -> None:
    post(begin, "letter-1")
    around.clock.now = NOW - timedelta(hours=1)
    mailer_jobs.sweep(schedule(), None)
    assert around.sender.sent == []

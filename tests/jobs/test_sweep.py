"""The sweep: what the stream lost, what failed a while ago, and whose sender was cut off."""

from datetime import timedelta

import pytest

from chalicelib.domain.letters import LEASE, Delivery, LetterState
from chalicelib.ports import LetterUnsendable
from chalicelib.web.jobs import JobFailed
from tests.builders import NOW
from tests.fakes.store import FakeStore
from tests.fakes.world import Surroundings
from tests.jobs.conftest import Jobs
from tests.steps import Desk

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
WAITS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 240 * MINUTE]


def sent_ids(around: Surroundings) -> list[str]:
    return [letter.letter_id for letter in around.sender.sent]


def state(store: FakeStore) -> LetterState:
    return store.rows.letters["letter-1"].letter.state


def test_a_letter_that_the_stream_lost_is_sent(jobs: Jobs, around: Surroundings) -> None:
    jobs.post()
    jobs.sweep()
    assert sent_ids(around) == ["letter-1"]


def test_what_is_sent_is_not_swept_up(jobs: Jobs, around: Surroundings) -> None:
    jobs.post()
    jobs.mail_new("letter-1")
    around.clock.move(timedelta(days=1))
    jobs.sweep()
    assert sent_ids(around) == ["letter-1"]


def test_a_letter_that_failed_waits_and_is_tried_again(jobs: Jobs, around: Surroundings) -> None:
    jobs.post()
    around.sender.is_out_of_order = True
    jobs.mail_new("letter-1")
    around.sender.is_out_of_order = False
    around.clock.move(MINUTE - SECOND)
    jobs.sweep()
    assert sent_ids(around) == []
    around.clock.move(SECOND)
    jobs.sweep()
    assert sent_ids(around) == ["letter-1"]


def test_the_waits_grow_and_then_a_person_must_look(jobs: Jobs, around: Surroundings, store: FakeStore) -> None:
    letter = jobs.post()
    around.sender.is_out_of_order = True
    jobs.sweep()
    for wait in WAITS:
        assert store.rows.letters["letter-1"].next_try_at == around.clock.now + wait
        around.clock.move(wait - SECOND)
        jobs.sweep()
        assert state(store) is LetterState.WAITING
        around.clock.move(SECOND)
        jobs.sweep()
    kept = store.rows.letters["letter-1"]
    assert (kept.letter.state, kept.reason, kept.letter.tries) == (LetterState.PARKED, "ServiceUnavailable", 6)
    assert kept.letter.facts == letter.facts


def test_a_parked_letter_is_not_swept_up(jobs: Jobs, around: Surroundings) -> None:
    jobs.post()
    around.sender.failures = [LetterUnsendable("MessageRejected")]
    jobs.sweep()
    around.clock.move(timedelta(days=1))
    jobs.sweep()
    assert sent_ids(around) == []


def test_the_page_that_waits_for_a_letter_given_up_on_says_so(jobs: Jobs, around: Surroundings, desk: Desk) -> None:
    sent = desk.registered()
    around.sender.is_out_of_order = True
    for wait in (timedelta(0), *WAITS):
        assert desk.sent(sent.draft_name, around.clock.now).delivery is Delivery.WAITING
        around.clock.move(wait)
        jobs.sweep()
    assert desk.sent(sent.draft_name, around.clock.now).delivery is Delivery.PARKED


def test_a_mailer_that_was_cut_off_is_relieved_when_its_lease_ends(
    jobs: Jobs, around: Surroundings, store: FakeStore
) -> None:
    jobs.post()
    around.sender.while_sending = cut_off
    with pytest.raises(KeyboardInterrupt):
        jobs.mail_new("letter-1")
    around.sender.while_sending = lambda _: None
    around.clock.move(LEASE - SECOND)
    jobs.sweep()
    assert sent_ids(around) == []
    around.clock.move(SECOND)
    jobs.sweep()
    assert sent_ids(around) == ["letter-1"]
    assert state(store) is LetterState.SENT


def test_two_sweeps_at_once_send_once(jobs: Jobs, around: Surroundings) -> None:
    for number in range(4):
        jobs.post(letter_id=f"letter-{number}")
    sweeps = [jobs.sweep, jobs.sweep]
    around.sender.while_sending = lambda _: sweeps.pop()() if sweeps else None
    jobs.sweep()
    assert sorted(sent_ids(around)) == [f"letter-{number}" for number in range(4)]


def test_a_letter_with_a_fault_stops_no_other(jobs: Jobs, around: Surroundings) -> None:
    for minutes, letter_id in enumerate(("letter-1", "letter-2", "letter-3")):
        jobs.post(letter_id=letter_id, posted_at=NOW - timedelta(hours=1) + minutes * MINUTE)
    around.sender.broken["letter-1"] = ZeroDivisionError()
    jobs.sweep()
    assert sent_ids(around) == ["letter-2", "letter-3"]


def test_a_letter_with_a_fault_is_parked_in_the_end(jobs: Jobs, around: Surroundings, store: FakeStore) -> None:
    jobs.post()
    around.sender.broken["letter-1"] = ZeroDivisionError()
    for _ in range(20):
        jobs.sweep()
        around.clock.move(timedelta(hours=4))
    assert state(store) is LetterState.PARKED


def test_with_nothing_due_nothing_happens(jobs: Jobs, around: Surroundings) -> None:
    jobs.sweep()
    assert around.sender.sent == []
    assert [line["function"] for line in around.lines] == ["sweep"]


def test_a_store_out_of_reach_fails_the_run(jobs: Jobs, store: FakeStore) -> None:
    store.is_down = True
    with pytest.raises(JobFailed):
        jobs.sweep()


def cut_off(_: object) -> None:
    """A function that is stopped from outside: not an error that code could catch."""
    raise KeyboardInterrupt

"""Feedback: what became of a letter, told late, twice, and in any order."""

from itertools import permutations
from typing import Any

import pytest

from chalicelib.capabilities.feedback.usecases import Told, note_feedback
from chalicelib.domain.letters import Delivery, LetterState
from chalicelib.web.jobs import JobFailed
from tests.builders import NOW
from tests.fakes.store import FakeStore
from tests.fakes.world import Surroundings
from tests.jobs.conftest import Jobs
from tests.jobs.events import bounce, complaint, delivery, feedback_on, reject
from tests.steps import Desk, Sent


@pytest.fixture
def sent(desk: Desk, jobs: Jobs) -> Sent:
    """Somebody whose letter was handed to the mail service."""
    person = desk.registered()
    jobs.mail_new(person.registration.letter_id)
    return person


def fate(store: FakeStore, sent: Sent) -> Delivery:
    return store.rows.letters[sent.registration.letter_id].letter.delivery


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (bounce, Delivery.BOUNCED),
        (complaint, Delivery.COMPLAINED),
        (delivery, Delivery.DELIVERED),
        (reject, Delivery.BOUNCED),
    ],
)
def test_what_became_of_a_letter_is_kept_with_it_and_shown(
    jobs: Jobs, store: FakeStore, desk: Desk, sent: Sent, event: Any, told: Delivery
) -> None:
    jobs.tell(event(sent.registration.letter_id))
    assert fate(store, sent) is told
    assert desk.sent(sent.draft_name).delivery is told


@pytest.mark.parametrize(("event", "reason"), [(bounce, "Permanent/General"), (complaint, "abuse"), (delivery, "")])
def test_the_mail_service_s_own_code_is_kept_as_the_reason(
    jobs: Jobs, store: FakeStore, sent: Sent, event: Any, reason: str
) -> None:
    jobs.tell(event(sent.registration.letter_id))
    assert store.rows.letters[sent.registration.letter_id].reason == reason


@pytest.mark.parametrize("order", list(permutations([bounce, delivery, delivery])))
def test_a_bounce_stays_in_whatever_order_it_is_told(
    jobs: Jobs, store: FakeStore, desk: Desk, sent: Sent, order: Any
) -> None:
    for event in order:
        jobs.tell(event(sent.registration.letter_id))
    assert fate(store, sent) is Delivery.BOUNCED
    assert desk.sent(sent.draft_name).delivery is Delivery.BOUNCED


@pytest.mark.parametrize("slower", [Delivery.DELIVERED, Delivery.BOUNCED])
def test_a_bounce_told_at_the_same_moment_as_a_delivery_stays(
    store: FakeStore, desk: Desk, sent: Sent, slower: Delivery
) -> None:
    letter_id = sent.registration.letter_id
    (quicker,) = {Delivery.DELIVERED, Delivery.BOUNCED} - {slower}
    store.rivals.append(lambda: note_feedback(store.begin, Told(letter_id, quicker, "")))
    note_feedback(store.begin, Told(letter_id, slower, ""))
    assert fate(store, sent) is Delivery.BOUNCED
    assert desk.sent(sent.draft_name).delivery is Delivery.BOUNCED


def test_feedback_told_twice_changes_nothing_more(jobs: Jobs, store: FakeStore, sent: Sent) -> None:
    jobs.tell(bounce(sent.registration.letter_id))
    before = store.snapshot()
    jobs.tell(bounce(sent.registration.letter_id))
    assert store.snapshot() == before


def test_feedback_that_comes_before_our_own_note_of_sending_stays(
    jobs: Jobs, around: Surroundings, store: FakeStore, desk: Desk
) -> None:
    person = desk.registered()
    around.sender.while_sending = lambda letter: jobs.tell(bounce(letter.letter_id))
    jobs.mail_new(person.registration.letter_id)
    assert fate(store, person) is Delivery.BOUNCED
    assert store.rows.letters[person.registration.letter_id].letter.state is LetterState.SENT


def test_feedback_on_an_older_letter_is_kept_with_that_letter_alone(
    jobs: Jobs, store: FakeStore, desk: Desk, sent: Sent
) -> None:
    desk.resend(sent, sent.registration.resend_at - NOW)
    jobs.tell(bounce(sent.registration.letter_id))
    assert fate(store, sent) is Delivery.BOUNCED
    assert desk.sent(sent.draft_name).delivery is Delivery.WAITING


def test_feedback_on_the_letter_of_a_swept_registration_is_kept(jobs: Jobs, store: FakeStore, sent: Sent) -> None:
    store.rows.registrations.clear()
    jobs.tell(bounce(sent.registration.letter_id))
    assert fate(store, sent) is Delivery.BOUNCED


def test_feedback_on_a_letter_about_no_registration_is_kept(jobs: Jobs, store: FakeStore) -> None:
    jobs.post()
    jobs.tell(complaint("letter-1"))
    assert store.rows.letters["letter-1"].letter.delivery is Delivery.COMPLAINED


def test_a_bounce_of_a_completed_registration_leaves_it_completed(
    jobs: Jobs, store: FakeStore, desk: Desk, sent: Sent
) -> None:
    desk.complete(desk.ready_to_complete(sent.registration))
    jobs.tell(bounce(sent.registration.letter_id))
    assert store.rows.registrations[sent.registration.registration_id].is_completed


@pytest.mark.parametrize(
    "event",
    [
        bounce("letter-of-others"),
        feedback_on("letter-1", "Open"),
        feedback_on("letter-1", "Send"),
        {**bounce("letter-1"), "detail": {}},
        {**bounce("letter-1"), "detail": {"eventType": "Bounce", "mail": {"tags": {}}}},
        {**bounce("letter-1"), "detail": {"eventType": "Bounce", "mail": {"tags": {"letter_id": []}}}},
    ],
    ids=["of a letter that is not ours", "opened", "sent", "nothing", "without tags", "without an id"],
)
def test_what_says_nothing_about_a_letter_of_ours_is_passed_over(
    jobs: Jobs, store: FakeStore, around: Surroundings, event: dict[str, Any]
) -> None:
    jobs.post()
    before = store.snapshot()
    jobs.tell(event)
    assert store.snapshot() == before
    assert not set(Delivery) & set(around.lines[-1])


def test_feedback_is_told_again_by_aws_when_the_store_is_out_of_reach(jobs: Jobs, store: FakeStore, sent: Sent) -> None:
    store.is_down = True
    with pytest.raises(JobFailed):
        jobs.tell(bounce(sent.registration.letter_id))


@pytest.mark.parametrize("event", [bounce, complaint, delivery, reject])
def test_neither_log_nor_row_quotes_what_the_mail_service_wrote(
    jobs: Jobs, store: FakeStore, around: Surroundings, sent: Sent, event: Any
) -> None:
    jobs.tell(event(sent.registration.letter_id))
    assert "example.jp" not in (store.rows.letters[sent.registration.letter_id].reason or "")
    assert "example.jp" not in repr(around.lines)
    assert len(set(Delivery) & set(around.lines[-1])) == 1

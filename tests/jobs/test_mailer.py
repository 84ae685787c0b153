"""The mailer: each letter goes out once, whatever the stream does."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from chalicelib.domain.letters import Delivery, LetterState
from chalicelib.ports import LetterDelayed, LetterUnsendable
from tests.builders import NOW
from tests.fakes.store import FakeStore
from tests.fakes.world import Surroundings
from tests.jobs.conftest import Jobs
from tests.jobs.events import number_of, record, stream_of
from tests.steps import Desk

NONE_FAILED: dict[str, object] = {"batchItemFailures": []}


def sent_ids(around: Surroundings) -> list[str]:
    return [letter.letter_id for letter in around.sender.sent]


def test_a_posted_letter_is_sent(jobs: Jobs, around: Surroundings, store: FakeStore) -> None:
    letter = jobs.post()
    assert jobs.mail_new("letter-1") == NONE_FAILED
    assert around.sender.sent == [replace(letter, tries=1)]
    kept = store.rows.letters["letter-1"]
    assert (kept.letter.state, kept.message_id, kept.sent_at) == (LetterState.SENT, "message-letter-1", NOW)
    assert kept.letter.facts == {}


def test_a_batch_of_letters_is_sent(jobs: Jobs, around: Surroundings) -> None:
    letter_ids = [f"letter-{number}" for number in range(1, 11)]
    for letter_id in letter_ids:
        jobs.post(letter_id=letter_id)
    assert jobs.mail_new(*letter_ids) == NONE_FAILED
    assert sent_ids(around) == letter_ids


def test_the_letter_of_a_new_registration_is_sent_to_its_address(jobs: Jobs, around: Surroundings, desk: Desk) -> None:
    registration = desk.registered().registration
    jobs.mail_new(registration.letter_id)
    (letter,) = around.sender.sent
    assert letter.to == registration.management_email
    assert letter.facts["registration_id"] == registration.registration_id


def test_the_same_record_twice_sends_once(jobs: Jobs, around: Surroundings) -> None:
    jobs.post()
    jobs.mail_new("letter-1", "letter-1")
    assert jobs.mail_new("letter-1") == NONE_FAILED
    assert sent_ids(around) == ["letter-1"]


def test_two_mailers_at_once_send_once(jobs: Jobs, around: Surroundings) -> None:
    jobs.post()
    around.sender.while_sending = once(lambda: jobs.mail_new("letter-1"))
    jobs.mail_new("letter-1")
    assert sent_ids(around) == ["letter-1"]


def test_the_sweep_leaves_alone_what_a_mailer_is_sending(jobs: Jobs, around: Surroundings) -> None:
    jobs.post()
    around.sender.while_sending = once(jobs.sweep)
    jobs.mail_new("letter-1")
    assert sent_ids(around) == ["letter-1"]


@pytest.mark.parametrize("name", ["MODIFY", "REMOVE"])
def test_changes_of_a_letter_send_nothing(jobs: Jobs, around: Surroundings, name: str) -> None:
    jobs.post()
    assert jobs.mail({"Records": [record("letter-1", name)]}) == NONE_FAILED
    assert around.sender.sent == []


def test_a_record_of_a_letter_that_is_not_there_is_passed_over(jobs: Jobs, around: Surroundings) -> None:
    jobs.post()
    assert jobs.mail_new("letter-of-others", "letter-1") == NONE_FAILED
    assert sent_ids(around) == ["letter-1"]


@pytest.mark.parametrize("error", [LetterDelayed("Throttling"), LetterUnsendable("MessageRejected")])
def test_a_letter_that_cannot_be_sent_stops_no_other(jobs: Jobs, around: Surroundings, error: LetterDelayed) -> None:
    for letter_id in ("letter-1", "letter-2", "letter-3"):
        jobs.post(letter_id=letter_id)
    around.sender.broken["letter-2"] = error
    assert jobs.mail_new("letter-1", "letter-2", "letter-3") == NONE_FAILED
    assert sent_ids(around) == ["letter-1", "letter-3"]


def test_a_letter_with_a_fault_stops_no_other(jobs: Jobs, around: Surroundings) -> None:
    for letter_id in ("letter-1", "letter-2", "letter-3"):
        jobs.post(letter_id=letter_id)
    around.sender.broken["letter-2"] = ZeroDivisionError()
    jobs.mail_new("letter-1", "letter-2", "letter-3")
    assert sent_ids(around) == ["letter-1", "letter-3"]


def test_an_unsendable_letter_is_parked_at_once(jobs: Jobs, around: Surroundings, store: FakeStore) -> None:
    letter = jobs.post()
    around.sender.failures = [LetterUnsendable("MessageRejected")]
    assert jobs.mail_new("letter-1") == NONE_FAILED
    kept = store.rows.letters["letter-1"]
    assert (kept.letter.state, kept.reason) == (LetterState.PARKED, "MessageRejected")
    assert kept.letter.facts == letter.facts


def test_the_page_that_waits_for_a_parked_letter_says_so(jobs: Jobs, around: Surroundings, desk: Desk) -> None:
    sent = desk.registered()
    around.sender.failures = [LetterUnsendable("MessageRejected")]
    jobs.mail_new(sent.registration.letter_id)
    assert desk.sent(sent.draft_name).delivery is Delivery.PARKED


def test_an_older_letter_that_is_parked_says_nothing_about_a_newer_one(
    jobs: Jobs, around: Surroundings, desk: Desk, store: FakeStore
) -> None:
    sent = desk.registered()
    desk.resend(sent, sent.registration.resend_at - NOW)
    around.sender.failures = [LetterUnsendable("MessageRejected")]
    jobs.mail_new(sent.registration.letter_id)
    assert store.rows.letters[sent.registration.letter_id].letter.state is LetterState.PARKED
    assert desk.sent(sent.draft_name).delivery is Delivery.WAITING


def test_a_letter_about_a_registration_that_was_swept_is_parked_all_the_same(
    jobs: Jobs, around: Surroundings, store: FakeStore
) -> None:
    jobs.post(about="registration-1")
    around.sender.failures = [LetterUnsendable("MessageRejected")]
    assert jobs.mail_new("letter-1") == NONE_FAILED
    assert store.rows.letters["letter-1"].letter.state is LetterState.PARKED


def test_every_record_is_handed_back_when_the_store_is_out_of_reach(
    jobs: Jobs, around: Surroundings, store: FakeStore
) -> None:
    jobs.post()
    jobs.post(letter_id="letter-2")
    store.is_down = True
    assert jobs.mail_new("letter-1", "letter-2") == {"batchItemFailures": [number_of(1), number_of(2)]}
    store.is_down = False
    assert jobs.mail_new("letter-1", "letter-2") == NONE_FAILED
    assert sent_ids(around) == ["letter-1", "letter-2"]


def test_only_what_failed_is_handed_back(jobs: Jobs, around: Surroundings, store: FakeStore) -> None:
    for letter_id in ("letter-1", "letter-2"):
        jobs.post(letter_id=letter_id)
    around.sender.while_sending = lambda letter: setattr(store, "is_down", letter.letter_id == "letter-2")
    event = stream_of("letter-1", "letter-2")
    event["Records"].insert(0, record("letter-1", "MODIFY", 99))
    assert jobs.mail(event) == {"batchItemFailures": [number_of(2)]}


def test_a_store_that_goes_away_while_sending_is_said_in_the_log(
    jobs: Jobs, around: Surroundings, store: FakeStore
) -> None:
    jobs.post()
    store.is_down = True
    jobs.mail_new("letter-1")
    (line,) = around.lines
    assert line["failed"] == 1


def test_the_log_counts_and_names_nobody(jobs: Jobs, around: Surroundings) -> None:
    for letter_id in ("letter-1", "letter-2", "letter-3"):
        jobs.post(letter_id=letter_id)
    around.sender.broken = {"letter-2": LetterDelayed("Throttling"), "letter-3": LetterUnsendable("MessageRejected")}
    jobs.mail_new("letter-1", "letter-2", "letter-3", "letter-1")
    (line,) = around.lines
    assert {name: line[name] for name in ("event", "capability", "function")} == {
        "event": "job",
        "capability": "mailer",
        "function": "mailer",
    }
    assert (line["sent"], line["postponed"], line["parked"], line["skipped"]) == (1, 1, 1, 1)
    assert "example.jp" not in repr(line)
    assert "letter-1" not in repr(line)


def test_an_empty_batch_is_no_fault(jobs: Jobs) -> None:
    assert jobs.mail({"Records": []}) == NONE_FAILED


def once(act: Callable[[], object]) -> Callable[[object], None]:
    """`act` the first time, nothing after that."""
    acts = [act]

    def run(_: object) -> None:
        if acts:
            acts.pop()()

    return run

"""The mailer, woken by the outbox's stream, and the sweep, which finds what the stream lost."""

from typing import Any

from chalice.app import Blueprint, CloudWatchEvent, DynamoDBEvent, Rate

from chalicelib import wiring
from chalicelib.capabilities.mailer.usecases import deliver_letter, due_letters
from chalicelib.posting import ses_post
from chalicelib.web.jobs import Run, running

jobs = Blueprint(__name__)
wiring.deliver_through(ses_post)

LETTERS_STREAM: Any = {"Fn::GetAtt": ["LettersTable", "StreamArn"]}
_FAILED = "failed"


@jobs.on_dynamodb_record(stream_arn=LETTERS_STREAM, batch_size=10, name="mailer")
def mailer(event: DynamoDBEvent) -> dict[str, Any]:
    """Send each letter that was posted. Records that could not be dealt with are handed back, the others stay done."""
    posted = [(r.sequence_number, _letter_id(r.keys)) for r in event if r.event_name == "INSERT"]
    with running("mailer", "mailer") as run:
        failed = [number for number, letter_id in posted if _deliver(run, letter_id) == _FAILED]
    return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}


@jobs.schedule(Rate(5, unit=Rate.MINUTES), name="sweep")
def sweep(event: CloudWatchEvent) -> None:  # noqa: ARG001 - the schedule's event says nothing
    """Send each letter that is due and still waiting."""
    with running("mailer", "sweep") as run:
        for letter_id in due_letters(run.world.begin, run.world.now()):
            _deliver(run, letter_id)


def _letter_id(keys: Any) -> str:
    """The letter that a record is about; "" when it cannot be read, and so the record alone is handed back."""
    try:
        return str(keys["letter_id"]["S"])
    except (KeyError, TypeError):
        return ""


def _deliver(run: Run, letter_id: str) -> str:
    outcome = _attempt(run, letter_id)
    run.counts[outcome] += 1
    return outcome


def _attempt(run: Run, letter_id: str) -> str:
    try:
        return deliver_letter(run.world.begin, run.world.post, letter_id, run.world.now())
    except Exception as error:  # noqa: BLE001 - the record goes back to the stream, in the end to the parking place
        run.entry.note_fault(error)
        return _FAILED

"""The mailer, woken by the outbox's stream, and the sweep, which finds what the stream lost."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from chalice.app import Blueprint, CloudWatchEvent, DynamoDBEvent, Rate

from chalicelib import wiring
from chalicelib.capabilities.mailer.usecases import deliver_letter, due_letters
from chalicelib.posting import ses_post
from chalicelib.web.journal import Entry, write_job
from chalicelib.wiring import World

jobs = Blueprint(__name__)
wiring.deliver_through(ses_post)

LETTERS_STREAM: Any = {"Fn::GetAtt": ["LettersTable", "StreamArn"]}
_FAILED = "failed"


@jobs.on_dynamodb_record(stream_arn=LETTERS_STREAM, batch_size=10, name="mailer")
def mailer(event: DynamoDBEvent) -> dict[str, Any]:
    """Send each letter that was posted. Records that could not be dealt with are handed back, the others stay done."""
    posted = [(r.sequence_number, _letter_id(r.keys)) for r in event if r.event_name == "INSERT"]
    outcomes = _deliver(wiring.world(), "mailer", [letter_id for _, letter_id in posted])
    failed = [number for (number, _), outcome in zip(posted, outcomes, strict=True) if outcome == _FAILED]
    return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}


@jobs.schedule(Rate(5, unit=Rate.MINUTES), name="sweep")
def sweep(event: CloudWatchEvent) -> None:  # noqa: ARG001 - the schedule's event says nothing
    """Send each letter that is due and still waiting."""
    world = wiring.world()
    _deliver(world, "sweep", due_letters(world.begin, world.now()))


def _deliver(world: World, function: str, letter_ids: Iterable[str]) -> list[str]:
    world.meter.reset()
    started = world.stopwatch()
    entry = Entry("mailer", function)
    outcomes = [_deliver_one(world, letter_id, entry) for letter_id in letter_ids]
    write_job(world, entry, dict(Counter(outcomes)), started)
    return outcomes


def _letter_id(keys: Any) -> str:
    """The letter that a record is about; "" when it cannot be read, and so the record alone is handed back."""
    try:
        return str(keys["letter_id"]["S"])
    except (KeyError, TypeError):
        return ""


def _deliver_one(world: World, letter_id: str, entry: Entry) -> str:
    try:
        return deliver_letter(world.begin, world.post, letter_id, world.now())
    except Exception as error:  # noqa: BLE001 - the record goes back to the stream, in the end to the parking place
        entry.note_fault(error)
        return _FAILED

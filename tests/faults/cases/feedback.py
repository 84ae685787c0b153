"""What the mail service tells, under faults."""

from datetime import timedelta

from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Case, again

_BOUNCE = {"bounceType": "Permanent", "bounceSubType": "General"}


def _sent(stage: Stage) -> None:
    stage.notes["sent"] = stage.desk.registered(stage.now)
    stage.notes["letter_id"] = stage.letters()[0]["letter_id"]
    stage.settle()


def _sent_again(stage: Stage) -> None:
    """The registration was mailed again meanwhile."""
    _sent(stage)
    stage.desk.resend(stage.notes["sent"], timedelta(minutes=2))
    stage.settle()


def _bounced(stage: Stage) -> None:
    stage.tell("Bounce", stage.notes["letter_id"], bounce=_BOUNCE)
    stage.notes["has_bounced"] = True


def _delivered(stage: Stage) -> None:
    stage.tell("Delivery", stage.notes["letter_id"])


def _unknown(stage: Stage) -> None:
    stage.tell("Delivery", "no-letter-of-ours")


def _require_letter(stage: Stage, delivery: str) -> None:
    (letter,) = stage.letters(letter_id=stage.notes["letter_id"])
    assert letter.get("delivery") == delivery, f"the letter is {letter.get('delivery')}"


def _is_known_as_bounced(stage: Stage, after: Rows) -> None:
    _require_letter(stage, "bounced")
    assert [row["delivery"] for row in after.registrations] == ["bounced"], "the registration is not"


def _is_known_as_delivered(stage: Stage, after: Rows) -> None:
    _require_letter(stage, "delivered")
    assert [row["delivery"] for row in after.registrations] == ["delivered"], "the registration is not"


def _is_known_as_the_worse_of_both(stage: Stage, after: Rows) -> None:
    known = _is_known_as_bounced if stage.notes.get("has_bounced") else _is_known_as_delivered
    known(stage, after)


def _is_known_of_the_letter_alone(stage: Stage, after: Rows) -> None:
    _require_letter(stage, "bounced")
    assert [row["delivery"] for row in after.registrations] == ["waiting"]


def _changed_nothing(stage: Stage, after: Rows) -> None:
    assert all("delivery" not in row for row in after.letters)


CASES = (
    Case("a mail bounced", _sent, _bounced, again(_bounced), _is_known_as_bounced, rivals=(_bounced, _delivered)),
    Case("a mail was delivered", _sent, _delivered, again(_delivered), _is_known_as_delivered),
    Case(
        "a mail is said to be delivered while it bounces",
        _sent,
        _delivered,
        again(_delivered),
        _is_known_as_the_worse_of_both,
        rivals=(_bounced,),
    ),
    Case("an older mail bounced", _sent_again, _bounced, again(_bounced), _is_known_of_the_letter_alone),
    Case("an unknown mail was delivered", _sent, _unknown, again(_unknown), _changed_nothing),
)

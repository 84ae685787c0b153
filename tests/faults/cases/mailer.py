"""The mailer and the sweep under faults."""

from datetime import timedelta

from chalicelib.domain.letters import LetterName
from chalicelib.storage.letters import LetterRow
from tests.builders import ADDRESS, NOW, a_letter
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Act, Case, Next, Outcome

OTHER_ADDRESS = "hanako@example.jp"
_EARLIER_TRIES = 5
_REJECTED = "MessageRejected"


def _posted(stage: Stage) -> None:
    stage.notes["sent"] = stage.desk.registered(stage.now)
    stage.notes["batch"] = [row["letter_id"] for row in stage.letters()]


def _two_posted(stage: Stage) -> None:
    stage.desk.registered(stage.now, email=OTHER_ADDRESS)
    _posted(stage)


def _two_posted_and_told_twice(stage: Stage) -> None:
    _two_posted(stage)
    stage.notes["batch"] += reversed(stage.notes["batch"])


def _posted_alone(stage: Stage) -> None:
    """A letter that belongs to no registration."""
    facts = {"payer_id": "KNCA6288", "filer_id": "KICA6288", "completed_at": NOW.isoformat()}
    with stage.begin() as work:
        work.letters.post(a_letter(name=LetterName.REGISTRATION_COMPLETED, facts=facts, about=None))
        work.addresses.count_due_mail(ADDRESS, stage.now)
    stage.notes["batch"] = ["letter-1"]


def _posted_and_often_tried(stage: Stage) -> None:
    _posted(stage)
    (row,) = LetterRow.scan()
    row.update(actions=[LetterRow.tries.set(_EARLIER_TRIES)])


def _followed_by_a_newer_one(stage: Stage) -> None:
    _posted(stage)
    stage.desk.resend(stage.notes["sent"], timedelta(seconds=61))
    stage.clock.move(timedelta(seconds=61))


def _refused(prepare: Act, code: str) -> Act:
    """The mail service says no."""

    def refuse(stage: Stage) -> None:
        prepare(stage)
        stage.mailbox.refusal = code

    return refuse


def _wake(stage: Stage) -> list[str]:
    return stage.wake_mailer(stage.notes["batch"])


def _sweep(stage: Stage) -> None:
    stage.sweep()


def _tell_of_bounce(stage: Stage) -> None:
    stage.tell("Bounce", stage.notes["batch"][0])


def _comes_again(act: Act) -> Next:
    """What the event source does with a batch that was not answered, or of which records were handed back."""

    def redeliver(stage: Stage, outcome: Outcome) -> None:
        if stage.mailbox.refusal != _REJECTED:
            stage.mailbox.refusal = ""
        if outcome.error or outcome.result:
            assert act(stage) in (None, []), "handed back though nothing is wrong any more"

    return redeliver


def _and_then(first: Next, second: Act) -> Next:
    def both(stage: Stage, outcome: Outcome) -> None:
        first(stage, outcome)
        second(stage)

    return both


def _all_are_sent(stage: Stage, after: Rows) -> None:
    assert {row["state"] for row in after.letters} == {"sent"}
    assert all(row["message_id"] for row in after.letters)


def _is_sent_and_bounced(stage: Stage, after: Rows) -> None:
    _all_are_sent(stage, after)
    assert [row["delivery"] for row in (*after.letters, *after.registrations)] == ["bounced", "bounced"]


def _all_are_parked(stage: Stage, after: Rows) -> None:
    assert {row["state"] for row in after.letters} == {"parked"}
    assert {row["delivery"] for row in after.registrations} <= {"parked"}


def _is_parked_or_sent(stage: Stage, after: Rows) -> None:
    states = [(letter["state"], found["delivery"]) for letter in after.letters for found in after.registrations]
    assert states in ([("parked", "parked")], [("sent", "waiting")])


def _tried_once(name: str, prepare: Act, act: Act, *, rivals: tuple[Act, ...] = (_sweep,)) -> Case:
    return Case(name, prepare, act, _comes_again(act), _all_are_sent, rivals=rivals)


CASES = (
    _tried_once("a letter is posted", _posted, _wake, rivals=(_sweep, _wake)),
    _tried_once("a letter about nobody's registration is posted", _posted_alone, _wake),
    _tried_once("two letters are posted and told of twice", _two_posted_and_told_twice, _wake),
    _tried_once("the stream lost two letters", _two_posted, _sweep, rivals=(_sweep, _wake)),
    _tried_once("the mail service is busy", _refused(_posted, "TooManyRequestsException"), _wake),
    Case(
        "the mail bounces",
        _posted,
        _wake,
        _and_then(_comes_again(_wake), _tell_of_bounce),
        _is_sent_and_bounced,
        rivals=(_tell_of_bounce,),
    ),
    Case(
        "the mail service rejects the letter",
        _refused(_posted, _REJECTED),
        _wake,
        _comes_again(_wake),
        _all_are_parked,
        rivals=(_sweep,),
    ),
    Case(
        "the mail service rejects a letter that is not the newest",
        _refused(_followed_by_a_newer_one, _REJECTED),
        _wake,
        _comes_again(_wake),
        _all_are_parked,
        rivals=(_sweep,),
    ),
    Case(
        "the mail service rejects a letter about nobody's registration",
        _refused(_posted_alone, _REJECTED),
        _wake,
        _comes_again(_wake),
        _all_are_parked,
        rivals=(_sweep,),
    ),
    Case(
        "the mail service is busy at the last try",
        _refused(_posted_and_often_tried, "TooManyRequestsException"),
        _wake,
        _comes_again(_wake),
        _is_parked_or_sent,
        rivals=(_sweep,),
    ),
)

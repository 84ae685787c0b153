"""窓口 under faults."""

from chalicelib.domain.application_moves import handed_over
from chalicelib.domain.application_states import State
from chalicelib.domain.audit import Deed
from chalicelib.domain.code_refusals import ScanMoved
from chalicelib.domain.officers import Officer
from chalicelib.domain.qr_codes import Purpose
from chalicelib.domain.receivers import Receiver
from tests.code_builders import OFFICER_ID, a_redemption
from tests.faults.applicants import the_application
from tests.faults.insider import tries
from tests.faults.officers import ELSEWHERE, HERE, at_the_counter, deeds, has_officers, has_ready, the_code
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Act, Case, Outcome, again
from tests.usecases.applications.steps import LATER, OWN, SECOND, WRONG
from tests.usecases.codes.steps import (
    CLERK,
    COLLEAGUE,
    EXAMINER,
    OTHER_PASSWORD,
    PASSWORD,
    STEP,
    STRANGER,
    credential_of,
    one_time_password,
)

KEY, SESSION = "key", "session"
LATE = LATER + SECOND


def _after_two_wrong_ones(stage: Stage) -> None:
    has_officers(stage)
    at_the_counter(stage).guess_officer(2)


def _sign_in(stage: Stage) -> object:
    return at_the_counter(stage).sign_in()


def _sign_in_with_the_next(stage: Stage, outcome: Outcome) -> None:
    """Whoever got no answer waits for the next one-time password."""
    assert at_the_counter(stage).sign_in(code=one_time_password(STEP + 1), now=LATE)


def _is_let_in(stage: Stage, after: Rows) -> None:
    """Once by each."""
    assert len(after.sessions) == len(deeds(after)) <= 2
    assert tries(after) == 0
    assert at_the_counter(stage).officer(OFFICER_ID).totp_step == STEP + 1


def _guess(stage: Stage) -> object:
    return at_the_counter(stage).sign_in(password=WRONG)


def _has_counted(stage: Stage, after: Rows) -> None:
    assert not after.sessions
    assert not after.audit
    assert 1 <= tries(after) <= 3, "a try counts once"


def _at_work(stage: Stage) -> None:
    has_officers(stage)
    stage.notes[SESSION] = at_the_counter(stage).sign_in()


def _leave(stage: Stage) -> None:
    at_the_counter(stage).sign_out(stage.notes[SESSION], LATE)


def _is_left(stage: Stage, after: Rows) -> None:
    assert not after.sessions
    assert deeds(after) == [Deed.SIGNED_IN, Deed.SIGNED_OUT]


def _with_code(purpose: Purpose, password: str = PASSWORD) -> Act:
    """A code, and what it is for is ready."""

    def prepare(stage: Stage) -> None:
        if purpose is not Purpose.ENROLMENT:
            has_ready(stage)
        stage.notes[KEY] = at_the_counter(stage).issue(purpose, password=password)

    return prepare


def _look(stage: Stage) -> object:
    """At a code, a second later at the shelf."""
    desk = at_the_counter(stage)
    seen = desk.scan(stage.notes[KEY])
    listed = desk.shelf(EXAMINER, now=LATE)[0]
    return seen.verdict, [one.application_number for one in (*seen.ready, *listed)]


def _hand_one_over(stage: Stage) -> None:
    at_the_counter(stage).hand_over(stage.notes[KEY], officer=COLLEAGUE, now=LATE + SECOND)


def _is_noted(stage: Stage, after: Rows) -> None:
    assert {Deed.LISTED, Deed.SCANNED} <= set(deeds(after))


def _approve(stage: Stage) -> object:
    return at_the_counter(stage).approve(stage.notes[KEY]).redemption


def _approved_by(officer: Officer) -> Act:
    return lambda stage: at_the_counter(stage).approve(stage.notes[KEY], officer, LATE)


def _approve_another_of_that_name(stage: Stage) -> None:
    key = at_the_counter(stage).issue(Purpose.ENROLMENT, submission_id="another form")
    at_the_counter(stage).approve(key, COLLEAGUE, LATE)


def _is_enrolled_once(stage: Stage, after: Rows) -> None:
    assert len(after.receivers) == 1
    assert sum("redeemed_at" in row for row in after.qr_codes) == 1


def _change_to_a_third(stage: Stage) -> None:
    key = at_the_counter(stage).issue(Purpose.PASSWORD_CHANGE, password="a third one")
    at_the_counter(stage).approve(key, COLLEAGUE, LATE)


def _is_changed(stage: Stage, after: Rows) -> None:
    """Whoever came second was told to look again, or followed."""
    receiver = at_the_counter(stage).receiver()
    assert isinstance(receiver, Receiver)
    assert "redeemed_at" in the_code(after, stage.notes[KEY])
    assert receiver.credential in {credential_of(OTHER_PASSWORD), credential_of("a third one")}


def _hand_over(stage: Stage) -> object:
    return at_the_counter(stage).hand_over(stage.notes[KEY], *HERE)


def _hand_over_elsewhere(stage: Stage) -> None:
    at_the_counter(stage).hand_over(stage.notes[KEY], ELSEWHERE, officer=STRANGER, now=LATE)


def _applicant_asks_for_a_code(stage: Stage) -> None:
    at_the_counter(stage).issue_single()


def _office_tells_of_it(stage: Stage) -> None:
    at_the_counter(stage).tell(lambda one: handed_over(one, LATER))


def _are_handed_over_together(stage: Stage, after: Rows) -> None:
    """Both with this code here, or neither."""
    collected = [the_application(after, number)["state"] == State.RETURNED for number in HERE]
    redemption = at_the_counter(stage).code(stage.notes[KEY]).redemption
    is_ours = redemption == a_redemption(at=LATER, officer_id=CLERK.officer_id)
    assert is_ours == (Deed.HANDED_OVER in deeds(after)) == collected[1]
    assert collected[0] or not is_ours


def _with_single_code(stage: Stage) -> None:
    at_the_counter(stage).has_ready()
    stage.notes[KEY] = at_the_counter(stage).issue_single()


def _hand_one(stage: Stage) -> object:
    return at_the_counter(stage).hand_over(stage.notes[KEY])


def _is_collected(stage: Stage, after: Rows) -> None:
    assert the_application(after, OWN)["state"] == State.RETURNED


CASES = (
    Case("sign in at the counter", _after_two_wrong_ones, _sign_in, _sign_in_with_the_next, _is_let_in),
    Case("sign in at the counter with a wrong password", has_officers, _guess, again(_guess), _has_counted),
    Case("leave the counter", _at_work, _leave, again(_leave), _is_left),
    Case(
        "scan a code and look at the shelf",
        _with_code(Purpose.AUTHENTICATION),
        _look,
        again(_look),
        _is_noted,
        rivals=(_hand_one_over,),
    ),
    Case(
        "approve an enrolment",
        _with_code(Purpose.ENROLMENT),
        _approve,
        again(_approve, ScanMoved),
        _is_enrolled_once,
        rivals=(_approve, _approved_by(STRANGER), _approve_another_of_that_name),
        refusals=(ScanMoved,),
    ),
    Case(
        "approve a new password",
        _with_code(Purpose.PASSWORD_CHANGE, OTHER_PASSWORD),
        _approve,
        again(_approve, ScanMoved),
        _is_changed,
        rivals=(_approved_by(COLLEAGUE), _change_to_a_third),
        refusals=(ScanMoved,),
    ),
    Case(
        "hand two applications over",
        _with_code(Purpose.AUTHENTICATION),
        _hand_over,
        again(_hand_over, ScanMoved),
        _are_handed_over_together,
        rivals=(_hand_over, _hand_over_elsewhere, _applicant_asks_for_a_code, _office_tells_of_it),
        refusals=(ScanMoved,),
    ),
    Case(
        "hand an application over with its own code",
        _with_single_code,
        _hand_one,
        again(_hand_one, ScanMoved),
        _is_collected,
        rivals=(_hand_one, _office_tells_of_it),
        refusals=(ScanMoved,),
    ),
)

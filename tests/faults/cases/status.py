"""状況照会 under faults."""

from collections.abc import Callable

from chalicelib.capabilities.status import usecases
from chalicelib.domain.application_refusals import NotCorrectable, NotWithdrawable
from chalicelib.domain.application_states import State
from chalicelib.domain.passcodes import PASSCODES_AN_HOUR
from chalicelib.domain.refusals import MailLimitSpent
from tests.application_builders import answers_of
from tests.faults import applicants
from tests.faults.applicants import END, at_the_desk, has, the_application
from tests.faults.insider import letters_named, tries
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Case, again
from tests.usecases.applications.steps import HOUR, NOBODYS, OWN, SECOND, WRONG, paying

CODE = "12345678"
MINE = "mine"


def _after_two_wrong_ones(stage: Stage) -> None:
    has()(stage)
    at_the_desk(stage).guess(2)


def _enter(stage: Stage) -> object:
    return at_the_desk(stage).enter()


def _is_let_in(stage: Stage, after: Rows) -> None:
    assert after.sessions
    assert tries(after) == 0


def _guess(stage: Stage) -> object:
    return at_the_desk(stage).enter(WRONG)


def _has_counted(stage: Stage, after: Rows) -> None:
    assert not after.sessions
    assert 1 <= tries(after) <= 3, "a try counts once"


def _locked(stage: Stage) -> None:
    has()(stage)
    at_the_desk(stage).guess(5)


def _is_locked_out(stage: Stage, after: Rows) -> None:
    assert not after.sessions
    assert tries(after) == 5


def _ask(stage: Stage) -> None:
    at_the_desk(stage).ask_passcode()


def _ask_for_nobody(stage: Stage) -> None:
    at_the_desk(stage).ask_passcode(NOBODYS)


def _is_mailed(stage: Stage, after: Rows) -> None:
    """Every asking is a letter; the newest code opens."""
    (passcode,) = after.passcodes
    assert passcode["digest"]
    assert {row["to"] for row in letters_named(after, "application_passcode")} == {applicants.TO}


def _is_mailed_nothing(stage: Stage, after: Rows) -> None:
    (passcode,) = after.passcodes
    assert "digest" not in passcode
    assert {row["state"] for row in letters_named(after, "application_passcode")} == {"withheld"}


def _before_the_last_passcode(stage: Stage) -> None:
    has()(stage)
    for _ in range(PASSCODES_AN_HOUR - 1):
        _ask(stage)
    stage.settle()


def _is_within_the_hour(stage: Stage, after: Rows) -> None:
    assert len(letters_named(after, "application_passcode")) == PASSCODES_AN_HOUR


def _mailed(stage: Stage) -> None:
    has()(stage)
    stage.dice.digits.append(CODE)
    _ask(stage)
    stage.settle()


def _enter_by_passcode(stage: Stage) -> object:
    return at_the_desk(stage).enter_by_passcode(CODE)


def _is_let_in_once(stage: Stage, after: Rows) -> None:
    assert len(after.sessions) == 1
    (passcode,) = after.passcodes
    assert "digest" not in passcode
    assert tries(after) <= 2


def _looking(stage: Stage) -> None:
    has()(stage)
    enquiry = at_the_desk(stage).enter()
    assert enquiry
    stage.notes[MINE] = enquiry.name


def _leave(stage: Stage) -> None:
    usecases.leave(stage.begin, stage.notes[MINE])


def _is_left(stage: Stage, after: Rows) -> None:
    assert not after.sessions


def _withdraw(stage: Stage) -> object:
    return at_the_desk(stage).withdraw().state


def _news_come_in(stage: Stage) -> None:
    at_the_desk(stage).tell_news("event-1")


def _it_is_paid(stage: Stage) -> None:
    at_the_desk(stage).tell(paying())


def _ends_as(*states: State) -> Callable[[Stage, Rows], None]:
    """In one of these, with nothing told twice (which the audit sees)."""

    def holds(stage: Stage, after: Rows) -> None:
        assert the_application(after)["state"] in states

    return holds


def _typed(stage: Stage) -> None:
    """On the check page, one second before the deadline."""
    has(State.INSPECTION_CORRECTION)(stage)
    stage.notes["answers"] = answers_of(at_the_desk(stage).stored())
    at_the_desk(stage).check_page(MINE, expires_at=END + HOUR)


def _correct(stage: Stage) -> object:
    with stage.begin() as work:
        draft = work.drafts.find(MINE, END)
    return at_the_desk(stage).correct(draft, END - SECOND)


def _it_expires(stage: Stage) -> None:
    at_the_desk(stage).run_expiry(END)


def _is_corrected_or_ended(stage: Stage, after: Rows) -> None:
    application = at_the_desk(stage).stored()
    assert application.application_number == OWN
    is_corrected = application.state is State.INSPECTION_REVIEW
    assert is_corrected or application.state is State.REJECTED
    assert is_corrected == (stage.notes["answers"].items() <= vars(application.record).items())
    assert [row.get("outcome") for row in after.drafts] == ["corrected" if is_corrected else None]


CASES = (
    Case("enter by the application's password", _after_two_wrong_ones, _enter, again(_enter), _is_let_in),
    Case("enter by a wrong application password", has(), _guess, again(_guess), _has_counted),
    Case("enter while the application is locked", _locked, _enter, again(_enter), _is_locked_out),
    Case("ask for a passcode", has(), _ask, again(_ask), _is_mailed),
    Case("ask for a passcode of nobody", has(), _ask_for_nobody, again(_ask_for_nobody), _is_mailed_nothing),
    Case(
        "ask for the last passcode of the hour",
        _before_the_last_passcode,
        _ask,
        again(_ask, MailLimitSpent),
        _is_within_the_hour,
        refusals=(MailLimitSpent,),
    ),
    Case("enter by a passcode", _mailed, _enter_by_passcode, again(_enter_by_passcode), _is_let_in_once),
    Case("leave the enquiry", _looking, _leave, again(_leave), _is_left),
    Case(
        "withdraw instead of correcting",
        has(State.INSPECTION_CORRECTION),
        _withdraw,
        again(_withdraw),
        _ends_as(State.WITHDRAWN),
        rivals=(_withdraw, _news_come_in),
    ),
    Case(
        "withdraw while it is paid",
        has(State.INSPECTION_FEE_BULK),
        _withdraw,
        again(_withdraw, NotWithdrawable),
        _ends_as(State.WITHDRAWN, State.WEIGHT_TAX_BULK),
        rivals=(_it_is_paid,),
        refusals=(NotWithdrawable,),
    ),
    Case(
        "correct while it expires",
        _typed,
        _correct,
        again(_correct, NotCorrectable),
        _is_corrected_or_ended,
        rivals=(_correct, _it_expires, _news_come_in),
        refusals=(NotCorrectable,),
    ),
)

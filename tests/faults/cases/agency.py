"""The offices' systems under faults: what they tell is told again until it is answered."""

from chalicelib.capabilities.agency import usecases
from chalicelib.capabilities.agency.usecases import Listing
from chalicelib.domain.api_keys import Scope
from chalicelib.domain.application_moves import rejected
from chalicelib.domain.application_refusals import EventOutOfOrder
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application, Reason
from tests.faults.applicants import at_the_desk, has, the_application
from tests.faults.insider import tries
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Act, Case, again
from tests.usecases.applications.steps import (
    LATER,
    OFFICE,
    OWN,
    ApplicationDesk,
    a_key,
    an_event,
    asking,
    paying,
)

SECRET = "a key of the tests"


def _has_key(prepare: Act) -> Act:
    """An office with a key, and an application of its own."""

    def both(stage: Stage) -> None:
        with stage.begin() as work:
            work.api_keys.add(SECRET, a_key(scopes=frozenset({Scope.WRITE})))
        prepare(stage)

    return both


def _desk_of_the_office(stage: Stage) -> ApplicationDesk:
    """Behind its key."""
    key = usecases.key_of(stage.begin, SECRET)
    assert key
    assert key.office == OFFICE
    return at_the_desk(stage)


def _pay(stage: Stage) -> object:
    return _desk_of_the_office(stage).tell(paying())


def _news_come_in(stage: Stage) -> None:
    at_the_desk(stage).tell_news("event-2")


def _is_paid_once(stage: Stage, after: Rows) -> None:
    application = at_the_desk(stage).stored()
    assert application.state is State.WEIGHT_TAX_DUE
    assert len(application.charges) == 2
    assert len(after.events_seen) == 1 + len(application.notices)


def _tell_news(stage: Stage) -> object:
    """What was taken before is not judged again."""
    desk = _desk_of_the_office(stage)
    return usecases.known_result(stage.begin, an_event()) or desk.tell_news("event-1")


def _is_told_once(stage: Stage, after: Rows) -> None:
    assert len(at_the_desk(stage).stored().notices) == 1


def _ask(stage: Stage) -> object:
    return _desk_of_the_office(stage).tell(asking())


def _reject(stage: Stage) -> None:
    def step(one: Application) -> Application:
        return rejected(one, (Reason("", "要件を満たしていません。"),), LATER)

    at_the_desk(stage).tell(step, an_event("event-2"))


def _is_one_of_both(stage: Stage, after: Rows) -> None:
    """Rejected from the correction too: then both stand in the history."""
    assert the_application(after)["state"] in {State.INSPECTION_CORRECTION, State.REJECTED}


def _locked(stage: Stage) -> None:
    has()(stage)
    at_the_desk(stage).guess(5)


def _unlock(stage: Stage) -> object:
    return _desk_of_the_office(stage).unlock()


def _is_open(stage: Stage, after: Rows) -> None:
    assert tries(after) == 0
    assert the_application(after)["version"] == 1
    assert at_the_desk(stage).enter()


def _list(stage: Stage) -> object:
    key = usecases.key_of(stage.begin, SECRET)
    assert key
    page = usecases.list_applications(stage.begin, key, Listing(State.INSPECTION_FEE_DUE, 25))
    assert [one.application_number for one in page.lines] == [OWN]
    return usecases.look_at(stage.begin, key, OWN)


def _nothing_changed(stage: Stage, after: Rows) -> None:
    assert the_application(after)["version"] == 1


CASES = (
    Case("take a payment", _has_key(has()), _pay, again(_pay), _is_paid_once, rivals=(_pay, _news_come_in)),
    Case("take news", _has_key(has()), _tell_news, again(_tell_news), _is_told_once),
    Case(
        "ask for a correction while it is rejected",
        _has_key(has(State.INSPECTION_REVIEW)),
        _ask,
        again(_ask, EventOutOfOrder),
        _is_one_of_both,
        rivals=(_ask, _reject),
        refusals=(EventOutOfOrder,),
    ),
    Case("unlock an application", _has_key(_locked), _unlock, again(_unlock), _is_open),
    Case("list and look as an office", _has_key(has()), _list, again(_list), _nothing_changed),
)

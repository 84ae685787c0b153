"""Applications by many at once: each thing happens once, whoever was quicker."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import pytest

from chalicelib.capabilities.agency.usecases import OfficeEvent
from chalicelib.capabilities.expiry.usecases import Dealt, due_applications
from chalicelib.capabilities.filing.usecases import Stored
from chalicelib.domain.application_moves import rejected
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_refusals import (
    EventOutOfOrder,
    KeyReused,
    NotCorrectable,
    NotWithdrawable,
)
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application, Reason
from chalicelib.domain.deadlines import end_of
from chalicelib.domain.enquiries import Enquiry
from chalicelib.domain.letters import LetterName
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.refusals import MailLimitSpent
from chalicelib.ports import Begin
from chalicelib.storage.application_rows import WHOLE, ApplicationRow
from chalicelib.storage.attempts import AttemptRow
from chalicelib.storage.letters import LetterRow
from chalicelib.storage.sessions import SessionRow
from tests.application_builders import APPLICATION_PASSWORD, answers_of
from tests.builders import NOW
from tests.fakes.outside import FakeChance
from tests.races.conftest import at_once
from tests.usecases.applications.steps import (
    DAY,
    FILER,
    LATER,
    NOBODYS,
    OWN,
    SECOND,
    WRONG,
    ApplicationDesk,
    an_event,
    asking,
    paying,
    sent,
)

CODE = "12345678"
CROWD = 8
END = end_of(date(2019, 10, 8))


@pytest.fixture
def chance() -> FakeChance:
    """Digits as a test wants them."""
    return FakeChance()


@pytest.fixture
def desk(begin: Begin, chance: FakeChance) -> ApplicationDesk:
    """In front of the real storage."""
    return ApplicationDesk(begin, chance)


def letters() -> dict[str, int]:
    """How many were posted, by name."""
    return dict(Counter(str(row.name) for row in LetterRow.scan()))


def applications() -> list[str]:
    """Their numbers."""
    return sorted(row.application_number for row in ApplicationRow.scan() if row.entry == WHOLE)


def rejecting(one: Application) -> Application:
    return rejected(one, (Reason("", "要件を満たしていません。"),), LATER)


def test_the_same_event_told_by_many_at_once_is_taken_once_and_answered_alike(desk: ApplicationDesk) -> None:
    desk.has()
    assert at_once([partial(desk.tell, paying())] * CROWD) == [State.WEIGHT_TAX_DUE] * CROWD
    assert desk.stored().version == 2
    assert letters() == {LetterName.APPLICATION_CHANGED: 1}


def test_one_id_for_two_events_at_once_is_taken_for_one_of_them(desk: ApplicationDesk) -> None:
    desk.has(State.INSPECTION_REVIEW)
    acts = [partial(desk.tell, rejecting, an_event(digest=f"told {number}")) for number in range(CROWD)]
    outcomes = at_once(acts)
    assert (outcomes.count(State.REJECTED), outcomes.count(KeyReused)) == (1, CROWD - 1)
    assert letters() == {LetterName.APPLICATION_CHANGED: 1}


def test_of_events_at_once_that_exclude_each_other_the_order_decides(desk: ApplicationDesk) -> None:
    desk.has(State.INSPECTION_REVIEW)
    outcomes = at_once(
        [partial(desk.tell, asking(), an_event("event-1")), partial(desk.tell, rejecting, an_event("event-2"))]
    )
    after = desk.stored()
    assert after.state is State.REJECTED
    assert outcomes in ([State.INSPECTION_CORRECTION, State.REJECTED], [EventOutOfOrder, State.REJECTED])
    assert letters()[LetterName.APPLICATION_CHANGED] == after.version - 3 == 2 - outcomes.count(EventOutOfOrder)


def test_news_told_by_several_at_once_all_stand_in_the_notices(desk: ApplicationDesk) -> None:
    desk.has()
    acts = [partial(desk.tell_news, f"event-{number}") for number in range(4)]
    assert at_once(acts) == [State.INSPECTION_FEE_DUE] * 4
    after = desk.stored()
    assert (len(after.notices), after.version) == (4, 5)
    assert letters() == {LetterName.APPLICATION_CHANGED: 4}


def test_a_payment_told_under_many_ids_at_once_pays_once(desk: ApplicationDesk) -> None:
    desk.has(State.WEIGHT_TAX_DUE)
    acts = [partial(desk.tell, paying(), an_event(f"event-{number}")) for number in range(CROWD)]
    outcomes = at_once(acts)
    assert (outcomes.count(State.INSPECTION_REVIEW), outcomes.count(EventOutOfOrder)) == (1, CROWD - 1)


def test_a_correction_while_it_expires_is_made_or_comes_too_late(desk: ApplicationDesk) -> None:
    application = desk.has(State.INSPECTION_CORRECTION)
    drafts = [desk.check_page(f"tab-{number}", expires_at=END + DAY) for number in range(3)]
    corrections = [partial(desk.correct, draft, END - SECOND) for draft in drafts]
    runs: list[Callable[[], object]] = [partial(desk.run_expiry, END)] * 3
    outcomes = at_once([*corrections, *runs])
    after = desk.stored()
    is_corrected = after.state is State.INSPECTION_REVIEW
    assert is_corrected or after.state is State.REJECTED
    assert outcomes.count(True) == is_corrected
    assert outcomes.count(NotCorrectable) == 3 - is_corrected
    assert (after.record.user_name == answers_of(application)["user_name"]) is is_corrected
    assert letters() == {LetterName.APPLICATION_CHANGED: 1}


def test_many_clicks_on_one_correction_are_one_and_all_are_told_so(desk: ApplicationDesk) -> None:
    desk.has(State.INSPECTION_CORRECTION)
    draft = desk.check_page()
    outcomes = at_once([partial(desk.correct, draft)] * CROWD)
    assert (outcomes.count(True), outcomes.count(False)) == (1, CROWD - 1)
    assert letters() == {LetterName.APPLICATION_CHANGED: 1}


def test_a_withdrawal_while_it_is_paid_is_made_or_refused(desk: ApplicationDesk) -> None:
    desk.has(State.INSPECTION_FEE_BULK)
    *withdrawn, paid = at_once([*[desk.withdraw] * 3, partial(desk.tell, paying())])
    after = desk.stored()
    is_withdrawn = after.state is State.WITHDRAWN
    assert is_withdrawn or after.state is State.WEIGHT_TAX_BULK
    assert withdrawn == ([after] * 3 if is_withdrawn else [NotWithdrawable] * 3)
    assert paid == (EventOutOfOrder if is_withdrawn else State.WEIGHT_TAX_BULK)
    assert letters() == {LetterName.APPLICATION_CHANGED: 1}


def test_a_withdrawal_with_one_key_by_many_at_once_is_one(desk: ApplicationDesk) -> None:
    desk.has(State.INSPECTION_CORRECTION, filer_suffix=FILER)
    outcomes = at_once([desk.withdraw_as_filer] * CROWD)
    assert outcomes == [desk.stored()] * CROWD
    assert letters() == {LetterName.APPLICATION_CHANGED: 1}


def test_a_passcode_used_in_many_tabs_at_once_lets_in_once(desk: ApplicationDesk, chance: FakeChance) -> None:
    desk.has()
    chance.digits.append(CODE)
    desk.ask_passcode()
    outcomes = at_once([partial(desk.enter_by_passcode, CODE)] * 4)
    assert sum(isinstance(one, Enquiry) for one in outcomes) == 1
    assert outcomes.count(None) == 3
    assert len(list(SessionRow.scan())) == 1


@pytest.mark.parametrize("number", [OWN, NOBODYS])
def test_no_more_than_five_passcodes_an_hour_however_many_ask_at_once(desk: ApplicationDesk, number: str) -> None:
    desk.has()
    at_once([partial(desk.ask_passcode, number)] * CROWD)
    for _ in range(5):
        at_once([partial(desk.ask_passcode, number)] * 2)
    assert at_once([partial(desk.ask_passcode, number)]) == [MailLimitSpent]
    assert letters() == {LetterName.APPLICATION_PASSCODE: 5}


@pytest.mark.parametrize("number", [OWN, NOBODYS])
def test_many_wrong_passwords_side_by_side_lock_after_five(desk: ApplicationDesk, number: str) -> None:
    desk.has()
    assert at_once([partial(desk.enter, WRONG, number)] * 20) == [None] * 20
    assert [int(row.tries) for row in AttemptRow.scan()] == [5]
    assert desk.enter(APPLICATION_PASSWORD, number) is None


def test_one_key_for_many_filings_at_once_is_one_application_and_all_get_its_number(desk: ApplicationDesk) -> None:
    outcomes = at_once([desk.file] * CROWD)
    (number,) = applications()
    assert outcomes == [Stored(number, State.INSPECTION_FEE_DUE)] * CROWD
    assert letters() == {LetterName.APPLICATION_FILED: 1}


def test_many_filings_in_one_second_get_different_numbers(desk: ApplicationDesk, chance: FakeChance) -> None:
    chance.digits += ["000"] * CROWD
    outcomes = at_once([partial(desk.file, one=sent(f"key-{number}")) for number in range(CROWD)])
    assert sorted(one.application_number for one in outcomes if isinstance(one, Stored)) == applications()
    assert len(applications()) == CROWD


@pytest.mark.parametrize(
    ("now", "name"),
    [(END, LetterName.APPLICATION_CHANGED), (END - 6 * DAY, LetterName.APPLICATION_REMINDER)],
    ids=["ended", "reminded"],
)
def test_expiry_running_several_times_at_once_deals_with_each_once(
    desk: ApplicationDesk, now: datetime, name: LetterName
) -> None:
    numbers = [application_number(NOW, Procedure.CONTINUATION, f"00{digit}") for digit in range(4)]
    for number in numbers:
        desk.has(application_number=number)
    dealt = at_once([partial(desk.run_expiry, now)] * 3)
    outcomes = Counter(one for run in dealt if isinstance(run, list) for one in run)
    del outcomes[Dealt.SKIPPED]
    assert sum(outcomes.values()) == 4
    assert letters() == {name: 4}
    assert sorted(due_applications(desk.begin, END)) == ([] if now == END else numbers)


def test_an_unlocking_told_by_many_at_once_is_taken_once(desk: ApplicationDesk) -> None:
    desk.has()
    desk.guess(5)
    events: list[OfficeEvent] = [an_event()] * 4
    assert at_once([partial(desk.unlock, event) for event in events]) == [State.INSPECTION_FEE_DUE] * 4
    assert desk.enter()

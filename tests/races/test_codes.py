"""Two-dimensional codes by many at once: each opens what it opens once, whoever was quicker."""

from collections import Counter
from functools import partial

import pytest

from chalicelib.domain.application_moves import handed_over
from chalicelib.domain.application_states import State
from chalicelib.domain.audit import Deed
from chalicelib.domain.code_refusals import NotReadyToCollect, ScanMoved
from chalicelib.domain.letters import LetterName
from chalicelib.domain.officers import CounterSession, Officer
from chalicelib.domain.qr_codes import Purpose
from chalicelib.domain.refusals import Refusal
from chalicelib.domain.verdicts import Verdict
from chalicelib.ports import Begin
from chalicelib.storage.attempts import AttemptRow
from chalicelib.storage.audit import AuditRow
from chalicelib.storage.letters import LetterRow
from chalicelib.storage.qr_codes import QrCodeRow
from chalicelib.storage.sessions import SessionRow
from tests.code_builders import OFFICER_ID
from tests.fakes.outside import FakeChance
from tests.races.conftest import at_once
from tests.usecases.applications.steps import LATER, OWN, WRONG
from tests.usecases.codes.steps import (
    CLERK,
    COLLEAGUE,
    EXAMINER,
    OTHER_PASSWORD,
    SECOND_ONE,
    STRANGER,
    THIRD_ONE,
    CounterDesk,
    credential_of,
)

CROWD = 8
BOTH = (OWN, SECOND_ONE)


@pytest.fixture
def desk(begin: Begin) -> CounterDesk:
    """In front of the real storage."""
    return CounterDesk(begin, FakeChance())


def letters() -> dict[str, int]:
    """How many were posted, by name."""
    return dict(Counter(str(row.name) for row in LetterRow.scan()))


def deeds() -> dict[str, int]:
    """What stands in the audit log."""
    return dict(Counter(str(row.deed) for row in AuditRow.scan()))


def keys() -> list[str]:
    """Of all codes."""
    return [str(row.lookup_key) for row in QrCodeRow.scan()]


def a_key_for_both(desk: CounterDesk) -> str:
    """A receiver's code, for which two applications are ready."""
    desk.enrol()
    for number in BOTH:
        desk.has_ready(number)
    return desk.issue()


def test_one_form_by_many_at_once_is_one_code_and_all_get_it(desk: CounterDesk) -> None:
    assert at_once([desk.issue] * CROWD) == keys() * CROWD
    assert len(keys()) == 1


def test_many_forms_at_once_that_draw_one_key_get_different_ones(begin: Begin) -> None:
    desk = CounterDesk(begin, FakeChance(digits=["123456789012345"] * CROWD))
    outcomes = at_once([partial(desk.issue, submission_id=f"form {number}") for number in range(CROWD)])
    assert sorted(map(str, outcomes)) == sorted(keys())
    assert len(keys()) == CROWD


def test_a_single_vehicles_code_asked_for_by_many_at_once_is_one(desk: CounterDesk) -> None:
    desk.has_ready()
    assert at_once([desk.issue_single] * 3) == keys() * 3
    assert keys() == [desk.stored().pickup_code]


@pytest.mark.parametrize("purpose", [Purpose.ENROLMENT, Purpose.PASSWORD_CHANGE])
def test_of_officers_who_approve_one_code_at_once_one_wins_and_may_click_twice(
    desk: CounterDesk, purpose: Purpose
) -> None:
    if purpose is Purpose.PASSWORD_CHANGE:
        desk.enrol()
    key = desk.issue(purpose, password=OTHER_PASSWORD)
    officers = [EXAMINER, COLLEAGUE, STRANGER]
    outcomes = at_once([partial(desk.approve, key, officer) for officer in officers])
    code = desk.code(key)
    assert code.redemption
    won = [officer.officer_id for officer in officers].index(code.redemption.officer_id)
    assert outcomes == [code if at == won else ScanMoved for at in range(len(officers))]
    assert desk.approve(key, officers[won]) == code
    receiver = desk.receiver()
    assert receiver
    assert receiver.credential == credential_of(OTHER_PASSWORD)
    assert sum(deeds().values()) == 1


def test_of_many_enrolments_of_one_name_at_once_one_wins(desk: CounterDesk) -> None:
    issued = [desk.issue(Purpose.ENROLMENT, password=f"password {at}", submission_id=str(at)) for at in range(4)]
    outcomes = at_once([partial(desk.approve, key) for key in issued])
    (won,) = (at for at, outcome in enumerate(outcomes) if outcome is not ScanMoved)
    receiver = desk.receiver()
    assert receiver
    assert (receiver.credential, receiver.version) == (credential_of(f"password {won}"), 1)
    assert [desk.code(key).redemption is not None for key in issued] == [at == won for at in range(4)]
    assert deeds() == {Deed.ENROLLED: 1}


def test_of_new_passwords_at_once_every_one_that_is_told_so_was_set(desk: CounterDesk) -> None:
    desk.enrol()
    issued = [desk.issue(Purpose.PASSWORD_CHANGE, password=f"password {at}", submission_id=str(at)) for at in range(4)]
    outcomes = at_once([partial(desk.approve, key) for key in issued])
    done = [at for at, outcome in enumerate(outcomes) if outcome is not ScanMoved]
    receiver = desk.receiver()
    assert receiver
    assert receiver.version == 1 + len(done) > 1
    assert receiver.credential in {credential_of(f"password {at}") for at in done}
    assert deeds() == {Deed.PASSWORD_CHANGED: len(done)}


@pytest.mark.parametrize("other", [COLLEAGUE, STRANGER], ids=["here", "elsewhere"])
def test_of_officers_who_hand_over_with_one_code_at_once_one_wins(desk: CounterDesk, other: Officer) -> None:
    key = a_key_for_both(desk)
    number = OWN if other is COLLEAGUE else THIRD_ONE
    desk.has_ready(THIRD_ONE, office=STRANGER.office)
    outcomes = at_once([partial(desk.hand_over, key), partial(desk.hand_over, key, number, officer=other)])
    assert sorted(map(str, outcomes)) == sorted(map(str, [[State.RETURNED], ScanMoved]))
    won = 0 if outcomes[0] == [State.RETURNED] else 1
    redemption = desk.code(key).redemption
    assert redemption
    assert redemption.officer_id == (CLERK, other)[won].officer_id
    assert desk.stored((OWN, number)[won]).state is State.RETURNED
    assert letters() == {LetterName.APPLICATION_CHANGED: 1}
    assert deeds() == {Deed.HANDED_OVER: 1}


def test_many_clicks_on_one_hand_over_are_one_and_all_are_told_so(desk: CounterDesk) -> None:
    key = a_key_for_both(desk)
    assert at_once([partial(desk.hand_over, key, *BOTH)] * CROWD) == [[State.RETURNED] * 2] * CROWD
    assert letters() == {LetterName.APPLICATION_CHANGED: 2}
    assert deeds() == {Deed.HANDED_OVER: 1}


def test_a_hand_over_while_its_applicant_asks_for_a_code_is_made_or_refused(desk: CounterDesk) -> None:
    key = a_key_for_both(desk)
    handed, *issued = at_once([partial(desk.hand_over, key, *BOTH), *[desk.issue_single] * 3])
    after = desk.stored()
    if after.is_ready:
        assert (handed, issued) == (ScanMoved, [after.pickup_code] * 3)
        assert desk.scan(key).ready[0].application_number == SECOND_ONE
        assert desk.hand_over(after.pickup_code or "") == [State.RETURNED]
    else:
        assert (handed, issued) == ([State.RETURNED] * 2, [NotReadyToCollect] * 3)
        assert after.pickup_code is None
    assert len(letters()) == 1


def test_a_hand_over_while_the_office_tells_of_one_is_told_once(desk: CounterDesk) -> None:
    key = a_key_for_both(desk)
    outcomes = at_once([partial(desk.hand_over, key), partial(desk.tell, lambda one: handed_over(one, LATER))])
    after = desk.stored()
    assert after.state is State.RETURNED
    assert after.history[-2].state is State.READY_TO_RETURN
    assert sum(isinstance(one, type) and issubclass(one, Refusal) for one in outcomes) == 1
    assert letters() == {LetterName.APPLICATION_CHANGED: 1}


def test_a_hand_over_while_the_password_changes_is_made_or_refused(desk: CounterDesk) -> None:
    key = a_key_for_both(desk)
    change = desk.issue(Purpose.PASSWORD_CHANGE, password=OTHER_PASSWORD)
    handed, _ = at_once([partial(desk.hand_over, key), partial(desk.approve, change, COLLEAGUE)])
    assert handed == (ScanMoved if desk.stored().is_ready else [State.RETURNED])
    assert desk.scan(key).verdict is Verdict.CREDENTIAL_WRONG


def test_a_one_time_password_by_many_at_once_opens_once(desk: CounterDesk) -> None:
    desk.employ(EXAMINER)
    outcomes = at_once([desk.sign_in] * 4)
    assert sum(isinstance(one, CounterSession) for one in outcomes) == 1
    assert outcomes.count(None) == 3
    assert len(list(SessionRow.scan())) == 1
    assert deeds() == {Deed.SIGNED_IN: 1}


@pytest.mark.parametrize("officer_id", [OFFICER_ID, "MIHON999"])
def test_many_wrong_passwords_side_by_side_lock_after_five(desk: CounterDesk, officer_id: str) -> None:
    desk.employ(EXAMINER)
    assert at_once([partial(desk.sign_in, officer_id, WRONG)] * 20) == [None] * 20
    assert [int(row.tries) for row in AttemptRow.scan()] == [5]
    assert desk.sign_in(officer_id) is None


def test_scans_by_many_at_once_are_all_noted(desk: CounterDesk) -> None:
    key = a_key_for_both(desk)
    seen = at_once([partial(desk.scan, key, officer, LATER) for officer in (CLERK, COLLEAGUE)] * 4)
    assert seen == [desk.scan(key)] * CROWD
    assert deeds() == {Deed.SCANNED: CROWD + 1}

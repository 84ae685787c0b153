"""「渡しました」: what was collected, all of it or nothing."""

from dataclasses import replace
from functools import partial

import pytest

from chalicelib.domain.application_moves import handed_over
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_states import State
from chalicelib.domain.audit import AuditEntry, Deed
from chalicelib.domain.code_refusals import ScanMoved
from chalicelib.domain.letters import LetterName
from chalicelib.domain.officers import Officer
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import VISIT, Purpose
from chalicelib.domain.verdicts import Verdict
from chalicelib.ports import StoreUnavailable
from tests.builders import NOW
from tests.code_builders import OFFICE, a_redemption
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import LATER, NOBODYS, OWN, SECOND, TO
from tests.usecases.codes.steps import (
    CLERK,
    COLLEAGUE,
    NETWORK,
    OTHER_PASSWORD,
    SECOND_ONE,
    STRANGER,
    THIRD_ONE,
    CounterDesk,
)
from tests.usecases.mypage.outbox import Outbox

BOTH = (OWN, SECOND_ONE)


@pytest.fixture
def key(desk: CounterDesk) -> str:
    """A receiver's code, for which two applications are ready."""
    desk.enrol()
    for number in BOTH:
        desk.has_ready(number)
    return desk.issue()


def test_what_is_ticked_was_collected_and_what_is_not_stays(desk: CounterDesk, key: str) -> None:
    assert desk.hand_over(key, OWN) == [State.RETURNED]
    assert [desk.stored(number).state for number in BOTH] == [State.RETURNED, State.READY_TO_RETURN]


def test_who_collected_and_who_checked_is_kept_and_the_applicants_are_written_to(
    desk: CounterDesk, store: FakeStore, posted: Outbox, key: str
) -> None:
    desk.hand_over(key, *BOTH)
    assert desk.code(key).redemption == a_redemption(at=LATER, officer_id=CLERK.officer_id)
    entry = AuditEntry(LATER, OFFICE, CLERK.officer_id, Deed.HANDED_OVER, key, " ".join(BOTH), NETWORK)
    assert store.rows.audit == [entry]
    assert posted.names == [(LetterName.APPLICATION_CHANGED, TO)] * 2
    assert [letter.facts["event"] for letter in posted.letters] == ["handed_over"] * 2


def test_a_new_vehicles_papers_are_issued(desk: CounterDesk) -> None:
    desk.enrol()
    desk.has_ready(procedure=Procedure.NEW_VEHICLE)
    assert desk.hand_over(desk.issue(procedure=Procedure.NEW_VEHICLE)) == [State.ISSUED]


def test_any_bearer_of_a_single_vehicles_code_collects_it(desk: CounterDesk, store: FakeStore) -> None:
    desk.has_ready(receiver_name="")
    key = desk.issue_single()
    assert desk.hand_over(key) == [State.RETURNED]
    assert desk.scan(key).verdict is Verdict.USED
    assert desk.code(key).redemption == a_redemption(at=LATER, officer_id=CLERK.officer_id)
    assert store.rows.applications[OWN].pickup_code == key


def test_without_an_address_nobody_is_written_to(desk: CounterDesk, store: FakeStore) -> None:
    desk.has_ready()
    store.rows.applications[OWN] = replace(desk.stored(), notification_email=None)
    assert desk.hand_over(desk.issue_single()) == [State.RETURNED]
    assert not store.rows.letters


def test_the_same_form_again_is_answered_alike_and_changes_nothing(
    desk: CounterDesk, store: FakeStore, key: str
) -> None:
    desk.hand_over(key, *BOTH)
    before = store.snapshot()
    assert desk.hand_over(key, *BOTH, now=LATER + SECOND) == [State.RETURNED] * 2
    assert store.snapshot() == before


def test_clicked_twice_at_once_both_are_told_that_it_is_done(
    desk: CounterDesk, store: FakeStore, posted: Outbox, key: str
) -> None:
    store.rivals.append(lambda: desk.hand_over(key, *BOTH))
    assert desk.hand_over(key, *BOTH) == [State.RETURNED] * 2
    assert len(posted.letters) == 2
    assert len(store.rows.audit) == 1


def test_when_the_answer_is_lost_it_is_done_and_asking_again_says_so(
    desk: CounterDesk, store: FakeStore, posted: Outbox, key: str
) -> None:
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.hand_over(key, *BOTH)
    assert desk.hand_over(key, *BOTH) == [State.RETURNED] * 2
    assert len(posted.letters) == 2


@pytest.mark.parametrize("other", [COLLEAGUE, STRANGER], ids=["here", "elsewhere"])
def test_what_another_officer_handed_over_meanwhile_is_told_nobody_else(
    desk: CounterDesk, store: FakeStore, other: Officer
) -> None:
    desk.has_ready()
    desk.has_ready(SECOND_ONE, office=STRANGER.office)
    desk.enrol()
    key = desk.issue()
    quicker = OWN if other == COLLEAGUE else SECOND_ONE
    store.rivals.append(lambda: desk.hand_over(key, quicker, officer=other))
    with pytest.raises(ScanMoved):
        desk.hand_over(key, OWN)
    assert desk.stored(quicker).state is State.RETURNED
    assert len(store.rows.audit) == 1


def test_in_a_visit_a_colleague_may_go_on_and_click_twice(desk: CounterDesk, posted: Outbox, key: str) -> None:
    desk.hand_over(key, OWN)
    for moment in (LATER + SECOND, LATER + VISIT - SECOND):
        assert desk.hand_over(key, SECOND_ONE, officer=COLLEAGUE, now=moment) == [State.RETURNED]
    assert len(posted.letters) == 2
    redemption = desk.code(key).redemption
    assert redemption == a_redemption(at=LATER, officer_id=CLERK.officer_id)


def test_what_a_colleague_handed_over_in_the_visit_was_not_handed_over_by_who_began_it(
    desk: CounterDesk, key: str
) -> None:
    desk.hand_over(key, OWN)
    desk.hand_over(key, SECOND_ONE, officer=COLLEAGUE)
    with pytest.raises(ScanMoved):
        desk.hand_over(key, SECOND_ONE)
    with pytest.raises(ScanMoved):
        desk.hand_over(key, *BOTH)


def test_after_the_visit_the_code_opens_nothing_more(desk: CounterDesk, key: str) -> None:
    desk.hand_over(key, OWN)
    with pytest.raises(ScanMoved):
        desk.hand_over(key, SECOND_ONE, now=LATER + VISIT)
    assert desk.stored(SECOND_ONE).is_ready


@pytest.mark.parametrize("beside", [NOBODYS, THIRD_ONE, "", "x" * 3000], ids=["unknown", "anothers", "none", "long"])
def test_one_that_this_code_does_not_open_keeps_all_from_being_handed_over(
    desk: CounterDesk, store: FakeStore, key: str, beside: str
) -> None:
    desk.has_ready(THIRD_ONE, receiver_name="別の受取")
    before = store.snapshot()
    with pytest.raises(ScanMoved):
        desk.hand_over(key, OWN, beside)
    assert store.snapshot() == before


def test_more_than_one_transaction_holds_are_not_handed_over_at_once(desk: CounterDesk) -> None:
    desk.enrol()
    numbers = [application_number(NOW, Procedure.CONTINUATION, f"{at:03d}") for at in range(21)]
    for number in numbers:
        desk.has_ready(number)
    key = desk.issue()
    with pytest.raises(ScanMoved):
        desk.hand_over(key, *numbers)
    assert desk.hand_over(key, *numbers[:20]) == [State.RETURNED] * 20
    assert desk.hand_over(key, numbers[20]) == [State.RETURNED]


def test_what_its_office_handed_over_meanwhile_keeps_all_from_being_handed_over(
    desk: CounterDesk, store: FakeStore, key: str
) -> None:
    store.rivals.append(partial(desk.tell, lambda one: handed_over(one, LATER)))
    with pytest.raises(ScanMoved):
        desk.hand_over(key, *BOTH)
    assert desk.stored(SECOND_ONE).is_ready
    assert desk.code(key).redemption is None


@pytest.mark.parametrize("reads", range(5))
def test_handed_over_elsewhere_at_any_moment_of_it_all_is_refused_as_such(
    desk: CounterDesk, store: FakeStore, key: str, reads: int
) -> None:
    store.rivals_at_reads += [*[lambda: None] * reads, partial(desk.tell, lambda one: handed_over(one, LATER))]
    with pytest.raises(ScanMoved):
        desk.hand_over(key, *BOTH)
    assert desk.stored(SECOND_ONE).is_ready


@pytest.mark.parametrize("reads", range(5))
def test_an_application_that_gets_its_own_code_in_between_is_not_handed_over_with_the_receivers(
    desk: CounterDesk, store: FakeStore, key: str, reads: int
) -> None:
    store.rivals_at_reads += [*[lambda: None] * reads, desk.issue_single]
    with pytest.raises(ScanMoved):
        desk.hand_over(key, *BOTH)
    assert desk.stored().is_ready
    assert desk.hand_over(desk.issue_single()) == [State.RETURNED]


def test_news_in_between_want_a_second_look(desk: CounterDesk, store: FakeStore, key: str) -> None:
    store.rivals.append(lambda: desk.tell_news("event-1"))
    with pytest.raises(ScanMoved):
        desk.hand_over(key)
    assert desk.hand_over(key) == [State.RETURNED]


def test_a_code_that_died_since_it_was_scanned_opens_nothing(desk: CounterDesk, store: FakeStore, key: str) -> None:
    end = desk.code(key).expires_at
    assert end
    with pytest.raises(ScanMoved):
        desk.hand_over(key, now=end)
    store.rivals.append(lambda: store.rows.qr_codes.update({key: desk.code(key).revoked(LATER)}))
    with pytest.raises(ScanMoved):
        desk.hand_over(key)
    assert desk.stored().is_ready


def test_once_the_password_was_changed_older_codes_open_nothing(desk: CounterDesk, key: str) -> None:
    desk.approve(desk.issue(Purpose.PASSWORD_CHANGE, password=OTHER_PASSWORD))
    with pytest.raises(ScanMoved):
        desk.hand_over(key)


def test_codes_that_want_approval_and_unknown_ones_open_nothing(desk: CounterDesk, key: str) -> None:
    for other in (desk.issue(Purpose.PASSWORD_CHANGE), "0000000000000000"):
        with pytest.raises(ScanMoved):
            desk.hand_over(other)
    assert desk.code(key).redemption is None


def test_another_offices_officer_hands_over_nothing_from_here(desk: CounterDesk, key: str) -> None:
    single = desk.issue_single()
    for one, number in ((key, SECOND_ONE), (single, OWN)):
        with pytest.raises(ScanMoved):
            desk.hand_over(one, number, officer=STRANGER)

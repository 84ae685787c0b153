"""「承認する」: the papers were in order."""

import pytest

from chalicelib.domain.audit import AuditEntry, Deed
from chalicelib.domain.code_refusals import MayNotApprove, ScanMoved
from chalicelib.domain.officers import Officer
from chalicelib.domain.qr_codes import Purpose
from chalicelib.domain.receivers import Receiver
from chalicelib.domain.verdicts import Verdict
from chalicelib.ports import StoreUnavailable
from tests.code_builders import OFFICE, OFFICER_ID, RECEIVER_NAME, a_redemption
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import LATER, SECOND
from tests.usecases.codes.steps import (
    CLERK,
    COLLEAGUE,
    NETWORK,
    OTHER_PASSWORD,
    STRANGER,
    CounterDesk,
    credential_of,
)

APPROVED = [Purpose.ENROLMENT, Purpose.PASSWORD_CHANGE]


@pytest.fixture(params=APPROVED)
def key(request: pytest.FixtureRequest, desk: CounterDesk) -> str:
    """A valid code of either purpose."""
    if request.param is Purpose.PASSWORD_CHANGE:
        desk.enrol()
    return desk.issue(request.param, password=OTHER_PASSWORD)


def test_an_enrolment_makes_the_receiver(desk: CounterDesk, store: FakeStore) -> None:
    key = desk.issue(Purpose.ENROLMENT)
    code = desk.approve(key)
    assert code == desk.code(key)
    assert code.redemption == a_redemption(at=LATER)
    assert desk.receiver() == Receiver(RECEIVER_NAME, credential_of(), LATER, LATER)
    assert store.rows.audit == [AuditEntry(LATER, OFFICE, OFFICER_ID, Deed.ENROLLED, key, "", NETWORK)]


def test_a_new_password_takes_the_place_of_the_old_whose_codes_die(desk: CounterDesk, store: FakeStore) -> None:
    before = desk.enrol()
    desk.has_ready()
    old, new = desk.issue(), desk.issue(password=OTHER_PASSWORD)
    key = desk.issue(Purpose.PASSWORD_CHANGE, password=OTHER_PASSWORD)
    assert [desk.scan(one).verdict for one in (old, new)] == [Verdict.VALID, Verdict.CREDENTIAL_WRONG]
    desk.approve(key)
    assert desk.receiver() == before.with_credential(credential_of(OTHER_PASSWORD), LATER)
    assert store.rows.audit[-1] == AuditEntry(LATER, OFFICE, OFFICER_ID, Deed.PASSWORD_CHANGED, key, "", NETWORK)
    assert [desk.scan(one).verdict for one in (old, new)] == [Verdict.CREDENTIAL_WRONG, Verdict.VALID]


def test_clerks_approve_nothing(desk: CounterDesk, store: FakeStore, key: str) -> None:
    before = store.snapshot()
    with pytest.raises(MayNotApprove):
        desk.approve(key, CLERK)
    assert store.snapshot() == before


def test_clicked_twice_it_is_done_once_and_both_are_told_so(desk: CounterDesk, store: FakeStore, key: str) -> None:
    first = desk.approve(key)
    before = store.snapshot()
    assert desk.approve(key, now=LATER + SECOND) == first
    assert store.snapshot() == before


def test_when_the_answer_is_lost_it_is_done_and_asking_again_says_so(
    desk: CounterDesk, store: FakeStore, key: str
) -> None:
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.approve(key)
    assert desk.approve(key) == desk.code(key)
    assert len(store.rows.audit) == 1


@pytest.mark.parametrize("other", [COLLEAGUE, STRANGER], ids=["here", "elsewhere"])
def test_of_two_officers_one_wins(desk: CounterDesk, store: FakeStore, key: str, other: Officer) -> None:
    store.rivals.append(lambda: desk.approve(key, other))
    with pytest.raises(ScanMoved):
        desk.approve(key)
    with pytest.raises(ScanMoved):
        desk.approve(key)
    redemption = desk.code(key).redemption
    assert redemption
    assert redemption.officer_id == other.officer_id
    assert len(store.rows.audit) == 1


def test_of_two_enrolments_of_one_name_one_wins(desk: CounterDesk, store: FakeStore) -> None:
    first = desk.issue(Purpose.ENROLMENT)
    second = desk.issue(Purpose.ENROLMENT, password=OTHER_PASSWORD, submission_id="another form")
    store.rivals.append(lambda: desk.approve(first, COLLEAGUE))
    with pytest.raises(ScanMoved):
        desk.approve(second)
    receiver = desk.receiver()
    assert receiver
    assert receiver.credential == credential_of()
    assert desk.scan(second).verdict is Verdict.NAME_TAKEN


def test_of_two_new_passwords_at_once_one_wins_and_the_other_may_follow(desk: CounterDesk, store: FakeStore) -> None:
    desk.enrol()
    first, second = (
        desk.issue(Purpose.PASSWORD_CHANGE, password=one, submission_id=one) for one in (OTHER_PASSWORD, "third one")
    )
    store.rivals.append(lambda: desk.approve(first, COLLEAGUE))
    with pytest.raises(ScanMoved):
        desk.approve(second)
    assert desk.code(second).redemption is None
    desk.approve(second)
    receiver = desk.receiver()
    assert receiver
    assert (receiver.credential, receiver.version) == (credential_of("third one"), 3)


def test_what_died_since_it_was_scanned_is_not_approved(desk: CounterDesk, store: FakeStore, key: str) -> None:
    end = desk.code(key).expires_at
    assert end
    with pytest.raises(ScanMoved):
        desk.approve(key, now=end)
    store.rivals.append(lambda: store.rows.qr_codes.update({key: desk.code(key).revoked(LATER)}))
    with pytest.raises(ScanMoved):
        desk.approve(key)
    assert not store.rows.audit


def test_an_enrolment_of_a_name_that_exists_and_a_password_of_one_that_does_not_are_not_approved(
    desk: CounterDesk,
) -> None:
    desk.enrol()
    for key in (desk.issue(Purpose.ENROLMENT), desk.issue(Purpose.PASSWORD_CHANGE, receiver_name="別の受取")):
        with pytest.raises(ScanMoved):
            desk.approve(key)


def test_codes_for_collecting_need_no_approval_and_get_none(desk: CounterDesk) -> None:
    desk.enrol()
    desk.has_ready()
    for key in (desk.issue(), desk.issue_single(), "0000000000000000"):
        with pytest.raises(ScanMoved):
            desk.approve(key)


def test_whoever_is_enrolled_at_one_office_is_so_at_all(desk: CounterDesk) -> None:
    desk.approve(desk.issue(Purpose.ENROLMENT), STRANGER)
    desk.has_ready()
    assert desk.scan(desk.issue(), CLERK).verdict is Verdict.VALID

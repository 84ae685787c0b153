"""Filing applications by business software."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.capabilities.filing.usecases import Stored, earlier_results
from chalicelib.domain.accounts import BulkFileIssue
from chalicelib.domain.application_numbers import application_number, is_application_number, procedure_of
from chalicelib.domain.application_refusals import KeyReused, NumbersExhausted
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Actor, NoticeKind
from chalicelib.domain.charges import PaymentMethod
from chalicelib.domain.deadlines import day_of
from chalicelib.domain.letters import LetterName
from chalicelib.domain.procedures import Procedure
from chalicelib.ports import StoreUnavailable
from tests.application_builders import a_record
from tests.builders import NOW
from tests.fakes.outside import FakeChance
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import (
    BULK_FILE,
    FILER,
    OTHER_FILER,
    OWN,
    TO,
    ApplicationDesk,
    a_wanted,
    sent,
)
from tests.usecases.mypage.outbox import Outbox

IN_BULK = a_wanted(method=PaymentMethod.BULK, bulk_file=BULK_FILE)
REASONS = {"bulk_file_forged", "bulk_file_replaced", "bulk_file_expired"}


@pytest.mark.parametrize("procedure", Procedure)
def test_what_is_in_order_is_stored_with_its_first_charge(desk: ApplicationDesk, procedure: Procedure) -> None:
    wanted = a_wanted(procedure)
    stored = desk.file(wanted)
    assert is_application_number(stored.application_number)
    assert procedure_of(stored.application_number) is procedure
    application = desk.stored(stored.application_number)
    assert (application.state, application.version) == (stored.state, 1) == (State.INSPECTION_FEE_DUE, 1)
    assert (application.record, application.filer_suffix, application.payer_suffix) == (wanted.record, FILER, None)
    assert application.due_on == day_of(NOW) + timedelta(days=14)
    assert application.open_charge
    assert application.history[-1].by is Actor.FILER


def test_the_applicant_is_told_what_to_pay_and_by_when(desk: ApplicationDesk, posted: Outbox) -> None:
    number = desk.file().application_number
    letter = posted.only(LetterName.APPLICATION_FILED)
    assert letter.to == TO
    assert letter.facts == {
        "application_number": number,
        "procedure": "continuation",
        "state": "inspection_fee_due",
        "due_on": "2019-10-08",
        "amount": "1500",
        "reasons": "",
    }


def test_without_an_address_nobody_is_told(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.file(a_wanted(notification_email=None))
    assert not store.rows.letters
    assert not store.rows.mails_of


def test_the_same_again_gives_the_same_and_stores_nothing(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox
) -> None:
    first = desk.file()
    assert earlier_results(desk.begin, FILER, [sent(), sent("key-2")]) == [first, None]
    assert desk.file() == first
    assert len(store.rows.applications) == len(posted.letters) == 1


def test_something_else_under_the_same_key_is_refused(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.file()
    other = sent(digest="something else")
    with pytest.raises(KeyReused):
        earlier_results(desk.begin, FILER, [other])
    with pytest.raises(KeyReused):
        desk.file(one=other)
    assert len(store.rows.applications) == 1


def test_keys_of_two_filers_do_not_meet(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.file()
    desk.file(a_wanted(filer_suffix=OTHER_FILER))
    assert len(store.rows.applications) == 2


def test_the_same_twice_at_once_is_stored_once_and_both_get_its_number(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox
) -> None:
    quicker: list[Stored] = []
    store.rivals.append(lambda: quicker.append(desk.file()))
    assert [desk.file()] == quicker
    assert len(store.rows.applications) == len(posted.letters) == 1


def test_when_the_answer_is_lost_the_same_again_gives_the_number(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox
) -> None:
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.file()
    assert desk.file().application_number in store.rows.applications
    assert len(store.rows.applications) == len(posted.letters) == 1


def test_a_number_that_is_taken_is_drawn_anew(desk: ApplicationDesk, chance: FakeChance) -> None:
    desk.has(notification_email=None)
    chance.digits += ["000", "0" * 24, "001", "1" * 24]
    assert desk.file().application_number == application_number(NOW, Procedure.CONTINUATION, "001")
    assert desk.stored(OWN).notification_email is None


def test_when_every_number_drawn_is_taken_it_is_refused_and_nothing_stored(
    desk: ApplicationDesk, store: FakeStore, chance: FakeChance
) -> None:
    desk.has()
    chance.digits += ["000", "0" * 24] * 10
    with pytest.raises(NumbersExhausted):
        desk.file()
    assert len(store.rows.applications) == 1
    assert not store.rows.events
    assert not store.rows.letters


def test_payment_numbers_are_drawn_for_each(desk: ApplicationDesk) -> None:
    filed = [desk.stored(desk.file(one=sent(f"key-{number}")).application_number) for number in range(3)]
    numbers = {one.charges[0].numbers for one in filed}
    assert len(numbers) == 3
    assert None not in numbers


def test_in_bulk_whoever_issued_the_file_pays(desk: ApplicationDesk) -> None:
    desk.open_account(bulk_file=BulkFileIssue(1, NOW))
    stored = desk.file(replace(IN_BULK, filer_suffix=OTHER_FILER))
    application = desk.stored(stored.application_number)
    assert (application.state, application.payer_suffix) == (State.INSPECTION_FEE_BULK, FILER)
    assert application.charges[0].numbers is None


@pytest.mark.parametrize(
    ("content", "serial", "days", "reason"),
    [
        (b"another file", 1, 0, "bulk_file_forged"),
        (BULK_FILE, 2, 0, "bulk_file_replaced"),
        (BULK_FILE, 1, 365, "bulk_file_expired"),
    ],
)
def test_a_file_that_does_not_count_makes_it_not_accepted(
    desk: ApplicationDesk, content: bytes, serial: int, days: int, reason: str
) -> None:
    desk.open_account(bulk_file=BulkFileIssue(serial, NOW))
    stored = desk.file(replace(IN_BULK, bulk_file=content), now=NOW + timedelta(days=days))
    assert stored.state is State.NOT_ACCEPTED
    application = desk.stored(stored.application_number)
    (notice,) = application.notices
    assert notice.kind is NoticeKind.NOT_ACCEPTED
    assert [(one.field, one.text, one.is_code) for one in notice.reasons] == [("bulk_payment_file", reason, True)]
    assert (application.charges, application.payer_suffix, application.due_on) == ((), None, None)


def test_what_is_not_accepted_can_be_looked_up_and_is_told(desk: ApplicationDesk, posted: Outbox) -> None:
    wanted = a_wanted(record=a_record(insurance_reference="なし", compliance_reference="none"))
    stored = desk.file(wanted)
    assert stored.state is State.NOT_ACCEPTED
    assert desk.enter(number=stored.application_number)
    facts = posted.only(LetterName.APPLICATION_FILED).facts
    assert (facts["state"], facts["due_on"], facts["amount"]) == ("not_accepted", "", "")
    assert facts["reasons"] == "document_reference_unreadable,document_reference_unreadable"


def test_what_is_not_accepted_is_so_when_it_is_sent_again(desk: ApplicationDesk, store: FakeStore) -> None:
    wanted = a_wanted(record=a_record(insurance_reference="なし"))
    assert desk.file(wanted) == desk.file(wanted)
    assert len(store.rows.applications) == 1

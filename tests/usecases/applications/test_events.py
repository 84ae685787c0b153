"""What the offices' systems tell: once, twice, in the wrong order, at the same moment."""

from dataclasses import replace

import pytest

from chalicelib.capabilities.agency.usecases import Listing, OfficeEvent, key_of, list_applications, look_at
from chalicelib.domain.api_keys import HELPDESK
from chalicelib.domain.application_moves import documents_obtained, ready, rejected, review_passed
from chalicelib.domain.application_refusals import (
    ApplicationUnknown,
    EventOutOfOrder,
    KeyReused,
    PaymentDiffers,
    PaymentLate,
)
from chalicelib.domain.application_states import ENDED, State
from chalicelib.domain.applications import Reason
from chalicelib.domain.attempts import Door
from chalicelib.domain.charges import ChargeKind
from chalicelib.domain.deadlines import day_of, end_of
from chalicelib.domain.letters import LetterName
from chalicelib.domain.procedures import Attachment
from chalicelib.ports import StoreUnavailable
from chalicelib.verbs.applications import Step
from tests.application_builders import a_billing
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import (
    DAY,
    LATER,
    NOBODYS,
    OFFICE,
    OTHER_OFFICE,
    OWN,
    TO,
    ApplicationDesk,
    a_key,
    an_event,
    asking,
    paying,
    telling,
)
from tests.usecases.mypage.outbox import Outbox

OF_ANOTHER_OFFICE = an_event(key=a_key(OTHER_OFFICE))
OF_THE_HELPDESK = an_event(key=a_key(HELPDESK))


def obtaining(*attachments: Attachment) -> Step:
    return lambda one: documents_obtained(one, attachments, LATER)


def passing() -> Step:
    return lambda one: review_passed(one, day_of(LATER), "", LATER, a_billing(0))


def being_ready() -> Step:
    return lambda one: ready(one, LATER)


def rejecting() -> Step:
    return lambda one: rejected(one, (Reason("", "要件を満たしていません。"),), LATER)


def test_a_key_opens_until_it_is_revoked(desk: ApplicationDesk) -> None:
    with desk.begin() as work:
        work.api_keys.add("secret", a_key())
    key = key_of(desk.begin, "secret")
    assert key
    assert key.office == OFFICE
    with desk.begin() as work:
        work.api_keys.revoke(key, LATER)
    assert key_of(desk.begin, "secret") is None
    assert key_of(desk.begin, "another secret") is None


def test_an_office_looks_at_its_own_and_the_helpdesk_at_all(desk: ApplicationDesk) -> None:
    application = desk.has()
    assert look_at(desk.begin, a_key(), OWN) == look_at(desk.begin, a_key(HELPDESK), OWN) == application
    for key, number in ((a_key(OTHER_OFFICE), OWN), (a_key(), NOBODYS), (a_key(HELPDESK), NOBODYS)):
        with pytest.raises(ApplicationUnknown):
            look_at(desk.begin, key, number)


def test_an_office_lists_its_own(desk: ApplicationDesk) -> None:
    desk.has()
    listing = Listing(State.INSPECTION_FEE_DUE, 25)
    assert [one.application_number for one in list_applications(desk.begin, a_key(), listing).lines] == [OWN]
    assert list_applications(desk.begin, a_key(OTHER_OFFICE), listing).lines == ()
    assert list_applications(desk.begin, a_key(), replace(listing, state=State.RETURNED)).lines == ()


def test_an_event_moves_the_application_and_tells_its_applicant(desk: ApplicationDesk, posted: Outbox) -> None:
    desk.has()
    assert desk.tell(paying()) is State.WEIGHT_TAX_DUE
    assert desk.stored().state is State.WEIGHT_TAX_DUE
    letter = posted.only(LetterName.APPLICATION_CHANGED)
    assert letter.to == TO
    assert letter.facts == {
        "application_number": OWN,
        "procedure": "continuation",
        "state": "weight_tax_due",
        "event": "paid",
        "due_on": "2019-10-08",
        "amount": "6600",
        "reasons_count": "0",
    }


def test_a_letter_counts_what_has_to_be_corrected_and_quotes_nothing(desk: ApplicationDesk, posted: Outbox) -> None:
    desk.has(State.INSPECTION_REVIEW)
    desk.tell(asking("user_name", "chassis_number"))
    facts = posted.only(LetterName.APPLICATION_CHANGED).facts
    assert (facts["reasons_count"], facts["state"]) == ("2", "inspection_correction")
    assert "ご確認" not in repr(facts)


@pytest.mark.parametrize("step", [paying(), telling(), obtaining(Attachment.INSURANCE)], ids=["paid", "told", "papers"])
def test_the_same_event_again_changes_nothing_and_is_answered_the_same(
    desk: ApplicationDesk, store: FakeStore, step: Step
) -> None:
    desk.has()
    state = desk.tell(step)
    before = store.snapshot()
    assert desk.tell(step) is state
    assert store.snapshot() == before


def test_it_is_answered_the_same_even_when_the_application_went_on(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    desk.tell(paying())
    desk.tell(paying(), an_event("event-2", "the second payment"))
    before = store.snapshot()
    assert desk.tell(paying(kind=ChargeKind.INSPECTION_FEE, amount=1500)) is State.WEIGHT_TAX_DUE
    assert store.snapshot() == before


@pytest.mark.parametrize("step", [paying(), telling()], ids=["out of order", "possible"])
def test_something_else_under_the_same_id_is_refused(desk: ApplicationDesk, store: FakeStore, step: Step) -> None:
    desk.has(State.WEIGHT_TAX_DUE)
    desk.tell(paying())
    before = store.snapshot()
    with pytest.raises(KeyReused):
        desk.tell(step, an_event(digest="something else"))
    assert store.snapshot() == before


def test_ids_of_two_offices_do_not_meet(desk: ApplicationDesk) -> None:
    desk.has()
    desk.tell(telling(), OF_THE_HELPDESK)
    desk.tell(telling())
    assert len(desk.stored().notices) == 2


def test_the_same_event_twice_at_once_is_taken_once(desk: ApplicationDesk, store: FakeStore, posted: Outbox) -> None:
    desk.has()
    store.rivals.append(lambda: desk.tell(paying()))
    assert desk.tell(paying()) is State.WEIGHT_TAX_DUE
    assert len(posted.letters) == 1


def test_news_told_twice_at_once_are_told_once(desk: ApplicationDesk, store: FakeStore, posted: Outbox) -> None:
    desk.has()
    store.rivals.append(lambda: desk.tell(telling()))
    assert desk.tell(telling()) is State.INSPECTION_FEE_DUE
    assert len(desk.stored().notices) == len(posted.letters) == 1


def test_two_events_at_once_are_both_taken_where_both_can_be(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox
) -> None:
    desk.has()
    store.rivals.append(lambda: desk.tell_news("event-2"))
    assert desk.tell(paying()) is State.WEIGHT_TAX_DUE
    assert len(desk.stored().notices) == 1
    assert len(posted.letters) == 2


def test_of_two_events_at_once_that_exclude_each_other_one_is_taken(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has(State.INSPECTION_REVIEW)
    store.rivals.append(lambda: desk.tell(rejecting(), an_event("event-2")))
    with pytest.raises(EventOutOfOrder) as refusal:
        desk.tell(asking())
    assert refusal.value.state == desk.stored().state == State.REJECTED


def test_an_event_in_the_wrong_order_is_refused_and_may_come_again_later(
    desk: ApplicationDesk, store: FakeStore
) -> None:
    desk.has(State.INSPECTION_REVIEW)
    before = store.snapshot()
    with pytest.raises(EventOutOfOrder):
        desk.tell(being_ready())
    assert store.snapshot() == before
    desk.tell(passing(), an_event("event-2"))
    assert desk.tell(being_ready()) is State.READY_TO_RETURN


@pytest.mark.parametrize("state", sorted(ENDED - {State.ISSUED}))
@pytest.mark.parametrize("step", [paying(), telling(), obtaining(Attachment.INSURANCE), rejecting()])
def test_nothing_moves_what_has_ended(desk: ApplicationDesk, store: FakeStore, state: State, step: Step) -> None:
    desk.has(state)
    before = store.snapshot()
    with pytest.raises(EventOutOfOrder):
        desk.tell(step)
    assert store.snapshot() == before


def test_another_amount_is_refused_and_the_right_one_may_follow(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    before = store.snapshot()
    with pytest.raises(PaymentDiffers) as refusal:
        desk.tell(paying(amount=1499))
    assert refusal.value.amount == 1500
    assert store.snapshot() == before
    assert desk.tell(paying()) is State.WEIGHT_TAX_DUE


def test_a_bank_that_tells_a_payment_twice_under_two_ids_pays_once(desk: ApplicationDesk) -> None:
    desk.has()
    desk.tell(paying())
    with pytest.raises(EventOutOfOrder):
        desk.tell(paying(kind=ChargeKind.INSPECTION_FEE, amount=1500), an_event("event-2"))
    assert desk.stored().state is State.WEIGHT_TAX_DUE


def test_documents_that_come_in_are_told_to_nobody(desk: ApplicationDesk, posted: Outbox) -> None:
    desk.has()
    desk.tell(obtaining(Attachment.INSURANCE))
    assert not posted.letters


@pytest.mark.parametrize("event", [OF_ANOTHER_OFFICE, an_event(application_number=NOBODYS)])
def test_no_office_moves_what_is_not_its_own(desk: ApplicationDesk, store: FakeStore, event: OfficeEvent) -> None:
    desk.has()
    before = store.snapshot()
    with pytest.raises(ApplicationUnknown):
        desk.tell(telling(), event)
    with pytest.raises(ApplicationUnknown):
        desk.unlock(event)
    assert store.snapshot() == before


def test_when_the_answer_is_lost_the_same_again_says_how_it_ended(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox
) -> None:
    desk.has()
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.tell(paying())
    assert desk.tell(paying()) is State.WEIGHT_TAX_DUE
    assert len(posted.letters) == 1


def test_unlocking_forgets_wrong_passwords_and_changes_nothing_else(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox
) -> None:
    application = desk.has()
    desk.guess(5)
    assert desk.unlock() is State.INSPECTION_FEE_DUE
    assert desk.enter()
    assert store.rows.applications == {OWN: application}
    assert not posted.letters


def test_an_unlocking_told_again_does_not_unlock_what_was_locked_since(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    desk.guess(5)
    desk.unlock()
    desk.guess(5)
    desk.unlock()
    assert store.rows.attempts[f"{Door.APPLICATION} {OWN}"] == 5
    desk.unlock(an_event("event-2"))
    assert desk.enter()


@pytest.mark.parametrize("state", sorted(ENDED - {State.ISSUED}))
def test_what_has_ended_can_be_unlocked_too(desk: ApplicationDesk, state: State) -> None:
    desk.has(state)
    desk.guess(5)
    assert desk.unlock() is state
    assert desk.enter()


def test_what_was_paid_in_time_is_taken_late_as_long_as_nothing_ended_it(desk: ApplicationDesk) -> None:
    due_on = desk.has().due_on
    assert due_on
    end = end_of(due_on)
    with pytest.raises(PaymentLate):
        desk.tell(paying(end, paid_on=due_on + DAY), now=end)
    assert desk.tell(paying(end, paid_on=due_on), now=end) is State.WEIGHT_TAX_DUE


def test_what_is_void_is_not_paid_any_more(desk: ApplicationDesk) -> None:
    due_on = desk.has().due_on
    assert due_on
    end = end_of(due_on)
    desk.run_expiry(end)
    with pytest.raises(EventOutOfOrder) as refusal:
        desk.tell(paying(end, paid_on=due_on), now=end)
    assert refusal.value.state == State.VOID

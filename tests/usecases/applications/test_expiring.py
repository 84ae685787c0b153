"""What falls due: reminders, and the end of what was neither paid nor corrected."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib.capabilities.expiry.usecases import Dealt, deal_with, due_applications
from chalicelib.domain.application_states import CAN_EXPIRE, CORRECTABLE, State, states_of
from chalicelib.domain.applications import Actor, NoticeKind
from chalicelib.domain.charges import ChargeState
from chalicelib.domain.deadlines import JST, REMINDER_DAYS
from chalicelib.domain.letters import LetterName
from chalicelib.domain.procedures import Procedure
from chalicelib.ports import StoreUnavailable
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import (
    HOUR,
    NOBODYS,
    OWN,
    SECOND,
    TO,
    ApplicationDesk,
    asking,
    paying,
)
from tests.usecases.mypage.outbox import Outbox

DUE_ON = date(2019, 10, 8)
END = datetime(2019, 10, 9, 0, 0, tzinfo=JST)
CAN_EXPIRE_HERE = sorted(CAN_EXPIRE & set(states_of(Procedure.CONTINUATION)))


def before(days: int, hour: int = 8) -> datetime:
    """Eight in the morning in Japan, so many days before the deadline of `has()`."""
    return datetime(2019, 10, 8, hour, 0, tzinfo=JST) - timedelta(days=days)


def reminded(posted: Outbox) -> list[str]:
    """How many days each reminder says are left."""
    letters = [letter for letter in posted.letters if letter.name is LetterName.APPLICATION_REMINDER]
    return [letter.facts["days_left"] for letter in letters]


@pytest.mark.parametrize("days", REMINDER_DAYS)
def test_a_reminder_goes_out_at_eight_and_no_second_earlier(desk: ApplicationDesk, posted: Outbox, days: int) -> None:
    desk.has()
    desk.run_expiry(before(days) - SECOND)
    assert desk.run_expiry(before(days) - SECOND) == []
    assert desk.run_expiry(before(days)) == [Dealt.REMINDED]
    assert desk.run_expiry(before(days) + HOUR) == []
    assert reminded(posted)[-1] == str(days)


def test_every_reminder_goes_out_once_when_the_job_runs_hourly(desk: ApplicationDesk, posted: Outbox) -> None:
    desk.has()
    now = before(8)
    while now < END:
        desk.run_expiry(now)
        now += HOUR
    assert reminded(posted) == ["7", "3", "1"]
    assert desk.stored().state is State.INSPECTION_FEE_DUE


def test_a_reminder_says_what_is_due_and_by_when(desk: ApplicationDesk, posted: Outbox) -> None:
    desk.has()
    desk.run_expiry(before(7))
    letter = posted.only(LetterName.APPLICATION_REMINDER)
    assert letter.to == TO
    assert letter.facts == {
        "application_number": OWN,
        "procedure": "continuation",
        "state": "inspection_fee_due",
        "due_on": "2019-10-08",
        "days_left": "7",
        "amount": "1500",
    }


@pytest.mark.parametrize(("days", "hour"), [(5, 8), (2, 20), (0, 23)])
def test_reminders_that_were_skipped_are_one_letter(
    desk: ApplicationDesk, posted: Outbox, days: int, hour: int
) -> None:
    desk.has()
    assert desk.run_expiry(before(days, hour)) == [Dealt.REMINDED]
    assert desk.run_expiry(before(days, hour)) == []
    assert reminded(posted) == [str(days)]


def test_after_a_run_that_was_skipped_the_later_ones_still_come(desk: ApplicationDesk, posted: Outbox) -> None:
    desk.has()
    for days in (5, 3, 1):
        desk.run_expiry(before(days))
    assert reminded(posted) == ["5", "3", "1"]


def test_a_deadline_of_tomorrow_brings_no_reminder_of_last_week(desk: ApplicationDesk, posted: Outbox) -> None:
    desk.has(State.INSPECTION_REVIEW)
    desk.tell(asking(now=before(14)))
    desk.run_expiry(before(14))
    assert reminded(posted) == []


@pytest.mark.parametrize("state", CAN_EXPIRE_HERE)
def test_it_ends_at_the_first_moment_after_its_last_day_in_japan(desk: ApplicationDesk, state: State) -> None:
    assert desk.has(state).due_on == DUE_ON
    desk.run_expiry(END - SECOND)
    assert desk.stored().state is state
    is_correction = state in CORRECTABLE
    assert desk.run_expiry(END) == [Dealt.REJECTED if is_correction else Dealt.VOIDED]
    after = desk.stored()
    assert after.state is (State.REJECTED if is_correction else State.VOID)
    assert (after.due_on, after.next_moment, after.history[-1].by) == (None, None, Actor.PORTAL)
    kind = NoticeKind.CORRECTION_EXPIRED if is_correction else NoticeKind.PAYMENT_EXPIRED
    assert (after.notices[-1].kind, after.notices[-1].due_on) == (kind, DUE_ON)
    assert ChargeState.UNPAID not in {charge.state for charge in after.charges}


def test_what_ended_is_told_once_and_no_reminder_comes_after_it(desk: ApplicationDesk, posted: Outbox) -> None:
    desk.has()
    assert desk.run_expiry(END) == [Dealt.VOIDED]
    assert desk.run_expiry(END) == []
    facts = posted.only(LetterName.APPLICATION_CHANGED).facts
    assert (facts["state"], facts["event"], facts["amount"]) == ("void", "expired", "")
    assert reminded(posted) == []


def test_without_an_address_it_ends_silently(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has(notification_email=None)
    assert desk.run_expiry(before(7)) == [Dealt.REMINDED]
    assert desk.run_expiry(END) == [Dealt.VOIDED]
    assert not store.rows.letters


@pytest.mark.parametrize("state", sorted(set(states_of(Procedure.CONTINUATION)) - CAN_EXPIRE))
def test_nothing_falls_due_while_it_is_not_the_applicants_turn(desk: ApplicationDesk, state: State) -> None:
    desk.has(state)
    assert desk.run_expiry(END + timedelta(days=999)) == []


def test_what_was_paid_since_the_list_was_read_is_left_alone(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    numbers = due_applications(desk.begin, END)
    desk.tell(paying())
    kept = store.snapshot()
    assert [deal_with(desk.begin, desk.chance, number, before(8)) for number in numbers] == [Dealt.SKIPPED]
    assert store.snapshot() == kept


def test_a_number_that_is_gone_is_passed_over(desk: ApplicationDesk) -> None:
    assert deal_with(desk.begin, desk.chance, NOBODYS, END) is Dealt.SKIPPED


def test_what_is_corrected_at_the_same_moment_stays_corrected(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox
) -> None:
    desk.has(State.INSPECTION_CORRECTION)
    draft = desk.check_page(expires_at=END)
    store.rivals.append(lambda: desk.correct(draft, END - SECOND))
    assert desk.run_expiry(END) == [Dealt.SKIPPED]
    assert desk.stored().state is State.INSPECTION_REVIEW
    assert len(posted.letters) == 1


@pytest.mark.parametrize("now", [before(7), END], ids=["reminder", "end"])
def test_two_runs_at_once_deal_with_it_once(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox, now: datetime
) -> None:
    desk.has()
    store.rivals.append(lambda: desk.run_expiry(now))
    assert desk.run_expiry(now) == [Dealt.SKIPPED]
    assert len(posted.letters) == 1


@pytest.mark.parametrize("now", [before(7), END], ids=["reminder", "end"])
def test_when_the_answer_is_lost_the_next_run_finds_it_done(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox, now: datetime
) -> None:
    desk.has()
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.run_expiry(now)
    assert desk.run_expiry(now) == []
    assert len(posted.letters) == 1

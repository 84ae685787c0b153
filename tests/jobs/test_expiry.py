"""The expiry job: what falls due is dealt with once, however the schedule behaves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from chalicelib import wiring
from chalicelib.capabilities.expiry import jobs as expiry_jobs
from chalicelib.domain.application_moves import paid
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application
from chalicelib.domain.deadlines import JST
from chalicelib.domain.letters import LetterName
from chalicelib.domain.procedures import Procedure
from chalicelib.ports import Begin
from chalicelib.storage.application_rows import WHOLE, ApplicationRow
from chalicelib.web.jobs import JobFailed
from tests.application_builders import a_billing, an_application, payment_of
from tests.builders import NOW
from tests.fakes.store import FakeStore
from tests.fakes.world import Surroundings
from tests.jobs.conftest import Jobs
from tests.jobs.events import schedule
from tests.tables import begin_on_tables, empty_tables, tables

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DUE_ON = date(2019, 10, 8)
END = datetime(2019, 10, 9, 0, 0, tzinfo=JST)
COUNTED = ("reminded", "voided", "rejected", "skipped", "failed")
UNPAID, UNCORRECTED, SILENT = (
    application_number(NOW, Procedure.CONTINUATION, digits) for digits in ("000", "001", "002")
)


def expire() -> None:
    """The schedule's turn."""
    expiry_jobs.expiry(schedule(), None)


def before(days: int, hour: int = 8) -> datetime:
    """An hour in Japan, so many days before the deadline."""
    return datetime(2019, 10, 8, hour, 5, tzinfo=JST) - timedelta(days=days)


def add(begin: Begin, *applications: Application) -> None:
    """Store them as they are."""
    for one in applications:
        with begin() as work:
            work.applications.add(one)


def the_three() -> tuple[Application, ...]:
    """One to be paid, one to be corrected, and one of somebody without an address: all to the same day."""
    three = (
        an_application(),
        an_application(state=State.INSPECTION_CORRECTION, application_number=UNCORRECTED),
        an_application(application_number=SILENT, notification_email=None),
    )
    assert {one.due_on for one in three} == {DUE_ON}
    return three


def gone_bad() -> Application:
    """What no code of ours stores: its deadline has passed, and nothing can be done about it."""
    return replace(an_application(state=State.READY_TO_RETURN), due_on=DUE_ON)


@pytest.fixture
def applications(jobs: Jobs, store: FakeStore) -> None:
    """Three of them, and the jobs running."""
    add(store.begin, *the_three())


def states(store: FakeStore) -> dict[str, State]:
    return {number: one.state for number, one in store.rows.applications.items()}


def posted(store: FakeStore, name: LetterName) -> list[tuple[str, str]]:
    """Which application each letter of that name is about, and how many days it says are left."""
    letters = [kept.letter for kept in store.rows.letters.values() if kept.letter.name is name]
    return sorted((one.facts["application_number"], one.facts.get("days_left", "")) for one in letters)


def counts(around: Surroundings) -> dict[str, int]:
    """What the last run's line says."""
    return {name: around.lines[-1][name] for name in COUNTED if name in around.lines[-1]}


def run_hourly(around: Surroundings, start: datetime, end: datetime) -> None:
    """At five past each hour."""
    around.clock.now = start
    while around.clock.now < end:
        expire()
        around.clock.move(HOUR)


@pytest.mark.usefixtures("applications")
def test_its_line_says_how_many_of_each(around: Surroundings) -> None:
    around.clock.now = before(7)
    expire()
    assert counts(around) == {"reminded": 3}
    around.clock.now = END
    expire()
    assert counts(around) == {"voided": 2, "rejected": 1}
    expire()
    assert counts(around) == {}
    assert {(line["event"], line["capability"], line["function"]) for line in around.lines} == {
        ("job", "expiry", "expiry")
    }


@pytest.mark.usefixtures("applications")
def test_its_line_says_nothing_about_anybody(around: Surroundings, store: FakeStore) -> None:
    add(store.begin, replace(gone_bad(), application_number=application_number(NOW, Procedure.CONTINUATION, "003")))
    around.clock.now = END
    with pytest.raises(JobFailed):
        expire()
    said = repr(around.lines)
    assert not [number for number in store.rows.applications if number in said]
    assert "example.jp" not in said


@pytest.mark.usefixtures("applications")
def test_reminders_come_at_seven_three_and_one_days_each_once(around: Surroundings, store: FakeStore) -> None:
    run_hourly(around, before(9), END)
    reminders = posted(store, LetterName.APPLICATION_REMINDER)
    assert reminders == sorted((number, days) for number in (UNPAID, UNCORRECTED) for days in "731")
    assert not posted(store, LetterName.APPLICATION_CHANGED)


@pytest.mark.usefixtures("applications")
def test_days_that_were_skipped_give_one_letter(around: Surroundings, store: FakeStore) -> None:
    around.clock.now = before(2)
    expire()
    expire()
    assert posted(store, LetterName.APPLICATION_REMINDER) == [(UNPAID, "2"), (UNCORRECTED, "2")]
    run_hourly(around, before(2, 9), END)
    assert posted(store, LetterName.APPLICATION_REMINDER) == sorted(
        (number, days) for number in (UNPAID, UNCORRECTED) for days in "21"
    )


@pytest.mark.usefixtures("applications")
def test_everything_ends_at_the_first_moment_after_its_day_in_japan(around: Surroundings, store: FakeStore) -> None:
    around.clock.now = END - timedelta(seconds=1)
    expire()
    assert set(states(store).values()) == {State.INSPECTION_FEE_DUE, State.INSPECTION_CORRECTION}
    around.clock.now = END
    expire()
    assert states(store) == {UNPAID: State.VOID, UNCORRECTED: State.REJECTED, SILENT: State.VOID}


@pytest.mark.usefixtures("applications")
def test_after_a_week_without_a_run_it_ends_the_same_and_nobody_is_reminded(
    around: Surroundings, store: FakeStore
) -> None:
    around.clock.now = END + 7 * DAY
    expire()
    assert states(store) == {UNPAID: State.VOID, UNCORRECTED: State.REJECTED, SILENT: State.VOID}
    assert posted(store, LetterName.APPLICATION_CHANGED) == [(UNPAID, ""), (UNCORRECTED, "")]
    assert not posted(store, LetterName.APPLICATION_REMINDER)


@pytest.mark.usefixtures("applications")
@pytest.mark.parametrize("now", [before(3), END], ids=["reminders", "ends"])
def test_two_runs_at_once_deal_with_each_once(around: Surroundings, store: FakeStore, now: datetime) -> None:
    around.clock.now = now
    store.rivals.append(expire)
    expire()
    assert counts(around) == {"skipped": 3}
    assert len(store.rows.letters) == 2


@pytest.mark.usefixtures("applications")
def test_each_letter_is_stored_together_with_what_it_tells(around: Surroundings, store: FakeStore) -> None:
    around.clock.now = END
    seen: list[tuple[int, int]] = []

    def look() -> None:
        ended = sum(one.is_ended and one.notification_email is not None for one in store.rows.applications.values())
        seen.append((ended, len(store.rows.letters)))

    store.rivals += [look] * 3
    expire()
    look()
    assert [ended for ended, _ in seen] == [letters for _, letters in seen]
    assert seen[-1] == (2, 2)
    assert store.commands == 3 + 3


@pytest.mark.usefixtures("jobs")
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_bad_application_stops_no_other_and_the_run_says_so(
    around: Surroundings, store: FakeStore, place: int
) -> None:
    applications = list(the_three())
    applications[place] = replace(gone_bad(), application_number=applications[place].application_number)
    add(store.begin, *applications)
    around.clock.now = END
    with pytest.raises(JobFailed):
        expire()
    assert counts(around)["failed"] == 1
    assert "EventOutOfOrder" in around.lines[-1]["fault"]
    assert sum(one.is_ended for one in store.rows.applications.values()) == 2


@pytest.mark.usefixtures("applications")
def test_a_run_that_is_cut_short_is_taken_up_by_the_next(around: Surroundings, store: FakeStore) -> None:
    around.clock.now = END
    store.rivals += [lambda: None, cut_off]
    with pytest.raises(KeyboardInterrupt):
        expire()
    assert sum(one.is_ended for one in store.rows.applications.values()) == 1
    expire()
    assert states(store) == {UNPAID: State.VOID, UNCORRECTED: State.REJECTED, SILENT: State.VOID}
    assert len(store.rows.letters) == 2


@pytest.mark.usefixtures("applications")
def test_when_an_answer_is_lost_the_run_fails_and_the_next_finds_it_done(
    around: Surroundings, store: FakeStore
) -> None:
    around.clock.now = END
    store.lost_answers = 1
    with pytest.raises(JobFailed):
        expire()
    assert counts(around)["failed"] == 1
    expire()
    assert len(store.rows.letters) == 2


@pytest.mark.usefixtures("applications")
def test_what_is_paid_while_it_runs_is_left_alone(around: Surroundings, store: FakeStore) -> None:
    around.clock.now = END
    unpaid = store.rows.applications[UNPAID]
    after = paid(unpaid, payment_of(unpaid, paid_on=DUE_ON), END, a_billing())
    store.rivals.append(partial(change, store.begin, unpaid, after))
    expire()
    assert states(store)[UNPAID] is State.WEIGHT_TAX_DUE
    assert counts(around) == {"skipped": 1, "rejected": 1, "voided": 1}


@pytest.mark.usefixtures("jobs")
def test_with_nothing_due_nothing_happens(around: Surroundings, store: FakeStore) -> None:
    expire()
    assert counts(around) == {}
    assert store.commands == 0


@pytest.mark.usefixtures("applications")
def test_a_store_out_of_reach_fails_the_run(store: FakeStore) -> None:
    store.is_down = True
    with pytest.raises(JobFailed):
        expire()


def change(begin: Begin, one: Application, other: Application) -> None:
    with begin() as work:
        work.applications.change(one, other)


def cut_off() -> None:
    """A function that is stopped from outside: not an error that code could catch."""
    raise KeyboardInterrupt


@pytest.fixture
def on_tables(around: Surroundings) -> Iterator[Begin]:
    """The real storage, and a world on it."""
    with tables():
        empty_tables()
        begin = begin_on_tables()
        wiring.use(around.world(begin))
        yield begin
        wiring.use(None)


def test_a_row_of_tomorrows_version_stops_no_other(on_tables: Begin, around: Surroundings) -> None:
    add(on_tables, *the_three())
    ApplicationRow(UNPAID, WHOLE).update(actions=[ApplicationRow.state.set("state_of_tomorrow")])
    around.clock.now = END
    with pytest.raises(JobFailed):
        expire()
    assert counts(around) == {"failed": 1, "rejected": 1, "voided": 1}
    assert around.lines[-1]["calls"] == 4 + 1 + 2 * 2

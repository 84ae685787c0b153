"""Which applications fall due: what every store promises; and what the indexes hold, which only the real one has."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_refusals import ApplicationMoved
from chalicelib.domain.application_states import CAN_EXPIRE, Event, State, states_of
from chalicelib.domain.applications import Application
from chalicelib.domain.deadlines import REMINDER_DAYS, end_of, reminded_at
from chalicelib.domain.procedures import Procedure
from chalicelib.ports import Begin
from chalicelib.storage.application_rows import ApplicationRow
from tests.application_builders import an_application, happens
from tests.builders import NOW

SECOND = timedelta(seconds=1)
FAR = NOW + timedelta(days=999)
LINE = {"procedure", "state", "filed_at", "changed_at", "updated_at", "due_on"}
KEYS = {"application_number", "entry"}
INDEXES = [
    (ApplicationRow.due, KEYS | {"due_shard", "due_at"}),
    (ApplicationRow.of_office, KEYS | LINE | {"office_state", "changed_key"}),
    (ApplicationRow.of_filer, KEYS | LINE | {"filer_suffix", "changed_key"}),
]


def store(begin: Begin, application: Application) -> Application:
    with begin() as work:
        work.applications.add(application)
    return application


def change(begin: Begin, before: Application, after: Application) -> Application:
    with begin() as work:
        work.applications.change(before, after)
    return after


def due(begin: Begin, now: datetime = FAR) -> list[str]:
    with begin() as work:
        return sorted(work.applications.due(now))


def is_due_from(begin: Begin, moment: datetime) -> bool:
    return (due(begin, moment - SECOND), len(due(begin, moment))) == ([], 1)


def test_an_application_falls_due_at_its_next_moment_to_the_second(begin: Begin) -> None:
    application = store(begin, an_application())
    assert application.due_on
    moment = reminded_at(application.due_on, REMINDER_DAYS[0])
    assert is_due_from(begin, moment)
    assert due(begin, moment + SECOND) == [application.application_number]


def test_each_reminder_puts_it_off_to_the_next_and_the_last_to_the_end(begin: Begin) -> None:
    application = store(begin, an_application())
    assert application.due_on
    ahead = [*(reminded_at(application.due_on, days) for days in REMINDER_DAYS[1:]), end_of(application.due_on)]
    for days, moment in zip(REMINDER_DAYS, ahead, strict=True):
        application = change(begin, application, application.with_reminded(days))
        assert is_due_from(begin, moment)


@pytest.mark.parametrize("procedure", Procedure)
def test_exactly_those_with_a_deadline_fall_due(begin: Begin, procedure: Procedure) -> None:
    for position, state in enumerate(states_of(procedure)):
        number = application_number(NOW, procedure, f"{position:03d}")
        application = store(begin, an_application(procedure, state, application_number=number))
        assert (number in due(begin)) == (application.due_on is not None) == (state in CAN_EXPIRE)


@pytest.mark.parametrize("event", [Event.VOIDED, Event.EXPIRED])
def test_what_has_ended_is_never_due_again(begin: Begin, event: Event) -> None:
    application = store(begin, an_application())
    change(begin, application, happens(application, event))
    assert due(begin) == []


def test_it_leaves_when_the_applicant_acted_and_comes_back_with_the_next_deadline(begin: Begin) -> None:
    application = store(begin, an_application(state=State.WEIGHT_TAX_DUE))
    paid = change(begin, application, happens(application, Event.PAID))
    assert due(begin) == []
    asked = change(begin, paid, happens(paid, Event.CORRECTION_ASKED))
    assert due(begin) == [asked.application_number]
    change(begin, asked, happens(asked, Event.CORRECTED))
    assert due(begin) == []


def test_a_change_that_was_refused_moves_no_moment(begin: Begin) -> None:
    application = store(begin, an_application())
    assert application.due_on
    change(begin, application, application.with_reminded(7))
    with pytest.raises(ApplicationMoved):
        change(begin, application, happens(application, Event.VOIDED))
    assert is_due_from(begin, reminded_at(application.due_on, 3))


def test_many_fall_due_each_once(begin: Begin) -> None:
    stored = [
        store(begin, an_application(application_number=application_number(NOW, Procedure.CONTINUATION, f"{at:03d}")))
        for at in range(30)
    ]
    assert due(begin) == sorted(one.application_number for one in stored)


@pytest.mark.parametrize(("index", "columns"), INDEXES, ids=["due", "office", "filer"])
def test_an_index_holds_applications_alone_and_nothing_about_people(
    stored: Begin, index: Any, columns: set[str]
) -> None:
    application = store(stored, an_application(Procedure.NEW_VEHICLE, State.TAX_CORRECTION, filer_suffix="CA6289"))
    rows = list(index.scan())
    assert len(application.charges) + len(application.notices) > 2
    assert [(row.application_number, row.entry) for row in rows] == [(application.application_number, "application")]
    assert {name for row in rows for name, value in row.attribute_values.items() if value is not None} == columns

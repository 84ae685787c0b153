"""The lists of offices and filers, a page at a time: what every store promises."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_states import Event, State
from chalicelib.domain.applications import Application, ApplicationLine, ApplicationPage
from chalicelib.domain.procedures import Procedure
from chalicelib.ports import Begin
from chalicelib.storage.connection import meter
from tests.application_builders import a_record, an_application, happens
from tests.builders import NOW

OFFICE, FILER = "TK01", "CA6289"
SECOND = timedelta(seconds=1)
STATE = State.INSPECTION_FEE_DUE
# Three of one second, then others; the first two numbers stand in another order than they were filed.
SECONDS = (0, 0, 0, 2, 2, 5, 9)


def an_entry(position: int, second: int = 0, **other: Any) -> Application:
    """One whose number is made by itself; only the digits by chance and the moment differ."""
    filed_at = NOW + second * SECOND
    number = application_number(filed_at, Procedure.CONTINUATION, f"{position:03d}")
    return an_application(**{"application_number": number, "filed_at": filed_at, "filer_suffix": FILER, **other})


def store(begin: Begin, *applications: Application) -> list[Application]:
    for application in applications:
        with begin() as work:
            work.applications.add(application)
    return list(applications)


def several(begin: Begin) -> list[Application]:
    """In the order of the lists, stored in another."""
    entries = [an_entry(position, second) for position, second in enumerate(SECONDS)]
    store(begin, *reversed(entries))
    return sorted(entries, key=lambda one: (one.changed_at, one.application_number))


def of_office(
    begin: Begin, limit: int = 100, office: str = OFFICE, state: State = STATE, **asked: Any
) -> ApplicationPage:
    with begin() as work:
        return work.applications.of_office(office, state, limit, **asked)


def of_filer(begin: Begin, limit: int = 100, filer: str = FILER, **asked: Any) -> ApplicationPage:
    with begin() as work:
        return work.applications.of_filer(filer, limit, **asked)


LISTS = pytest.mark.parametrize("listed", [of_office, of_filer], ids=["of an office", "of a filer"])


def pages(begin: Begin, listed: Any, limit: int, **asked: Any) -> Iterator[ApplicationPage]:
    """The list from its beginning to its end; a list that never ends is a fault."""
    page = listed(begin, limit, **asked)
    for _ in range(30):
        yield page
        if page.after is None:
            return
        page = listed(begin, limit, **{**asked, "after": page.after})
    pytest.fail("the list does not end")


def numbers(*found: ApplicationPage) -> list[str]:
    return [line.application_number for page in found for line in page.lines]


def numbers_of(applications: list[Application]) -> list[str]:
    return [one.application_number for one in applications]


@LISTS
def test_a_list_of_nothing_is_empty_and_ends(begin: Begin, listed: Any) -> None:
    assert listed(begin) == ApplicationPage((), None)


@LISTS
def test_a_line_tells_what_a_list_shows(begin: Begin, listed: Any) -> None:
    (one,) = store(begin, an_entry(1))
    moments = (one.filed_at, one.changed_at, one.last_updated_at)
    line = ApplicationLine(one.application_number, one.procedure, one.state, *moments, one.due_on)
    assert listed(begin).lines == (line,)


@LISTS
def test_a_line_without_a_due_date_has_none(begin: Begin, listed: Any) -> None:
    state = State.NOT_ACCEPTED
    store(begin, an_application(state=state, filer_suffix=FILER))
    (line,) = listed(begin, state=state).lines
    assert (line.state, line.due_on) == (state, None)


@LISTS
@pytest.mark.parametrize("limit", [1, 2, 3, len(SECONDS), len(SECONDS) + 1])
def test_turning_the_pages_shows_every_line_once_longest_unchanged_first(begin: Begin, listed: Any, limit: int) -> None:
    entries = several(begin)
    found = list(pages(begin, listed, limit))
    assert numbers(*found) == numbers_of(entries)
    assert max(len(page.lines) for page in found) <= limit


@LISTS
@pytest.mark.parametrize("since", [-1, 0, 1, 2, 3, 9, 10])
def test_since_includes_the_very_second(begin: Begin, listed: Any, since: int) -> None:
    moment = NOW + since * SECOND
    wanted = numbers_of([one for one in several(begin) if one.changed_at >= moment])
    assert numbers(*pages(begin, listed, 100, since=moment)) == wanted
    assert numbers(*pages(begin, listed, 2, since=moment)) == wanted


@LISTS
def test_a_cursor_goes_on_where_its_page_ended_though_others_came_and_went(begin: Begin, listed: Any) -> None:
    entries = several(begin)
    first = listed(begin, 3)
    ahead, behind = an_entry(999, -5), an_entry(998, 20)
    store(begin, ahead, behind)
    with begin() as work:
        work.applications.change(entries[0], happens(entries[0], Event.VOIDED))
    found = [one for page in pages(begin, listed, 3, after=first.after) for one in numbers(page)]
    wanted = [*numbers_of(entries[3:]), behind.application_number]
    assert [one for one in found if one != entries[0].application_number] == wanted


@LISTS
def test_what_changes_while_pages_are_turned_moves_to_the_end_and_is_not_lost(begin: Begin, listed: Any) -> None:
    entries = several(begin)
    first = listed(begin, 3)
    later = replace(entries[4], updated_at=NOW + 60 * SECOND, version=2)
    with begin() as work:
        work.applications.change(entries[4], later)
    rest = numbers(*pages(begin, listed, 2, after=first.after))
    assert rest == numbers_of([entries[3], entries[5], entries[6], later])


def test_an_office_sees_its_own_in_the_state_it_asks_for(begin: Begin) -> None:
    paid = an_entry(3)
    mine, *_ = store(begin, an_entry(1), an_entry(2, record=a_record(office="TK02")), paid)
    with begin() as work:
        work.applications.change(paid, happens(paid, Event.PAID))
    assert numbers(of_office(begin)) == [mine.application_number]
    assert numbers(of_office(begin, state=State.WEIGHT_TAX_DUE)) == [paid.application_number]
    assert numbers(of_office(begin, office="TK0")) == []


def test_a_correction_of_the_office_takes_it_to_the_other_ones_list(begin: Begin) -> None:
    (before,) = store(begin, an_entry(1))
    after = replace(before, record=replace(before.record, office="TK02"), version=2)
    with begin() as work:
        work.applications.change(before, after)
    assert numbers(of_office(begin)) == []
    assert numbers(of_office(begin, office="TK02")) == [before.application_number]


def test_a_filer_sees_its_own_whatever_their_office_and_state(begin: Begin) -> None:
    mine = store(begin, an_entry(1), an_entry(2, record=a_record(office="TK02")))
    store(begin, an_entry(3, filer_suffix="CA6288"), an_entry(4, filer_suffix=None))
    paid = an_application(state=State.WEIGHT_TAX_DUE, filer_suffix=FILER)
    store(begin, paid)
    assert numbers(of_filer(begin)) == [*sorted(numbers_of(mine)), paid.application_number]


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_a_filer_who_asks_for_one_state_gets_all_of_it_and_nothing_else(begin: Begin, limit: int) -> None:
    entries = several(begin)
    voided = [happens(entries[at], Event.VOIDED) for at in (0, 3, 4)]
    for after in voided:
        with begin() as work:
            before = work.applications.find(after.application_number)
            assert before is not None
            work.applications.change(before, after)
    found = numbers(*pages(begin, of_filer, limit, state=State.VOID))
    assert found == numbers_of(sorted(voided, key=lambda one: (one.changed_at, one.application_number)))
    rest = [one for one in entries if one.application_number not in found]
    assert numbers(*pages(begin, of_filer, limit, state=STATE)) == numbers_of(rest)
    since = voided[1].changed_at
    assert numbers(*pages(begin, of_filer, limit, state=State.VOID, since=since)) == [
        one.application_number for one in voided if one.changed_at >= since
    ]


@LISTS
def test_a_page_is_one_call(stored: Begin, listed: Any) -> None:
    several(stored)
    meter.reset()
    assert listed(stored, 2).lines
    assert meter.calls == 1

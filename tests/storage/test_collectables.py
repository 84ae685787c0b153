"""What is ready to be collected, by receiver and by office: what every store promises."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_states import Event, State
from chalicelib.domain.applications import Application
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.verdicts import Collectable, collectable
from chalicelib.ports import Begin
from chalicelib.storage.application_rows import ApplicationRow
from chalicelib.storage.connection import meter
from tests.application_builders import a_record, an_application, happens
from tests.builders import NOW
from tests.code_builders import OFFICE, OTHER_OFFICE, RECEIVER_NAME, SINGLE_LOOKUP_KEY

SECOND = timedelta(seconds=1)
CONTINUATION, NEW_VEHICLE = Procedure.CONTINUATION, Procedure.NEW_VEHICLE
READY = {CONTINUATION: State.READY_TO_RETURN, NEW_VEHICLE: State.READY_TO_ISSUE}
# Three of one second, then others.
SECONDS = (0, 0, 0, 2, 2, 5, 9)


def one(position: int = 0, second: int = 0, procedure: Procedure = CONTINUATION, **record: str) -> Application:
    """One that is ready; what differs stands in its record."""
    filed_at = NOW + second * SECOND
    number = application_number(filed_at, procedure, f"{position:03d}")
    state = READY[procedure]
    return an_application(
        procedure, state, application_number=number, filed_at=filed_at, record=a_record(procedure, **record)
    )


def store(begin: Begin, *applications: Application) -> list[Application]:
    for application in applications:
        with begin() as work:
            work.applications.add(application)
    return list(applications)


def several(begin: Begin) -> list[Application]:
    """In the order in which they became ready, stored in another."""
    entries = [one(position, second) for position, second in enumerate(SECONDS)]
    store(begin, *reversed(entries))
    return sorted(entries, key=lambda entry: (entry.changed_at, entry.application_number))


def change(begin: Begin, before: Application, after: Application) -> None:
    with begin() as work:
        work.applications.change(before, after)


def of_receiver(
    begin: Begin,
    name: str = RECEIVER_NAME,
    procedure: Procedure = CONTINUATION,
    office: str = OFFICE,
    limit: int = 100,
) -> list[str]:
    with begin() as work:
        return numbers(work.collectables.of_receiver(name, procedure, office, limit))


def of_office(
    begin: Begin, limit: int = 100, after: str | None = None, *, office: str = OFFICE, state: State | None = None
) -> tuple[list[Collectable], str | None]:
    with begin() as work:
        return work.collectables.of_office(office, state or State.READY_TO_RETURN, limit, after)


def shelf(begin: Begin, **asked: Any) -> list[str]:
    return numbers(of_office(begin, **asked)[0])


def pages(begin: Begin, limit: int) -> Iterator[list[Collectable]]:
    """The shelf from its beginning to its end; one that never ends is a fault."""
    found, after = of_office(begin, limit)
    for _ in range(30):
        yield found
        if after is None:
            return
        found, after = of_office(begin, limit, after)
    pytest.fail("the shelf does not end")


def numbers(found: list[Collectable]) -> list[str]:
    return [entry.application_number for entry in found]


def numbers_of(*applications: Application) -> list[str]:
    return [application.application_number for application in applications]


def test_where_nothing_is_ready_nothing_is_found(begin: Begin) -> None:
    assert of_receiver(begin) == []
    assert of_office(begin) == ([], None)


@pytest.mark.parametrize("procedure", Procedure)
def test_what_is_found_tells_what_an_officer_looks_for(begin: Begin, procedure: Procedure) -> None:
    (ready,) = store(begin, one(procedure=procedure))
    with begin() as work:
        (found,) = work.collectables.of_receiver(RECEIVER_NAME, procedure, OFFICE, 10)
    assert found == collectable(ready)
    assert found.plate_number
    assert of_office(begin, state=READY[procedure])[0] == [found]


@pytest.mark.parametrize("typed", ["見本 受取", "見本　受取", "見本受取"])
def test_a_receiver_finds_its_own_whatever_the_spaces_of_its_name(begin: Begin, typed: str) -> None:
    (ready,) = store(begin, one(receiver_name="見本　受取"))
    assert of_receiver(begin, typed) == numbers_of(ready)


def test_a_receiver_finds_nothing_of_other_names_procedures_and_offices(begin: Begin) -> None:
    ready, *_ = store(
        begin,
        one(1),
        one(2, receiver_name="見本受取（12345678）"),
        one(3, office=OTHER_OFFICE),
        one(4, procedure=NEW_VEHICLE),
        one(5, receiver_name=""),
    )
    assert of_receiver(begin) == numbers_of(ready)
    assert of_receiver(begin, "") == []
    assert of_receiver(begin, office="TK0") == []


@pytest.mark.parametrize(
    "state", [State.INSPECTION_FEE_DUE, State.INSPECTION_REVIEW, State.RETURNED, State.WITHDRAWN, State.REJECTED]
)
def test_only_what_is_ready_can_be_collected(begin: Begin, state: State) -> None:
    store(begin, an_application(state=state))
    assert of_receiver(begin) == shelf(begin) == []


def test_those_that_are_ready_longest_come_first_and_no_more_than_asked_for(begin: Begin) -> None:
    entries = several(begin)
    assert of_receiver(begin) == numbers_of(*entries)
    assert of_receiver(begin, limit=4) == numbers_of(*entries[:4])


def test_what_was_handed_over_is_gone_from_both_lists(begin: Begin) -> None:
    first, second = store(begin, one(1), one(2))
    change(begin, first, happens(first, Event.HANDED_OVER))
    assert of_receiver(begin) == shelf(begin) == numbers_of(second)


def test_an_application_with_a_code_of_its_own_waits_on_the_shelf_and_for_no_receiver(begin: Begin) -> None:
    (before,) = store(begin, one())
    change(begin, before, before.with_pickup_code(SINGLE_LOOKUP_KEY))
    assert of_receiver(begin) == []
    assert shelf(begin) == numbers_of(before)
    with begin() as work:
        found = work.applications.find(before.application_number)
    assert found
    assert found.pickup_code == SINGLE_LOOKUP_KEY


def test_an_office_sees_its_own_with_and_without_a_receiver(begin: Begin) -> None:
    with_one, without, *_ = store(begin, one(1), one(2, receiver_name=""), one(3, office=OTHER_OFFICE))
    assert shelf(begin) == sorted(numbers_of(with_one, without))
    assert shelf(begin, state=State.READY_TO_ISSUE) == []


@pytest.mark.parametrize("limit", [1, 2, 3, len(SECONDS), len(SECONDS) + 1])
def test_turning_the_pages_of_a_shelf_shows_everything_once(begin: Begin, limit: int) -> None:
    entries = several(begin)
    found = list(pages(begin, limit))
    assert [number for page in found for number in numbers(page)] == numbers_of(*entries)
    assert max(map(len, found)) <= limit


def test_a_shelf_goes_on_where_its_page_ended_though_things_were_handed_over(begin: Begin) -> None:
    entries = several(begin)
    _, after = of_office(begin, 3)
    change(begin, entries[2], happens(entries[2], Event.HANDED_OVER))
    assert shelf(begin, after=after) == numbers_of(*entries[3:])


def test_a_list_is_two_calls_and_the_index_gives_no_name_away(stored: Begin) -> None:
    several(stored)
    for listed in (of_receiver, of_office):
        meter.reset()
        assert listed(stored)
        assert meter.calls == 2
    assert not [row for row in ApplicationRow.scan() if row.pickup and RECEIVER_NAME in row.pickup]


def test_an_empty_list_is_one_call(stored: Begin) -> None:
    meter.reset()
    assert of_receiver(stored) == []
    assert meter.calls == 1

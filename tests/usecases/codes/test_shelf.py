"""What lies on an office's shelf."""

from dataclasses import replace

from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.audit import AuditEntry, Deed
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.verdicts import collectable
from tests.builders import NOW
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import LATER, OWN
from tests.usecases.codes.steps import CLERK, NETWORK, SECOND_ONE, STRANGER, THIRD_ONE, CounterDesk


def test_the_shelf_shows_what_is_ready_here_a_page_at_a_time(desk: CounterDesk, store: FakeStore) -> None:
    mine = [desk.has_ready(number, receiver_name="") for number in (OWN, SECOND_ONE, THIRD_ONE)]
    desk.has_ready(application_number(NOW, Procedure.CONTINUATION, "003"), office=STRANGER.office)
    desk.has_ready(application_number(NOW, Procedure.NEW_VEHICLE, "004"), Procedure.NEW_VEHICLE)
    first, after = desk.shelf()
    second, end = desk.shelf(after=after)
    assert (first, second, end) == ([collectable(one) for one in mine[:2]], [collectable(mine[2])], None)
    deed = AuditEntry(LATER, CLERK.office, CLERK.officer_id, Deed.LISTED, "continuation", "2", NETWORK)
    assert store.rows.audit == [deed, replace(deed, result="1")]


def test_each_procedure_has_its_own_shelf(desk: CounterDesk) -> None:
    desk.has_ready()
    new = desk.has_ready(SECOND_ONE, Procedure.NEW_VEHICLE)
    assert desk.shelf(procedure=Procedure.NEW_VEHICLE) == ([collectable(new)], None)


def test_an_office_without_anything_has_an_empty_shelf(desk: CounterDesk) -> None:
    desk.has_ready()
    assert desk.shelf(STRANGER) == ([], None)

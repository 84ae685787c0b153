"""受け取りを待っている申請: what is ready at an officer's own office."""

import pytest

from chalicelib.domain.application_numbers import grouped
from chalicelib.domain.application_states import State
from chalicelib.domain.audit import Deed
from chalicelib.domain.procedures import Procedure
from tests.pages.counter_steps import SHELF, deeds, lay_on_the_shelf
from tests.pages.portal import OpenPortal
from tests.pages.status_steps import store_application
from tests.pages.visitor import Visitor


def test_the_shelf_lists_what_is_ready_here(portal: OpenPortal, officer: Visitor) -> None:
    laid = {procedure: lay_on_the_shelf(portal, 2, procedure) for procedure in Procedure}
    store_application(portal, State.INSPECTION_REVIEW)
    (away,) = lay_on_the_shelf(portal, first=200, office="TK02")
    for procedure, ready in laid.items():
        page = officer.get(f"{SHELF}?procedure={procedure.value}")
        numbers = {one.application_number for row in laid.values() for one in row}
        shown = {number for number in numbers if grouped(number) in page.text}
        assert shown == {one.application_number for one in ready}
        assert grouped(away.application_number) not in page.text
    assert officer.get(SHELF).text == officer.get(f"{SHELF}?procedure=continuation").text
    assert {(one.about, one.result) for one in deeds(portal) if one.deed is Deed.LISTED} >= {("new_vehicle", "2")}


@pytest.mark.parametrize("query", ["procedure=other", "after=x", "after=1%23", f"after={'1' * 3000}%231", "after=%23"])
def test_a_shelf_that_is_asked_for_oddly_is_the_first(portal: OpenPortal, officer: Visitor, query: str) -> None:
    lay_on_the_shelf(portal)
    assert officer.get(f"{SHELF}?{query}").path.startswith(SHELF)
    assert "品川" in officer.page.text


def test_an_empty_shelf_says_so(officer: Visitor) -> None:
    assert "受け取りを待っている申請はありません" in officer.get(SHELF).text

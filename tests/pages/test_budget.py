"""How many calls of DynamoDB each request makes: part of the design, and of every bill."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.pages.portal import OpenPortal
from tests.pages.steps import ADDRESS, DETAILS, complete, register
from tests.pages.visitor import Visitor

PAGE_WITHOUT_SESSION, STORED_FORM, COMPLETION = 1, 3, 4


@pytest.fixture
def calls(metered: OpenPortal) -> dict[tuple[str, str], list[int]]:
    """The calls of each request of the whole way, by capability and view."""
    visitor = Visitor(metered)
    visitor.get("/")
    complete(visitor)
    again = Visitor(metered)
    register(again)
    metered.clock.move(timedelta(minutes=2))
    again.submit("/registration/resend")
    again.submit("/registration/other-address")
    made: dict[tuple[str, str], list[int]] = {}
    for line in metered.lines:
        if line["event"] == "request":
            made.setdefault((line["capability"], line["function"]), []).append(line["calls"])
    return made


def test_the_whole_way_works_on_the_real_tables(metered: OpenPortal) -> None:
    visitor = Visitor(metered)
    complete(visitor)
    (payer_id,) = {word for word in visitor.page.text.split() if word.startswith("KN")}
    with metered.world().begin() as work:
        account = work.accounts.find(payer_id.removeprefix("KN"))
    assert account is not None
    assert account.payer_id == payer_id


def test_each_request_makes_the_calls_it_was_designed_to_make(calls: dict[tuple[str, str], list[int]]) -> None:
    assert {view: max(made) for view, made in calls.items()} == {
        ("portal", "show_front"): 0,
        ("registration", "show_terms"): 0,
        ("registration", "accept_terms"): 1,
        ("registration", "show_entry"): 1,
        ("registration", "post_entry"): 2,
        ("registration", "show_check"): 1,
        ("registration", "post_check"): 3,
        ("registration", "show_sent"): 2,
        ("registration", "resend_letter"): 3,
        ("registration", "choose_other_address"): 2,
        ("confirmation", "show_entry"): 1,
        ("confirmation", "post_entry"): 2,
        ("confirmation", "show_check"): 2,
        ("confirmation", "post_check"): 3,
        ("confirmation", "show_done"): 1,
    }


def test_a_page_without_a_session_makes_one_call_at_most(metered: OpenPortal) -> None:
    visitor = Visitor(metered)
    for path in ("/", "/registration", "/registration/entry", "/registration/sent", "/terms"):
        visitor.get(path)
    assert max(line["calls"] for line in metered.lines) <= PAGE_WITHOUT_SESSION


def test_no_form_costs_more_than_it_may(calls: dict[tuple[str, str], list[int]]) -> None:
    completion = calls.pop(("confirmation", "post_check"))
    assert max(completion) <= COMPLETION
    assert max(max(made) for made in calls.values()) <= STORED_FORM


def _has_had_nothing(_: OpenPortal) -> None:
    """A new address."""


def _is_full(portal: OpenPortal) -> None:
    for _ in range(100):
        with portal.world().begin() as work:
            work.addresses.count_account(ADDRESS)


def _was_mailed_too_often(portal: OpenPortal) -> None:
    for _ in range(20):
        with portal.world().begin() as work:
            work.addresses.count_mail(ADDRESS, portal.clock.now)


@pytest.mark.parametrize("past", [_has_had_nothing, _is_full, _was_mailed_too_often])
def test_registering_costs_the_same_whatever_the_address_has_had(
    metered: OpenPortal, past: Callable[[OpenPortal], None]
) -> None:
    past(metered)
    register(Visitor(metered))
    assert [line["calls"] for line in metered.lines if line["function"] == "post_check"] == [3]


def test_a_wrong_entry_costs_no_more_than_a_right_one(metered: OpenPortal) -> None:
    visitor = Visitor(metered)
    register(visitor)
    metered.deliver_letters()
    visitor.get(metered.newest_link())
    visitor.submit(**{**DETAILS, "filer_password": ""}, expect=422)
    assert metered.lines[-1]["calls"] <= STORED_FORM


def test_confirming_twice_costs_no_more_than_once(metered: OpenPortal) -> None:
    visitor = Visitor(metered)
    register(visitor)
    metered.deliver_letters()
    visitor.get(metered.newest_link())
    visitor.submit(**DETAILS)
    other = visitor.another_tab()
    other.page = visitor.page
    visitor.submit()
    del metered.lines[:]
    other.submit()
    assert metered.lines[0]["calls"] <= COMPLETION

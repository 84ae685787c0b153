"""Who was let in to look at an application: what every store promises."""

from datetime import timedelta

import pytest

from chalicelib.domain.enquiries import Enquiry
from chalicelib.ports import Begin
from chalicelib.storage.connection import meter
from chalicelib.storage.sessions import SessionRow
from tests.builders import NOW, a_session, an_account

NUMBER, OTHER_NUMBER = "19092409555000003", "19092409555010006"
NAME = f"enquiry-{1:024d}"
ENQUIRY = Enquiry(NAME, NUMBER, NOW)


def add(begin: Begin, enquiry: Enquiry = ENQUIRY) -> None:
    with begin() as work:
        work.enquiries.add(enquiry)


def find(begin: Begin, name: str = NAME, number: str = NUMBER) -> Enquiry | None:
    with begin() as work:
        return work.enquiries.find(name, number)


@pytest.mark.parametrize("enquiry", [ENQUIRY, Enquiry(NAME, NUMBER, NOW - timedelta(hours=7))], ids=["new", "old"])
def test_an_enquiry_is_found_as_it_was_added(begin: Begin, enquiry: Enquiry) -> None:
    assert find(begin) is None
    add(begin, enquiry)
    assert find(begin) == enquiry


def test_an_enquiry_is_for_one_application(begin: Begin) -> None:
    add(begin)
    assert find(begin, number=OTHER_NUMBER) is None


def test_another_name_opens_nothing(begin: Begin) -> None:
    add(begin)
    assert find(begin, NAME[:-1] + "2") is None


def test_an_application_may_be_looked_at_by_several(begin: Begin) -> None:
    other = Enquiry(f"enquiry-{2:024d}", NUMBER, NOW)
    add(begin)
    add(begin, other)
    assert (find(begin), find(begin, other.name)) == (ENQUIRY, other)


def test_an_enquiry_that_was_ended_is_gone_and_no_other(begin: Begin) -> None:
    other = Enquiry(f"enquiry-{2:024d}", NUMBER, NOW)
    add(begin)
    add(begin, other)
    with begin() as work:
        work.enquiries.end(NAME)
    assert (find(begin), find(begin, other.name)) == (None, other)


def test_ending_what_is_not_there_is_no_fault(begin: Begin) -> None:
    with begin() as work:
        work.enquiries.end(NAME)
    assert find(begin) is None


def test_an_enquiry_signs_nobody_in_and_a_session_looks_at_nothing(begin: Begin) -> None:
    with begin() as work:
        work.accounts.add(an_account())
        work.enquiries.add(Enquiry(a_session().name, NUMBER, NOW))
    with begin() as work:
        assert work.sessions.find(a_session().name, "CA6288") is None
    with begin() as work:
        work.sessions.add(a_session(name=NAME))
    assert find(begin) is None
    assert find(begin, a_session().name) is not None


def test_finding_is_one_call_and_the_table_holds_no_name(stored: Begin) -> None:
    add(stored)
    meter.reset()
    assert find(stored)
    assert meter.calls == 1
    (row,) = SessionRow.scan()
    assert NAME not in str(row.attribute_values)
    assert row.ttl == ENQUIRY.kept_until

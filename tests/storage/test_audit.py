"""What officers did: what every store promises."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.domain.audit import Deed
from chalicelib.domain.code_refusals import LookupKeyTaken
from chalicelib.ports import Begin
from chalicelib.storage.audit import AuditRow
from tests.builders import NOW
from tests.code_builders import OFFICER_ID, OTHER_OFFICE, a_qr_code, an_audit_entry
from tests.fakes.store import FakeStore

ENTRY = an_audit_entry()
SECOND = timedelta(seconds=1)
# 23:59:59 in Japan, and a second later.
LAST_SECOND = NOW.replace(hour=14, minute=59, second=59)


def add_and_note(begin: Begin) -> None:
    with begin() as work:
        work.audit.note(ENTRY)
        work.qr_codes.add(a_qr_code())


@pytest.fixture
def count() -> Callable[[], int]:
    """How many deeds the tables hold."""
    return lambda: len(list(AuditRow.scan()))


@pytest.mark.parametrize("deed", Deed)
def test_every_deed_can_be_noted(begin: Begin, deed: Deed) -> None:
    with begin() as work:
        work.audit.note(an_audit_entry(deed=deed))


def test_a_deed_is_noted_with_what_it_did_or_not_at_all(begin: Begin) -> None:
    add_and_note(begin)
    with pytest.raises(LookupKeyTaken):
        add_and_note(begin)


def test_the_fake_keeps_them_in_their_order() -> None:
    store = FakeStore()
    entries = [ENTRY, ENTRY, an_audit_entry(deed=Deed.SIGNED_OUT)]
    for entry in entries:
        with store.begin() as work:
            work.audit.note(entry)
    assert store.rows.audit == entries


def test_a_row_tells_who_did_what_when_and_from_where(stored: Begin) -> None:
    with stored() as work:
        work.audit.note(ENTRY)
    (row,) = AuditRow.scan()
    assert (row.at, row.officer_id, row.deed) == (NOW, OFFICER_ID, "scanned")
    assert (row.about, row.result, row.network) == (ENTRY.about, "valid", "203.0.113.x")


def test_what_is_not_known_is_left_out(stored: Begin) -> None:
    with stored() as work:
        work.audit.note(an_audit_entry(about="", result="", network=""))
    (row,) = AuditRow.scan()
    assert not {"about", "result", "network"} & row.attribute_values.keys()


def test_the_same_deed_in_the_same_second_is_noted_as_often_as_it_was_done(
    stored: Begin, count: Callable[[], int]
) -> None:
    for _ in range(5):
        with stored() as work:
            work.audit.note(ENTRY)
    assert count() == 5


def test_nothing_is_noted_of_what_was_not_done(stored: Begin, count: Callable[[], int]) -> None:
    add_and_note(stored)
    with pytest.raises(LookupKeyTaken):
        add_and_note(stored)
    assert count() == 1


def test_an_offices_day_is_read_in_the_order_of_its_deeds_and_ends_at_midnight_in_japan(stored: Begin) -> None:
    moments = [LAST_SECOND - 2 * SECOND, LAST_SECOND, LAST_SECOND + SECOND]
    for moment in reversed(moments):
        with stored() as work:
            work.audit.note(an_audit_entry(at=moment))
    with stored() as work:
        work.audit.note(an_audit_entry(office=OTHER_OFFICE))
    assert [row.at for row in AuditRow.query("TK01#2019-09-24")] == moments[:2]
    assert [row.at for row in AuditRow.query("TK01#2019-09-25")] == moments[2:]
    assert [row.at for row in AuditRow.query("TK02#2019-09-24")] == [NOW]

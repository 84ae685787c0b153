"""What other systems told us: what every store promises."""

from datetime import timedelta

import pytest

from chalicelib.domain.application_refusals import EventSeen
from chalicelib.domain.seen_events import SeenEvent
from chalicelib.ports import Begin, Work
from chalicelib.storage.connection import meter
from chalicelib.storage.submissions import EventRow
from tests.builders import NOW, a_letter

SOURCE, EVENT = "payments", "event-1"
SEEN, OTHER = SeenEvent("d" * 64, "taken"), SeenEvent("e" * 64, "refused")


def note(begin: Begin, event_id: str = EVENT, seen: SeenEvent = SEEN, source: str = SOURCE) -> None:
    with begin() as work:
        work.events.note(source, event_id, seen, NOW)


def find(begin: Begin, *event_ids: str, source: str = SOURCE) -> list[SeenEvent | None]:
    with begin() as work:
        return work.events.find(source, event_ids or [EVENT])


def test_what_was_noted_is_known_and_nothing_else(begin: Begin) -> None:
    assert find(begin) == [None]
    note(begin)
    assert find(begin) == [SEEN]
    assert find(begin, "event-2") == find(begin, "EVENT-1") == [None]


@pytest.mark.parametrize(
    "event_id", ["", "#", "出来事", "with spaces and\nlines", "x" * 3000], ids=["empty", "#", "words", "lines", "long"]
)
def test_any_text_may_be_an_id(begin: Begin, event_id: str) -> None:
    note(begin, event_id)
    assert find(begin, event_id, EVENT) == [SEEN, None]


def test_many_are_told_in_the_order_in_which_they_were_asked_for(begin: Begin) -> None:
    note(begin, "event-3", OTHER)
    note(begin, "event-1")
    assert find(begin, "event-3", "event-2", "event-1") == [OTHER, None, SEEN]


def test_an_id_that_is_asked_for_twice_is_answered_twice(begin: Begin) -> None:
    note(begin)
    assert find(begin, EVENT, "event-2", EVENT) == [SEEN, None, SEEN]


def test_nothing_is_known_of_nothing(begin: Begin) -> None:
    with begin() as work:
        assert work.events.find(SOURCE, []) == []


def test_as_many_as_one_report_may_hold_are_found_at_once(begin: Begin) -> None:
    asked = [f"event-{number}" for number in range(100)]
    note(begin, asked[-1])
    assert find(begin, *asked) == [*[None] * 99, SEEN]


def test_an_event_is_taken_once_and_the_first_answer_stays(begin: Begin) -> None:
    note(begin)
    with pytest.raises(EventSeen):
        note(begin, seen=OTHER)
    assert find(begin) == [SEEN]


def test_the_same_id_of_another_source_is_another_event(begin: Begin) -> None:
    note(begin)
    assert find(begin, source="office TK01") == [None]
    note(begin, seen=OTHER, source="office TK01")
    assert (find(begin), find(begin, source="office TK01")) == ([SEEN], [OTHER])


def test_an_event_is_no_form_that_somebody_sent(begin: Begin) -> None:
    note(begin)
    with begin() as work:
        assert work.submissions.look_up(EVENT, SEEN.digest) == (None, None)
        work.submissions.note("event-2", "CA6288", "KKAA0001", NOW)
    assert find(begin, "event-2") == [None]


def test_nothing_else_of_an_event_that_was_taken_is_stored(begin: Begin) -> None:
    note(begin)

    def note_and_tell(work: Work) -> None:
        work.letters.post(a_letter())
        work.events.note(SOURCE, EVENT, OTHER, NOW)

    with pytest.raises(EventSeen), begin() as work:
        note_and_tell(work)
    with begin() as work:
        assert work.letters.find("letter-1") is None


def test_finding_is_one_call_and_what_is_known_is_kept_for_thirty_days(stored: Begin) -> None:
    note(stored)
    meter.reset()
    assert find(stored, EVENT, "event-2") == [SEEN, None]
    assert meter.calls == 1
    (row,) = EventRow.scan()
    assert row.ttl == NOW + timedelta(days=30)

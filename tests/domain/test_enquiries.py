"""状況照会: how long a browser that was let in may look."""

from datetime import timedelta

from chalicelib.domain.enquiries import Enquiry
from tests.builders import NOW

TICK = timedelta(microseconds=1)
SILENCE, LONGEST = timedelta(minutes=30), timedelta(hours=8)


def _an_enquiry() -> Enquiry:
    return Enquiry("name", "19092409555010450", NOW)


def test_it_ends_after_half_an_hour_of_silence() -> None:
    seen_at = NOW + timedelta(hours=2)
    assert _an_enquiry().is_alive(seen_at, seen_at + SILENCE - TICK)
    assert not _an_enquiry().is_alive(seen_at, seen_at + SILENCE)


def test_it_ends_after_eight_hours_however_busy() -> None:
    end = _an_enquiry().kept_until
    assert end == NOW + LONGEST
    assert _an_enquiry().is_alive(end - TICK, end - TICK)
    assert not _an_enquiry().is_alive(end - TICK, end)

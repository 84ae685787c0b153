"""Sessions: their two ends."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.sessions import SESSION_IDLE, SESSION_LONGEST, SESSION_WARNING, session_end
from tests.builders import NOW, a_session

SECOND = timedelta(seconds=1)
AGES = st.timedeltas(timedelta(0), timedelta(days=2))


def test_a_session_lasts_half_an_hour_without_a_request_and_eight_hours_at_most() -> None:
    assert (timedelta(minutes=30), timedelta(hours=8)) == (SESSION_IDLE, SESSION_LONGEST)
    assert timedelta(0) < SESSION_WARNING < SESSION_IDLE


@pytest.mark.parametrize(
    ("seen", "end"),
    [
        (timedelta(0), timedelta(minutes=30)),
        (timedelta(hours=7, minutes=29, seconds=59), timedelta(hours=7, minutes=59, seconds=59)),
        (timedelta(hours=7, minutes=30), timedelta(hours=8)),
        (timedelta(hours=7, minutes=59, seconds=59), timedelta(hours=8)),
    ],
)
def test_the_earlier_of_two_ends_counts(seen: timedelta, end: timedelta) -> None:
    assert session_end(NOW, NOW + seen) == NOW + end


@given(AGES, AGES)
def test_no_request_shortens_a_session_and_none_makes_it_longer_than_the_longest(
    one: timedelta, more: timedelta
) -> None:
    earlier, later = session_end(NOW, NOW + one), session_end(NOW, NOW + one + more)
    assert earlier <= later <= NOW + SESSION_LONGEST == a_session().kept_until


@pytest.mark.parametrize(
    ("seen_at", "now", "is_alive"),
    [
        (NOW, NOW, True),
        (NOW, NOW + SESSION_IDLE - SECOND, True),
        (NOW, NOW + SESSION_IDLE, False),
        (NOW + SESSION_IDLE - SECOND, NOW + SESSION_IDLE, True),
        (NOW + SESSION_LONGEST - SECOND, NOW + SESSION_LONGEST - SECOND, True),
        (NOW + SESSION_LONGEST - SECOND, NOW + SESSION_LONGEST, False),
    ],
)
def test_a_session_is_dead_from_the_second_in_which_it_ends(
    seen_at: datetime, now: datetime, *, is_alive: bool
) -> None:
    assert a_session().is_alive(1, seen_at, now) is is_alive


@pytest.mark.parametrize("epoch", [0, 2, 3])
def test_a_session_of_another_epoch_is_dead(epoch: int) -> None:
    assert a_session(epoch=1).is_alive(1, NOW, NOW)
    assert not a_session(epoch=1).is_alive(epoch, NOW, NOW)

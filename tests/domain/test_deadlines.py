"""期限: days in Japan and half-open moments."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.deadlines import day_of, days_left, end_of, next_moment, reminded_at, reminders_passed

DUE_ON = date(2022, 6, 5)
END = datetime(2022, 6, 5, 15, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
MOMENTS = st.datetimes(datetime(2022, 5, 1), datetime(2022, 7, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_day_begins_at_midnight_in_japan() -> None:
    assert day_of(datetime(2022, 6, 4, 15, 0, tzinfo=UTC)) == DUE_ON
    assert day_of(datetime(2022, 6, 4, 15, 0, tzinfo=UTC) - TICK) == DUE_ON - timedelta(days=1)


def test_a_deadline_lasts_to_the_end_of_its_day() -> None:
    assert end_of(DUE_ON) == END
    assert day_of(END - TICK) == DUE_ON


@given(MOMENTS)
def test_it_has_passed_as_soon_as_no_day_is_left(now: datetime) -> None:
    assert (now >= end_of(DUE_ON)) == (days_left(DUE_ON, now) < 0)


@pytest.mark.parametrize(("now", "days"), [(END - TICK, 0), (END - timedelta(days=1), 0), (END, -1)])
def test_the_last_day_counts_as_none_left(now: datetime, days: int) -> None:
    assert days_left(DUE_ON, now) == days


@pytest.mark.parametrize(("days", "day"), [(7, 29), (3, 2), (1, 4)])
def test_reminders_go_out_at_eight_in_the_morning(days: int, day: int) -> None:
    month = 5 if day > 5 else 6
    assert reminded_at(DUE_ON, days) == datetime(2022, month, day - 1, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(("days", "before"), [(7, None), (3, 7), (1, 3)])
def test_a_reminder_has_passed_at_its_very_moment(days: int, before: int | None) -> None:
    moment = reminded_at(DUE_ON, days)
    assert reminders_passed(DUE_ON, moment) == days
    assert reminders_passed(DUE_ON, moment - TICK) == before


@pytest.mark.parametrize(("reminded", "ahead"), [(None, 7), (7, 3), (3, 1)])
def test_the_next_moment_is_the_next_reminder(reminded: int | None, ahead: int) -> None:
    assert next_moment(DUE_ON, reminded) == reminded_at(DUE_ON, ahead)


def test_after_the_last_reminder_comes_the_end() -> None:
    assert next_moment(DUE_ON, 1) == END


@given(MOMENTS)
def test_what_has_passed_is_never_next(now: datetime) -> None:
    ahead = next_moment(DUE_ON, reminders_passed(DUE_ON, now))
    assert ahead > now or now >= END

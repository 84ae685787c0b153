"""期限: days in Japan, half-open moments, and what falls due when (spec: operations.md, expiry)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

JST = timezone(timedelta(hours=9))
REMINDER_DAYS = (7, 3, 1)
_REMINDED_AT = time(8)

Settle = Callable[[date], date]
"""Moves a day that is no working day to the next one."""


def day_of(moment: datetime) -> date:
    """The day in Japan."""
    return moment.astimezone(JST).date()


def end_of(due_on: date) -> datetime:
    """The first moment at which the deadline has passed."""
    return datetime.combine(due_on + timedelta(days=1), time(), JST).astimezone(UTC)


def reminded_at(due_on: date, days: int) -> datetime:
    """When the reminder that many days before goes out: at eight in the morning."""
    return datetime.combine(due_on - timedelta(days=days), _REMINDED_AT, JST).astimezone(UTC)


def reminders_passed(due_on: date, now: datetime) -> int | None:
    """The nearest reminder whose moment has come, in days before `due_on`; None before the first."""
    return min((days for days in REMINDER_DAYS if reminded_at(due_on, days) <= now), default=None)


def next_moment(due_on: date, reminded: int | None) -> datetime:
    """When something is to be done next: the nearest reminder not yet sent, or the end."""
    ahead = [days for days in REMINDER_DAYS if reminded is None or days < reminded]
    return reminded_at(due_on, ahead[0]) if ahead else end_of(due_on)


def days_left(due_on: date, now: datetime) -> int:
    """Whole days until the due date; 0 on the day itself, negative behind it."""
    return (due_on - day_of(now)).days

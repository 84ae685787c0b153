"""A clock that can be moved."""

import re
from datetime import UTC, datetime, timedelta

FARTHEST = timedelta(days=10 * 366)
_SPAN = re.compile(r"\s*([+-]?)([0-9]{1,9})([smhd])\s*", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def span_in(text: str) -> timedelta:
    """`24h`, `30m`, `90s`, `-1s`, `2d` as a span. Raises ValueError."""
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValueError(text)
    sign, number, unit = found.groups()
    span = timedelta(**{_UNITS[unit]: int(number)})
    return -span if sign == "-" else span


class Clock:
    """The real time and how far it was moved."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        """The moment the portal believes in: aware UTC, whole seconds."""
        return (datetime.now(UTC) + self.offset).replace(microsecond=0)

    def advance(self, span: timedelta) -> None:
        """Move on, or back. Raises ValueError when it would get too far from the real time."""
        if abs(self.offset + span) > FARTHEST:
            raise ValueError(span)
        self.offset += span

    def reset(self) -> None:
        """Back to the real time."""
        self.offset = timedelta()

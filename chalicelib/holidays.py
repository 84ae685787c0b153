"""Working days in Japan, apart from the rest: it loads the holidays, which only those who set deadlines need.

Deadlines that fall on a Saturday, Sunday, national holiday or 29 December to 3 January move (spec: terms.md).
"""

from datetime import date, timedelta

import jpholiday

_NEW_YEAR = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
_SATURDAY = 5


def working_day(day: date) -> date:
    """The day itself, or the next one on which offices are open (`deadlines.Settle`)."""
    while day.weekday() >= _SATURDAY or (day.month, day.day) in _NEW_YEAR or jpholiday.is_holiday(day):
        day += timedelta(days=1)
    return day

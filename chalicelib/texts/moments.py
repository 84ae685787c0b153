"""How moments and days are written for people: Japan Standard Time, to the second, as the manuals do."""

from datetime import date, datetime, timedelta, timezone

# Lambda's images have shipped without time zone files, and Japan has had no summer time since 1951.
JST = timezone(timedelta(hours=9), "JST")

_DAYS = {"ja": "{0:%Y年 %m月 %d日}", "en": "{0.day} {0:%B %Y}"}
_WEEKDAYS = {"ja": "月火水木金土日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MOMENTS = {"ja": "{0:%Y年%m月%d日 %H時%M分%S秒}", "en": "{0.day} {0:%B %Y, %H:%M:%S} JST"}


def moment_text(moment: datetime, language: str) -> str:
    """An aware moment, such as 「2019年09月24日 09時55分50秒」."""
    return _MOMENTS[language].format(moment.astimezone(JST))


def time_of_day(moment: datetime) -> str:
    """The minute of an aware moment in Japan, such as 「17:25」, in every language."""
    return f"{moment.astimezone(JST):%H:%M}"


def day_text(day: date, language: str) -> str:
    """A day, such as 「2022年 05月 30日」; of an aware moment, its day in Japan."""
    if isinstance(day, datetime):
        day = day.astimezone(JST).date()
    return _DAYS[language].format(day)


def weekday_text(day: date, language: str) -> str:
    """The day of the week, such as 「月」."""
    return _WEEKDAYS[language][day.weekday()]

from datetime import UTC, datetime, timedelta

import pytest

from local.clock import FARTHEST, Clock, span_in


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("24h", timedelta(hours=24)),
        ("-1s", timedelta(seconds=-1)),
        ("+30m", timedelta(minutes=30)),
        (" 90s ", timedelta(seconds=90)),
        ("2d", timedelta(days=2)),
    ],
)
def test_spans_are_written_as_people_say_them(text: str, span: timedelta) -> None:
    assert span_in(text) == span


@pytest.mark.parametrize("text", ["", "24", "h", "1.5h", "１h", "24h 3m", "--1s"])
def test_other_words_are_no_spans(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is all it says
        span_in(text)


def test_the_clock_moves_on_and_back() -> None:
    clock = Clock()
    clock.advance(timedelta(hours=24))
    assert clock.now() - datetime.now(UTC) > timedelta(hours=23)
    clock.reset()
    assert clock.now() <= datetime.now(UTC)


def test_the_clock_has_no_fractions_of_a_second() -> None:
    assert Clock().now().microsecond == 0


def test_the_clock_does_not_leave_the_calendar() -> None:
    clock = Clock()
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is all it says
        clock.advance(FARTHEST + timedelta(days=1))
    assert clock.offset == timedelta()

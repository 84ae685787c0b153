"""The cookie of a status enquiry: only what this service wrote is read."""

import os
import string
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.enquiries import EnquiryMark
from chalicelib.domain.sessions import SessionMark
from chalicelib.settings import load_settings
from chalicelib.signing.forms import FormTokens
from chalicelib.signing.sessions import EnquiryMarks, SessionMarks
from chalicelib.web.cookies import Cookie, read_cookies, set_cookie
from tests.application_builders import an_application
from tests.builders import NOW, a_session

NEW_KEY, OLD_KEY, LOST_KEY = (
    "a-new-key-of-the-tests-" * 2,
    "an-old-key-of-the-tests-" * 2,
    "a-lost-key-of-the-tests-" * 2,
)
LETTERS = string.ascii_letters + string.digits + "-_"
NAME = f"enquiry-{1:024d}"
NUMBER = an_application().application_number
MARK = EnquiryMark(NAME, NUMBER, NOW)
SETTINGS = load_settings({**os.environ, "SECRET_KEYS": NEW_KEY})


def marks(*keys: str) -> EnquiryMarks:
    return EnquiryMarks(load_settings({**os.environ, "SECRET_KEYS": ",".join(keys)}))


OURS = marks(NEW_KEY)


@given(
    st.builds(
        EnquiryMark,
        st.text(LETTERS, min_size=32, max_size=32),
        st.text(string.digits, min_size=17, max_size=17),
        st.datetimes(datetime(2001, 9, 10), datetime(2200, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
            lambda moment: moment.replace(microsecond=0)
        ),
    )
)
def test_what_is_written_is_read_and_fits_into_a_cookie(mark: EnquiryMark) -> None:
    value = OURS.written(mark)
    assert OURS.read(value) == mark
    assert len(value) == 102
    sent_back = set_cookie(Cookie("enquiry", value), SETTINGS).partition(";")[0]
    assert read_cookies(sent_back, SETTINGS)["enquiry"] == value


def test_whatever_letter_is_changed_the_mark_is_refused() -> None:
    value = OURS.written(MARK)
    for place, letter in enumerate(value):
        for other in set(LETTERS) - {letter}:
            assert OURS.read(f"{value[:place]}{other}{value[place + 1 :]}") is None


@pytest.mark.parametrize(
    "spoil",
    [str.swapcase, lambda value: value + "A", lambda value: value[:-1], lambda value: f"{value}\n", lambda _: ""],
    ids=["other case", "too long", "too short", "line end", "empty"],
)
def test_a_mark_that_is_not_whole_is_refused(spoil: Callable[[str], str]) -> None:
    assert OURS.read(spoil(OURS.written(MARK))) is None


@given(st.text() | st.text(LETTERS, min_size=102, max_size=102))
def test_what_is_none_of_ours_is_refused_and_no_fault(value: str) -> None:
    assert OURS.read(value) is None


def test_digits_of_another_script_are_no_number() -> None:
    wide = NUMBER.translate(dict(zip(range(48, 58), range(0xFF10, 0xFF1A), strict=True)))
    assert OURS.read(OURS.written(MARK).replace(NUMBER, wide)) is None


def test_parts_of_two_marks_make_no_third() -> None:
    one, other = OURS.written(MARK), OURS.written(EnquiryMark(NAME, "19092409555000003", NOW))
    for place in range(1, 59):
        mixed = one[:place] + other[place:]
        assert mixed in {one, other} or OURS.read(mixed) is None


def test_an_older_key_still_verifies_and_the_newest_writes() -> None:
    written_before = marks(OLD_KEY).written(MARK)
    both = marks(NEW_KEY, OLD_KEY)
    assert both.read(written_before) == MARK
    assert both.written(MARK) == marks(NEW_KEY).written(MARK) != written_before


def test_a_key_that_was_taken_away_verifies_nothing() -> None:
    assert marks(NEW_KEY).read(marks(OLD_KEY).written(MARK)) is None
    assert marks(NEW_KEY, OLD_KEY).read(marks(LOST_KEY).written(MARK)) is None


def test_an_enquirys_mark_and_a_sessions_are_not_exchanged() -> None:
    sessions = SessionMarks(SETTINGS)
    assert sessions.read(OURS.written(MARK)) is None
    assert OURS.read(sessions.written(SessionMark(a_session().name, "CA6288", NOW))) is None
    text = OURS.written(MARK)[:59]
    assert OURS.read(text + sessions.written(SessionMark(NAME, "CA6288", NOW))[-43:]) is None
    assert OURS.read(text + FormTokens(SETTINGS).token(text)) is None

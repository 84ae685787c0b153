"""A session's cookie: only what this service wrote is read."""

import os
import string
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts import ID_SUFFIXES, id_suffix_at
from chalicelib.domain.sessions import SessionMark
from chalicelib.settings import load_settings
from chalicelib.signing.forms import FormTokens
from chalicelib.signing.links import SignedLinks
from chalicelib.signing.sessions import SessionMarks
from chalicelib.web.cookies import Cookie, read_cookies, set_cookie
from tests.builders import NOW, a_session

NEW_KEY, OLD_KEY, LOST_KEY = (
    "a-new-key-of-the-tests-" * 2,
    "an-old-key-of-the-tests-" * 2,
    "a-lost-key-of-the-tests-" * 2,
)
LETTERS = string.ascii_letters + string.digits + "-_"
MARK = SessionMark(a_session().name, "CA6288", NOW)
SETTINGS = load_settings(os.environ)


def marks(*keys: str) -> SessionMarks:
    return SessionMarks(load_settings({**os.environ, "SECRET_KEYS": ",".join(keys)}))


OURS = marks(NEW_KEY)


@given(
    st.builds(
        SessionMark,
        st.text(LETTERS, min_size=32, max_size=32),
        st.integers(0, ID_SUFFIXES - 1).map(id_suffix_at),
        st.datetimes(datetime(2001, 9, 10), datetime(2200, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
            lambda moment: moment.replace(microsecond=0)
        ),
    )
)
def test_what_is_written_is_read_and_fits_into_a_cookie(mark: SessionMark) -> None:
    value = OURS.written(mark)
    assert OURS.read(value) == mark
    assert len(value) == 91
    sent_back = set_cookie(Cookie("session", value), SETTINGS).partition(";")[0]
    assert read_cookies(sent_back, SETTINGS)["session"] == value


def test_whatever_letter_is_changed_the_mark_is_refused() -> None:
    value = OURS.written(MARK)
    for place, letter in enumerate(value):
        for other in set(LETTERS) - {letter}:
            assert OURS.read(f"{value[:place]}{other}{value[place + 1 :]}") is None


def test_whatever_bit_is_flipped_the_mark_is_refused() -> None:
    value = OURS.written(MARK).encode()
    for place in range(len(value)):
        for bit in range(8):
            flipped = bytes([*value[:place], value[place] ^ (1 << bit), *value[place + 1 :]])
            assert OURS.read(flipped.decode("latin-1")) is None


@pytest.mark.parametrize(
    "spoil",
    [str.swapcase, lambda value: value + "A", lambda value: value[:-1], lambda value: f"{value}\n", lambda _: ""],
    ids=["other case", "too long", "too short", "line end", "empty"],
)
def test_a_mark_that_is_not_whole_is_refused(spoil: Callable[[str], str]) -> None:
    assert OURS.read(spoil(OURS.written(MARK))) is None


@given(st.text() | st.text(LETTERS, min_size=91, max_size=91))
def test_what_is_none_of_ours_is_refused_and_no_fault(value: str) -> None:
    assert OURS.read(value) is None


def test_parts_of_two_marks_make_no_third() -> None:
    one, other = OURS.written(MARK), OURS.written(SessionMark(MARK.name, "CA6289", NOW))
    for place in range(1, 48):
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


def test_what_was_signed_for_another_purpose_is_no_mark() -> None:
    settings = load_settings({**os.environ, "SECRET_KEYS": NEW_KEY})
    text = OURS.written(MARK)[:48]
    assert OURS.read(text + FormTokens(settings).token(text)) is None
    assert OURS.read(text + SignedLinks(settings).confirmation_key(text)[-43:]) is None

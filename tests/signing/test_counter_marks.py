"""The cookie of an officer at a counter: only what this service wrote is read."""

import os
import string
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.enquiries import EnquiryMark
from chalicelib.domain.officers import CounterMark
from chalicelib.domain.sessions import SessionMark
from chalicelib.settings import load_settings
from chalicelib.signing.forms import FormTokens
from chalicelib.signing.sessions import CounterMarks, EnquiryMarks, SessionMarks
from chalicelib.web.cookies import Cookie, read_cookies, set_cookie
from tests.builders import NOW
from tests.code_builders import OFFICER_ID, OTHER_OFFICER_ID, a_counter_session

NEW_KEY, OLD_KEY, LOST_KEY = (
    "a-new-key-of-the-tests-" * 2,
    "an-old-key-of-the-tests-" * 2,
    "a-lost-key-of-the-tests-" * 2,
)
LETTERS = string.ascii_letters + string.digits + "-_"
NAME = a_counter_session().name
MARK = CounterMark(NAME, OFFICER_ID, NOW)
SIGNATURE_LETTERS = 43
SETTINGS = load_settings({**os.environ, "SECRET_KEYS": NEW_KEY})


def marks(*keys: str) -> CounterMarks:
    return CounterMarks(load_settings({**os.environ, "SECRET_KEYS": ",".join(keys)}))


OURS = marks(NEW_KEY)


@given(
    st.builds(
        CounterMark,
        st.text(LETTERS, min_size=32, max_size=32),
        st.text(string.ascii_uppercase + string.digits, min_size=8, max_size=8),
        st.datetimes(datetime(2001, 9, 10), datetime(2200, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
            lambda moment: moment.replace(microsecond=0)
        ),
    )
)
def test_what_is_written_is_read_and_fits_into_a_cookie(mark: CounterMark) -> None:
    value = OURS.written(mark)
    assert OURS.read(value) == mark
    assert len(value) == 93
    sent_back = set_cookie(Cookie("counter", value), SETTINGS).partition(";")[0]
    assert read_cookies(sent_back, SETTINGS)["counter"] == value


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


@given(st.text() | st.text(LETTERS, min_size=93, max_size=93))
def test_what_is_none_of_ours_is_refused_and_no_fault(value: str) -> None:
    assert OURS.read(value) is None


def test_parts_of_two_marks_make_no_third() -> None:
    one, other = OURS.written(MARK), OURS.written(CounterMark(NAME, OTHER_OFFICER_ID, NOW))
    for place in range(1, len(one)):
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


def test_marks_of_applicants_and_account_holders_open_no_counter() -> None:
    text, session, enquiry = OURS.written(MARK)[:-SIGNATURE_LETTERS], SessionMarks(SETTINGS), EnquiryMarks(SETTINGS)
    for other in (
        session.written(SessionMark(NAME, "CA6288", NOW)),
        enquiry.written(EnquiryMark(NAME, "19092409555000003", NOW)),
    ):
        assert OURS.read(other) is None
        assert OURS.read(text + other[-SIGNATURE_LETTERS:]) is None
    assert OURS.read(text + FormTokens(SETTINGS).token(text)) is None
    assert session.read(OURS.written(MARK)) is None
    assert enquiry.read(OURS.written(MARK)) is None


def test_the_same_text_is_signed_otherwise_for_each_kind_of_cookie() -> None:
    counter, session = OURS, SessionMarks(SETTINGS)
    text = "the same text"
    assert counter._signer.get_signature(text) != session._signer.get_signature(text)

"""職員: what one may do, and how long one is signed in at a counter."""

from datetime import timedelta

import pytest

from chalicelib.domain.officers import OFFICER_ID, Role
from tests.builders import NOW
from tests.code_builders import OFFICER_ID as SAMPLE_ID
from tests.code_builders import a_counter_session, an_officer

TICK = timedelta(microseconds=1)
SILENCE, LONGEST = timedelta(minutes=30), timedelta(hours=8)
SESSION, OFFICER = a_counter_session(), an_officer()


def test_examiners_check_papers_and_clerks_do_not() -> None:
    assert an_officer(Role.EXAMINER).may_approve
    assert not an_officer(Role.CLERK).may_approve


def test_a_session_ends_after_half_an_hour_of_silence() -> None:
    seen_at = NOW + timedelta(hours=2)
    assert SESSION.is_alive(OFFICER, seen_at, seen_at + SILENCE - TICK)
    assert not SESSION.is_alive(OFFICER, seen_at, seen_at + SILENCE)


def test_a_session_ends_after_eight_hours_however_busy() -> None:
    end = SESSION.kept_until
    assert end == NOW + LONGEST
    assert SESSION.is_alive(OFFICER, end - TICK, end - TICK)
    assert not SESSION.is_alive(OFFICER, end - TICK, end)


def test_a_dismissed_officers_session_counts_no_more() -> None:
    assert not SESSION.is_alive(an_officer(is_active=False), NOW, NOW)


def test_a_session_dies_when_the_officers_epoch_moves_on() -> None:
    assert not SESSION.is_alive(an_officer(epoch=2), NOW, NOW)
    assert not a_counter_session(epoch=2).is_alive(OFFICER, NOW, NOW)


def test_a_used_step_is_remembered_and_changes_nothing_else() -> None:
    assert OFFICER.signed_in(52) == an_officer(totp_step=52)


@pytest.mark.parametrize("text", [SAMPLE_ID, "00000000", "ABCDEFGH"])
def test_an_id_is_eight_capitals_and_digits(text: str) -> None:
    assert OFFICER_ID.fullmatch(text)


@pytest.mark.parametrize("text", ["", "MIHON00", "MIHON0011", "mihon001", "MIHON-01", "ＭＩＨＯＮ００１", "MIHON001\n"])
def test_everything_else_is_none(text: str) -> None:
    assert not OFFICER_ID.fullmatch(text)

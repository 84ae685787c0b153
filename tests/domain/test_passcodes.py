"""ワンタイムパスコード: how long one is good, and how many there are."""

from datetime import timedelta

from chalicelib.domain.passcodes import PASSCODE_LIFETIME, PASSCODES_AN_HOUR, Passcode, next_passcode
from tests.builders import NOW

NUMBER = "19092409555010450"
TICK = timedelta(microseconds=1)
NEXT_HOUR = NOW.replace(hour=1, minute=0, second=0)


def _a_passcode() -> Passcode:
    passcode = next_passcode(None, NUMBER, "digest", NOW)
    assert passcode
    return passcode


def _asked_again(passcode: Passcode | None, times: int) -> Passcode | None:
    for time in range(times):
        assert passcode
        passcode = next_passcode(passcode, NUMBER, f"digest {time}", NOW)
    return passcode


def test_it_is_good_for_ten_minutes() -> None:
    passcode = _a_passcode()
    assert timedelta(minutes=10) == PASSCODE_LIFETIME
    assert passcode.is_good("digest", NOW + PASSCODE_LIFETIME - TICK)
    assert not passcode.is_good("digest", NOW + PASSCODE_LIFETIME)


def test_another_one_is_not_good() -> None:
    assert not _a_passcode().is_good("another", NOW)


def test_it_opens_once() -> None:
    used = _a_passcode().used()
    assert not used.is_good("digest", NOW)
    assert not used.is_good("", NOW)


def test_one_that_was_sent_to_nobody_opens_nothing() -> None:
    decoy = next_passcode(None, NUMBER, "", NOW)
    assert decoy
    assert decoy.is_decoy
    assert not decoy.is_good("", NOW)


def test_only_the_newest_is_good() -> None:
    second = next_passcode(_a_passcode(), NUMBER, "second", NOW)
    assert second
    assert second.is_good("second", NOW)
    assert not second.is_good("digest", NOW)


def test_five_may_be_asked_for_in_an_hour() -> None:
    fifth = _asked_again(_a_passcode(), PASSCODES_AN_HOUR - 1)
    assert PASSCODES_AN_HOUR == 5
    assert fifth
    assert next_passcode(fifth, NUMBER, "sixth", NOW) is None
    assert next_passcode(fifth, NUMBER, "sixth", NEXT_HOUR - TICK) is None


def test_the_next_hour_begins_anew() -> None:
    fifth = _asked_again(_a_passcode(), PASSCODES_AN_HOUR - 1)
    fresh = next_passcode(fifth, NUMBER, "fresh", NEXT_HOUR)
    assert _asked_again(fresh, PASSCODES_AN_HOUR - 1)


def test_one_that_was_used_counts_all_the_same() -> None:
    fifth = _asked_again(_a_passcode(), PASSCODES_AN_HOUR - 1)
    assert fifth
    assert next_passcode(fifth.used(), NUMBER, "sixth", NOW) is None

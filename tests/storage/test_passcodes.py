"""ワンタイムパスコード: what every store promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.application_refusals import PasscodeMoved
from chalicelib.domain.passcodes import PASSCODES_AN_HOUR, Addressee, Passcode, next_passcode
from chalicelib.ports import Begin, Work
from chalicelib.storage.connection import meter
from tests.application_builders import an_application
from tests.builders import NOW, a_letter

APPLICATION = an_application()
NUMBER = APPLICATION.application_number
DIGEST, OTHER_DIGEST = "d" * 64, "e" * 64
HOUR = timedelta(hours=1)


def following(before: Passcode | None, digest: str = DIGEST, later: timedelta = timedelta(0)) -> Passcode:
    passcode = next_passcode(before, NUMBER, digest, NOW + later)
    assert passcode is not None
    return passcode


FIRST = following(None)


def issue(begin: Begin, before: Passcode | None, after: Passcode) -> Passcode:
    with begin() as work:
        work.passcodes.issue(before, after)
    return after


def use(begin: Begin, passcode: Passcode) -> None:
    with begin() as work:
        work.passcodes.use(passcode, NOW)


def find(begin: Begin, number: str = NUMBER) -> Passcode | None:
    with begin() as work:
        return work.passcodes.find(number)


def look_up(begin: Begin, number: str = NUMBER) -> tuple[Passcode | None, Passcode | None, Addressee | None]:
    with begin() as work:
        return work.passcodes.look_up(number)


def test_a_passcode_is_found_as_it_was_issued(begin: Begin) -> None:
    assert find(begin) is None
    passcode = issue(begin, None, FIRST)
    assert find(begin) == passcode
    assert find(begin, "19092409555000003") is None


def test_what_strangers_ask_for_stands_apart(begin: Begin) -> None:
    own = issue(begin, None, FIRST)
    decoy = issue(begin, None, following(None, ""))
    assert decoy.is_decoy
    assert find(begin) == own
    assert look_up(begin)[:2] == (own, decoy)


def test_passcodes_follow_each_other_through_an_hour_and_into_the_next(begin: Begin) -> None:
    newest = issue(begin, None, FIRST)
    for _ in range(PASSCODES_AN_HOUR - 1):
        newest = issue(begin, newest, following(newest))
        assert find(begin) == newest
    assert newest.issued == PASSCODES_AN_HOUR
    assert issue(begin, newest, following(newest, later=HOUR)) == find(begin)


def test_of_two_who_ask_at_once_one_is_told(begin: Begin) -> None:
    issue(begin, None, FIRST)
    with pytest.raises(PasscodeMoved):
        issue(begin, None, following(None, OTHER_DIGEST))
    second = issue(begin, FIRST, following(FIRST))
    with pytest.raises(PasscodeMoved):
        issue(begin, FIRST, following(FIRST, OTHER_DIGEST))
    assert find(begin) == second


def test_the_first_of_the_next_hour_is_issued_once(begin: Begin) -> None:
    issue(begin, None, FIRST)
    later = issue(begin, FIRST, following(FIRST, later=HOUR))
    with pytest.raises(PasscodeMoved):
        issue(begin, FIRST, following(FIRST, OTHER_DIGEST, HOUR))
    assert find(begin) == later


def test_a_passcode_that_is_not_there_has_no_next_one(begin: Begin) -> None:
    with pytest.raises(PasscodeMoved):
        issue(begin, FIRST, following(FIRST))
    assert find(begin) is None


def test_a_passcode_is_used_once(begin: Begin) -> None:
    issue(begin, None, FIRST)
    use(begin, FIRST)
    assert find(begin) == FIRST.used()
    with pytest.raises(PasscodeMoved):
        use(begin, FIRST)


def test_what_opens_nothing_is_not_used(begin: Begin) -> None:
    decoy = issue(begin, None, following(None, ""))
    with pytest.raises(PasscodeMoved):
        use(begin, decoy)
    assert look_up(begin)[1] == decoy


def test_a_passcode_whose_time_is_over_is_not_used(begin: Begin) -> None:
    issue(begin, None, FIRST)
    with pytest.raises(PasscodeMoved), begin() as work:
        work.passcodes.use(FIRST, FIRST.expires_at)


def test_a_passcode_that_was_followed_by_another_is_not_used(begin: Begin) -> None:
    second = issue(begin, issue(begin, None, FIRST), following(FIRST, OTHER_DIGEST))
    with pytest.raises(PasscodeMoved):
        use(begin, FIRST)
    assert find(begin) == second


def test_nothing_is_used_where_there_is_none(begin: Begin) -> None:
    with pytest.raises(PasscodeMoved):
        use(begin, FIRST)
    assert find(begin) is None


def test_a_passcode_that_was_used_still_counts_in_its_hour(begin: Begin) -> None:
    issue(begin, None, FIRST)
    use(begin, FIRST)
    second = issue(begin, FIRST.used(), following(FIRST.used()))
    assert (find(begin), second.issued) == (second, 2)


def test_nothing_else_is_stored_when_a_passcode_moved(begin: Begin) -> None:
    issue(begin, None, FIRST)

    def issue_and_tell(work: Work) -> None:
        work.letters.post(a_letter())
        work.passcodes.issue(None, following(None, OTHER_DIGEST))

    with pytest.raises(PasscodeMoved), begin() as work:
        issue_and_tell(work)
    with begin() as work:
        assert work.letters.find("letter-1") is None


def test_looking_up_tells_to_whom_the_next_would_go(begin: Begin) -> None:
    assert look_up(begin) == (None, None, None)
    with begin() as work:
        work.applications.add(replace(APPLICATION, language="en"))
    assert look_up(begin) == (None, None, Addressee("taro@example.jp", "en"))
    issue(begin, None, FIRST)
    assert look_up(begin) == (FIRST, None, Addressee("taro@example.jp", "en"))


def test_an_application_without_an_address_has_nobody_to_send_to(begin: Begin) -> None:
    with begin() as work:
        work.applications.add(replace(APPLICATION, notification_email=None))
    issue(begin, None, FIRST)
    assert look_up(begin) == (FIRST, None, None)


def test_looking_up_and_finding_are_one_call_each(stored: Begin) -> None:
    with stored() as work:
        work.applications.add(APPLICATION)
    issue(stored, None, FIRST)
    meter.reset()
    assert look_up(stored)[0] == FIRST
    assert meter.calls == 1
    assert find(stored)
    assert meter.calls == 2

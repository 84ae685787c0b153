"""職員 and their sessions: what every store promises."""

from datetime import timedelta

import pytest

from chalicelib.domain.code_refusals import OfficerMoved
from chalicelib.domain.officers import CounterSession, Officer, Role
from chalicelib.ports import Begin
from chalicelib.storage.connection import meter
from chalicelib.storage.sessions import SessionRow
from tests.builders import NOW, a_session, an_account
from tests.code_builders import (
    OFFICER_ID,
    OTHER_OFFICE,
    OTHER_OFFICER_ID,
    a_counter_session,
    an_officer,
)

OFFICER, SESSION = an_officer(), a_counter_session()
NAME = SESSION.name
STEP = 52_309_638


def put(begin: Begin, officer: Officer = OFFICER) -> Officer:
    with begin() as work:
        work.officers.put(officer)
    return officer


def use_step(begin: Begin, before: Officer, step: int) -> None:
    with begin() as work:
        work.officers.use_step(before, step)


def find(begin: Begin, officer_id: str = OFFICER_ID) -> Officer | None:
    with begin() as work:
        return work.officers.find(officer_id)


def sign_in(begin: Begin, session: CounterSession = SESSION) -> CounterSession:
    with begin() as work:
        work.officers.begin_session(session)
    return session


def find_session(begin: Begin, name: str = NAME, officer_id: str = OFFICER_ID) -> tuple[CounterSession, Officer] | None:
    with begin() as work:
        return work.officers.find_session(name, officer_id)


@pytest.mark.parametrize(
    "officer",
    [
        OFFICER,
        an_officer(Role.CLERK, office=OTHER_OFFICE),
        an_officer(totp_step=STEP, epoch=7),
        an_officer(is_active=False),
    ],
    ids=["an examiner", "a clerk", "with a past", "dismissed"],
)
def test_an_officer_is_found_as_stored(begin: Begin, officer: Officer) -> None:
    assert find(begin) is None
    put(begin, officer)
    assert find(begin) == officer
    assert find(begin, OTHER_OFFICER_ID) is None


def test_a_change_replaces_the_officer(begin: Begin) -> None:
    put(begin)
    changed = put(begin, an_officer(Role.CLERK, office=OTHER_OFFICE, epoch=2))
    assert find(begin) == changed


def test_a_one_time_password_is_used_once_and_none_before_it_after(begin: Begin) -> None:
    put(begin)
    use_step(begin, OFFICER, STEP)
    assert find(begin) == OFFICER.signed_in(STEP)
    for step in (STEP, STEP - 1):
        for before in (OFFICER, OFFICER.signed_in(STEP)):
            with pytest.raises(OfficerMoved):
                use_step(begin, before, step)
    assert find(begin) == OFFICER.signed_in(STEP)


def test_a_later_one_is_used_by_whoever_still_holds_the_old_state(begin: Begin) -> None:
    put(begin)
    use_step(begin, OFFICER, STEP)
    use_step(begin, OFFICER, STEP + 1)
    assert find(begin) == OFFICER.signed_in(STEP + 1)


def test_a_one_time_password_of_a_secret_that_was_replaced_meanwhile_is_not_used(begin: Begin) -> None:
    put(begin)
    renewed = put(begin, an_officer(totp_secret="another secret of samples", epoch=2))
    with pytest.raises(OfficerMoved):
        use_step(begin, OFFICER, STEP)
    assert find(begin) == renewed


def test_nobody_signs_in_who_is_not_there(begin: Begin) -> None:
    with pytest.raises(OfficerMoved):
        use_step(begin, OFFICER, STEP)
    assert find(begin) is None


def test_no_session_begins_when_the_officer_moved(begin: Begin) -> None:
    put(begin, OFFICER.signed_in(STEP))

    def use_and_begin() -> None:
        with begin() as work:
            work.officers.begin_session(SESSION)
            work.officers.use_step(OFFICER, STEP)

    with pytest.raises(OfficerMoved):
        use_and_begin()
    assert find_session(begin) is None


@pytest.mark.parametrize("session", [SESSION, a_counter_session(epoch=4, born_at=NOW - timedelta(hours=1))])
def test_a_session_is_found_with_its_officer(begin: Begin, session: CounterSession) -> None:
    officer = put(begin)
    assert find_session(begin) is None
    sign_in(begin, session)
    assert find_session(begin) == (session, officer)


def test_a_session_is_nobody_elses(begin: Begin) -> None:
    put(begin)
    put(begin, an_officer(officer_id=OTHER_OFFICER_ID))
    sign_in(begin)
    assert find_session(begin, officer_id=OTHER_OFFICER_ID) is None
    assert find_session(begin, name=NAME[:-1] + "2") is None


def test_a_session_without_an_officer_is_none(begin: Begin) -> None:
    sign_in(begin)
    assert find_session(begin) is None


def test_a_session_that_was_ended_is_gone_and_no_other(begin: Begin) -> None:
    officer = put(begin)
    sign_in(begin)
    other = sign_in(begin, a_counter_session(name=f"counter-{2:024d}"))
    with begin() as work:
        work.officers.end_session(NAME)
    assert find_session(begin) is None
    assert find_session(begin, other.name) == (other, officer)


def test_ending_what_is_not_there_is_no_fault(begin: Begin) -> None:
    with begin() as work:
        work.officers.end_session(NAME)
    assert find_session(begin) is None


def test_sessions_of_account_holders_are_none_of_officers(begin: Begin) -> None:
    put(begin)
    with begin() as work:
        work.accounts.add(an_account())
        work.sessions.add(a_session(name=NAME))
    assert find_session(begin) is None
    officers = sign_in(begin)
    with begin() as work:
        assert work.sessions.find(NAME, "CA6288") == (a_session(name=NAME), an_account())
        work.sessions.end(NAME)
    assert find_session(begin) == (officers, OFFICER)


def test_a_session_and_its_officer_are_one_call(stored: Begin) -> None:
    put(stored)
    sign_in(stored)
    meter.reset()
    assert find_session(stored)
    assert meter.calls == 1


def test_a_session_is_swept_after_its_end_and_the_table_holds_no_name(stored: Begin) -> None:
    sign_in(stored)
    (row,) = SessionRow.scan()
    assert row.ttl == SESSION.kept_until
    assert NAME not in str(row.attribute_values)

"""Sessions: what every store promises."""

from datetime import timedelta

import pytest

from chalicelib.domain.accounts import Account
from chalicelib.domain.sessions import Session
from chalicelib.domain.sign_ins import Origin, SignInResult
from chalicelib.ports import Begin
from chalicelib.storage.connection import meter
from tests.builders import NOW, a_session, a_sign_in, an_account

NAME = a_session().name
EARLIER = NOW - timedelta(hours=1)


def signed_in(begin: Begin, session: Session) -> Session:
    with begin() as work:
        work.accounts.add(an_account())
        work.sessions.add(session)
    return session


def found(begin: Begin, name: str = NAME, id_suffix: str = "CA6288") -> tuple[Session, Account] | None:
    with begin() as work:
        return work.sessions.find(name, id_suffix)


@pytest.mark.parametrize(
    "session",
    [
        a_session(),
        a_session(epoch=4, born_at=EARLIER),
        a_session(recent=(a_sign_in(at=EARLIER), a_sign_in(result=SignInResult.WRONG_PASSWORD, origin=Origin()))),
    ],
    ids=["new", "of another epoch", "with tries before it"],
)
def test_a_session_is_found_with_its_account(begin: Begin, session: Session) -> None:
    assert found(begin) is None
    signed_in(begin, session)
    assert found(begin) == (session, an_account())


def test_a_session_is_nobody_elses(begin: Begin) -> None:
    signed_in(begin, a_session())
    with begin() as work:
        work.accounts.add(an_account(id_suffix="CA6289"))
    assert found(begin, id_suffix="CA6289") is None


def test_a_session_without_an_account_is_none(begin: Begin) -> None:
    with begin() as work:
        work.sessions.add(a_session())
    assert found(begin) is None


def test_another_name_opens_nothing(begin: Begin) -> None:
    signed_in(begin, a_session())
    assert found(begin, NAME[:-1] + "2") is None


def test_a_session_that_was_ended_is_gone_and_no_other(begin: Begin) -> None:
    other = a_session(name=f"session-{2:024d}")
    signed_in(begin, a_session())
    with begin() as work:
        work.sessions.add(other)
    with begin() as work:
        work.sessions.end(NAME)
    assert found(begin) is None
    assert found(begin, other.name) == (other, an_account())


def test_ending_what_is_not_there_is_no_fault(begin: Begin) -> None:
    with begin() as work:
        work.sessions.end(NAME)
    assert found(begin) is None


def test_a_session_and_its_account_are_one_call(stored: Begin) -> None:
    signed_in(stored, a_session())
    meter.reset()
    assert found(stored)
    assert meter.calls == 1

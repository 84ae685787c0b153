"""Officers: signing in with a password and a one-time password, and what the audit log keeps of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.attempts import Door
from chalicelib.domain.audit import AuditEntry, Deed
from chalicelib.domain.code_refusals import OfficerMoved
from chalicelib.domain.officers import CounterSession, Officer
from chalicelib.ports import Begin, Chance, PasswordHasher
from chalicelib.verbs.doors import Knock, knock

StepOf = Callable[[str, str, datetime], int | None]
"""Gives the time step of a one-time password, from secret, password and moment; None when it is wrong."""


@dataclass(frozen=True)
class OfficerSecrets:
    """What an officer types."""

    officer_id: str
    password: str
    one_time_password: str


@dataclass(frozen=True)
class At:
    """When, and from which network."""

    now: datetime
    network: str


def sign_in(
    begin: Begin, chance: Chance, hasher: PasswordHasher, secrets: OfficerSecrets, step_of: StepOf, at: At
) -> CounterSession | None:
    """A session; None for whatever keeps it closed: unknown, inactive, wrong, used before, locked. All look alike."""
    asked = Knock(Door.OFFICER, secrets.officer_id, secrets.password)
    verdict = knock(
        begin, hasher, asked, lambda work: work.officers.find(secrets.officer_id), lambda one: one.password_hash
    )
    officer = verdict.holder
    if officer is None or not officer.is_active:
        return None
    step = step_of(officer.totp_secret, secrets.one_time_password, at.now)
    if step is None or step <= officer.totp_step:
        return None
    session = CounterSession(chance.new_token(), officer.officer_id, officer.epoch, at.now)
    try:
        with begin() as work:
            work.officers.use_step(officer, step)
            work.officers.begin_session(session)
            work.attempts.forget(Door.OFFICER, officer.officer_id)
            work.audit.note(deed_of(officer, Deed.SIGNED_IN, "", "", at))
    except OfficerMoved:
        return None
    return session


def sign_out(begin: Begin, officer: Officer, session_name: str, at: At) -> None:
    """End the session."""
    with begin() as work:
        work.officers.end_session(session_name)
        work.audit.note(deed_of(officer, Deed.SIGNED_OUT, "", "", at))


def deed_of(officer: Officer, deed: Deed, about: str, result: str, at: At) -> AuditEntry:
    """What an officer did, for the log."""
    return AuditEntry(at.now, officer.office, officer.officer_id, deed, about, result, at.network)

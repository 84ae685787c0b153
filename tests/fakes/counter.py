"""Officers, their sessions and what they did, in memory."""

from dataclasses import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.code_refusals import OfficerMoved
from chalicelib.domain.officers import CounterSession, Officer
from tests.fakes.rows import Plan, Reach, Rows, Write


class FakeOfficers:
    """`ports.Officers`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def find(self, officer_id: str) -> Officer | None:
        """The officer, active or not."""
        with self._reach() as rows:
            return rows.officers.get(officer_id)

    def use_step(self, before: Officer, step: int) -> None:
        """A one-time password of that step was used."""
        key = before.officer_id

        def is_later(rows: Rows) -> bool:
            stored = rows.officers.get(key)
            return stored is not None and stored.totp_step < step and stored.epoch == before.epoch

        def use(rows: Rows) -> None:
            rows.officers[key] = replace(rows.officers[key], totp_step=step)

        self._plan(Write(f"officer {key}", use, is_later, OfficerMoved))

    def put(self, officer: Officer) -> None:
        """Store an officer."""
        key = officer.officer_id
        self._plan(Write(f"officer {key}", lambda rows: rows.officers.update({key: officer})))

    def find_session(self, name: str, officer_id: str) -> tuple[CounterSession, Officer] | None:
        """The session of that name and officer, and the officer."""
        with self._reach() as rows:
            session, officer = rows.counter_sessions.get(name), rows.officers.get(officer_id)
        return (session, officer) if session and officer and session.officer_id == officer_id else None

    def begin_session(self, session: CounterSession) -> None:
        """Store a new session."""
        name = session.name
        self._plan(Write(f"counter session {name}", lambda rows: rows.counter_sessions.update({name: session})))

    def end_session(self, name: str) -> None:
        """Forget the session."""

        def forget(rows: Rows) -> None:
            rows.counter_sessions.pop(name, None)

        self._plan(Write(f"counter session {name}", forget))


class FakeAudit:
    """`ports.Audit`."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def note(self, entry: AuditEntry) -> None:
        """One more deed."""
        self._plan(Write(f"deed at {entry.office}, {entry.at}", lambda rows: rows.audit.append(entry)))

"""Table of 職員, and their sessions, which stand in the table of sessions."""

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action

from chalicelib.domain.code_refusals import OfficerMoved
from chalicelib.domain.officers import CounterSession, Officer, Role
from chalicelib.storage.connection import Row, TableMeta, found, found_together, table_name
from chalicelib.storage.digests import name_digest
from chalicelib.storage.sessions import SessionRow
from chalicelib.storage.writes import Writes


class OfficerRow(Row):
    """One officer."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("officers")

    officer_id = UnicodeAttribute(hash_key=True)
    office = UnicodeAttribute()
    role = UnicodeAttribute()
    password_hash = UnicodeAttribute()
    totp_secret = UnicodeAttribute()
    totp_step = NumberAttribute()
    is_active = BooleanAttribute()
    epoch = NumberAttribute()


def _key(name: str) -> str:
    return f"counter#{name_digest(name)}"


class StoredOfficers:
    """`ports.Officers` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def find(self, officer_id: str) -> Officer | None:
        """One read."""
        row = found(OfficerRow, officer_id)
        return officer_from_row(row) if row else None

    def use_step(self, before: Officer, step: int) -> None:
        """One conditional update."""
        is_later = (OfficerRow.totp_step < step) & (OfficerRow.epoch == before.epoch)
        use: list[Action] = [OfficerRow.totp_step.set(step)]
        self._writes.update(OfficerRow(before.officer_id), use, is_later, OfficerMoved)

    def put(self, officer: Officer) -> None:
        """One put."""
        self._writes.put(OfficerRow(**{**vars(officer), "role": officer.role.value}))

    def find_session(self, name: str, officer_id: str) -> tuple[CounterSession, Officer] | None:
        """One batch read of both rows."""
        session, officer = found_together([(SessionRow, (_key(name),)), (OfficerRow, (officer_id,))])
        if not isinstance(session, SessionRow) or not isinstance(officer, OfficerRow):
            return None
        if session.officer_id != officer_id:
            return None
        return CounterSession(name, officer_id, int(session.epoch or 0), session.born_at), officer_from_row(officer)

    def begin_session(self, session: CounterSession) -> None:
        """One put in the transaction."""
        row = SessionRow(
            _key(session.name),
            officer_id=session.officer_id,
            epoch=session.epoch,
            born_at=session.born_at,
            ttl=session.kept_until,
        )
        self._writes.put(row)

    def end_session(self, name: str) -> None:
        """One delete in the transaction."""
        self._writes.delete(SessionRow(_key(name)))


def officer_from_row(row: OfficerRow) -> Officer:
    """The officer that a row holds."""
    return Officer(
        officer_id=row.officer_id,
        office=row.office,
        role=Role(row.role),
        password_hash=row.password_hash,
        totp_secret=row.totp_secret,
        totp_step=int(row.totp_step),
        is_active=bool(row.is_active),
        epoch=int(row.epoch),
    )

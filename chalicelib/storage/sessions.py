"""Table of sessions; rows are found by the digest of the cookie's random name."""

from datetime import datetime

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.domain.accounts import Account
from chalicelib.domain.sessions import Session
from chalicelib.domain.sign_ins import Origin, SignIn, SignInResult
from chalicelib.storage.accounts import AccountRow, account_from_row
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found_together, table_name
from chalicelib.storage.digests import name_digest
from chalicelib.storage.writes import Writes


class SessionRow(Row):
    """One browser: signed in to an account, or let in to look at one application (storage.enquiries)."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("sessions")

    session = UnicodeAttribute(hash_key=True)
    id_suffix = UnicodeAttribute(null=True)
    application_number = UnicodeAttribute(null=True)
    officer_id = UnicodeAttribute(null=True)
    epoch = NumberAttribute(null=True)
    born_at = MomentAttribute()
    recent = JSONAttribute(null=True)
    ttl = MomentAttribute()


class StoredSessions:
    """`ports.Sessions` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def find(self, name: str, id_suffix: str) -> tuple[Session, Account] | None:
        """One batch read of both rows."""
        session, account = found_together([(SessionRow, (name_digest(name),)), (AccountRow, (id_suffix,))])
        if not isinstance(session, SessionRow) or not isinstance(account, AccountRow):
            return None
        return (_from_row(name, session), account_from_row(account)) if session.id_suffix == id_suffix else None

    def add(self, session: Session) -> None:
        """One put in the transaction."""
        row = SessionRow(
            name_digest(session.name),
            id_suffix=session.id_suffix,
            epoch=session.epoch,
            born_at=session.born_at,
            recent=[_sign_in_to_row(one) for one in session.recent],
            ttl=session.kept_until,
        )
        self._writes.put(row)

    def end(self, name: str) -> None:
        """One delete in the transaction."""
        self._writes.delete(SessionRow(name_digest(name)))


def _from_row(name: str, row: SessionRow) -> Session:
    recent = tuple(_sign_in_from_row(one) for one in row.recent)
    return Session(name, row.id_suffix, int(row.epoch), row.born_at, recent)


def _sign_in_to_row(one: SignIn) -> list[str]:
    return [one.at.isoformat(), one.result.value, one.origin.network, one.origin.browser, one.origin.system]


def _sign_in_from_row(row: list[str]) -> SignIn:
    at, result, *origin = row
    return SignIn(datetime.fromisoformat(at), SignInResult(result), Origin(*origin))

"""Table of ワンタイムパスコード: the newest of each application number that anybody asked one for."""

from datetime import timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.domain.application_refusals import PasscodeMoved
from chalicelib.domain.passcodes import Addressee, Passcode
from chalicelib.storage.application_rows import WHOLE, ApplicationRow
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found, found_together, table_name
from chalicelib.storage.writes import Writes

_KEPT = timedelta(days=1)


class PasscodeRow(Row):
    """One application number's newest passcode."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("passcodes")

    application_number = UnicodeAttribute(hash_key=True)
    digest = UnicodeAttribute(null=True)
    expires_at = MomentAttribute()
    hour = MomentAttribute()
    issued = NumberAttribute()
    ttl = MomentAttribute()


class StoredPasscodes:
    """`ports.Passcodes` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def find(self, application_number: str) -> Passcode | None:
        """One read."""
        row = found(PasscodeRow, application_number)
        return _from_row(row) if row else None

    def look_up(self, application_number: str) -> tuple[Passcode | None, Addressee | None]:
        """One batch read of both rows."""
        keys = [(PasscodeRow, (application_number,)), (ApplicationRow, (application_number, WHOLE))]
        passcode, whole = found_together(keys)
        known = _from_row(passcode) if isinstance(passcode, PasscodeRow) else None
        if not isinstance(whole, ApplicationRow) or not whole.notification_email:
            return known, None
        return known, Addressee(whole.notification_email, whole.language)

    def issue(self, before: Passcode | None, after: Passcode) -> None:
        """One conditional put."""
        is_as_read = PasscodeRow.issued.does_not_exist()
        if before:
            is_as_read = (PasscodeRow.issued == before.issued) & (PasscodeRow.hour == before.hour)
        self._writes.put(_to_row(after), is_as_read, PasscodeMoved)

    def use(self, passcode: Passcode) -> None:
        """One conditional put."""
        self._writes.put(_to_row(passcode.used()), PasscodeRow.digest == passcode.digest, PasscodeMoved)


def _to_row(passcode: Passcode) -> PasscodeRow:
    return PasscodeRow(
        passcode.application_number,
        digest=passcode.digest or None,
        expires_at=passcode.expires_at,
        hour=passcode.hour,
        issued=passcode.issued,
        ttl=passcode.expires_at + _KEPT,
    )


def _from_row(row: PasscodeRow) -> Passcode:
    return Passcode(row.application_number, row.digest or "", row.expires_at, row.hour, int(row.issued))

"""Table of ワンタイムパスコード: the newest of each application number that anybody asked one for."""

from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.domain.application_refusals import PasscodeMoved
from chalicelib.domain.passcodes import Addressee, Passcode
from chalicelib.storage.application_rows import WHOLE, ApplicationRow
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, RowKey, TableMeta, found, found_together, table_name
from chalicelib.storage.writes import Writes

_KEPT = timedelta(days=1)
_DECOY = "#decoy"


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

    def look_up(self, application_number: str) -> tuple[Passcode | None, Passcode | None, Addressee | None]:
        """One batch read of all three rows."""
        keys: list[RowKey] = [(PasscodeRow, (_key(application_number, is_decoy=one),)) for one in (False, True)]
        own, decoy, whole = found_together([*keys, (ApplicationRow, (application_number, WHOLE))])
        addressee = None
        if isinstance(whole, ApplicationRow) and whole.notification_email:
            addressee = Addressee(whole.notification_email, whole.language)
        return _from_found(own), _from_found(decoy), addressee

    def issue(self, before: Passcode | None, after: Passcode) -> None:
        """One conditional put."""
        is_as_read = PasscodeRow.issued.does_not_exist()
        if before:
            is_as_read = (PasscodeRow.issued == before.issued) & (PasscodeRow.hour == before.hour)
        self._writes.put(_to_row(after), is_as_read, PasscodeMoved)

    def use(self, passcode: Passcode, now: datetime) -> None:
        """One conditional put."""
        is_open = (PasscodeRow.digest == passcode.digest) & (PasscodeRow.expires_at > now)
        self._writes.put(_to_row(passcode.used()), is_open, PasscodeMoved)


def _key(application_number: str, *, is_decoy: bool) -> str:
    return f"{application_number}{_DECOY}" if is_decoy else application_number


def _to_row(passcode: Passcode) -> PasscodeRow:
    return PasscodeRow(
        _key(passcode.application_number, is_decoy=passcode.is_decoy),
        digest=passcode.digest or None,
        expires_at=passcode.expires_at,
        hour=passcode.hour,
        issued=passcode.issued,
        ttl=passcode.expires_at + _KEPT,
    )


def _from_found(row: Row | None) -> Passcode | None:
    return _from_row(row) if isinstance(row, PasscodeRow) else None


def _from_row(row: PasscodeRow) -> Passcode:
    number, decoy, _ = row.application_number.partition(_DECOY)
    return Passcode(number, row.digest or "", row.expires_at, row.hour, int(row.issued), is_decoy=bool(decoy))

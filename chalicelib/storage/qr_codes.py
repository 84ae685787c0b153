"""Table of 二次元コード."""

from datetime import datetime, timedelta

from pynamodb.attributes import JSONAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.domain.code_refusals import CodeMoved, LookupKeyTaken
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose, QrCode, Redemption
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found, table_name
from chalicelib.storage.writes import Writes

_KEPT = timedelta(days=30)


class QrCodeRow(Row):
    """One code. `redemption`: where, by whom; when stands in `redeemed_at`."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("qr_codes")

    lookup_key = UnicodeAttribute(hash_key=True)
    purpose = UnicodeAttribute()
    issued_at = MomentAttribute()
    expires_at = MomentAttribute(null=True)
    receiver_name = UnicodeAttribute(null=True)
    credential = UnicodeAttribute(null=True)
    procedure = UnicodeAttribute(null=True)
    application_number = UnicodeAttribute(null=True)
    shown_to = UnicodeAttribute(null=True)
    redeemed_at = MomentAttribute(null=True)
    redemption = JSONAttribute(null=True)
    revoked_at = MomentAttribute(null=True)
    ttl = MomentAttribute(null=True)


class StoredQrCodes:
    """`ports.QrCodes` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def find(self, lookup_key: str) -> QrCode | None:
        """One read."""
        row = found(QrCodeRow, lookup_key)
        return _from_row(row) if row else None

    def add(self, code: QrCode) -> None:
        """One put, if the key is free."""
        self._writes.put(_to_row(code), QrCodeRow.lookup_key.does_not_exist(), LookupKeyTaken)

    def redeem(self, before: QrCode, after: QrCode) -> None:
        """One conditional put."""
        is_as_read: Condition = QrCodeRow.redeemed_at.does_not_exist()
        if before.redemption:
            is_as_read = QrCodeRow.redeemed_at == before.redemption.at
        is_good = QrCodeRow.lookup_key.exists() & QrCodeRow.revoked_at.does_not_exist()
        self._writes.put(_to_row(after), is_good & is_as_read, CodeMoved)


def _to_row(code: QrCode) -> QrCodeRow:
    use = code.redemption
    return QrCodeRow(
        code.lookup_key,
        purpose=code.purpose.value,
        issued_at=code.issued_at,
        expires_at=code.expires_at,
        receiver_name=code.receiver_name or None,
        credential=code.credential or None,
        procedure=code.procedure.value if code.procedure else None,
        application_number=code.application_number,
        shown_to=code.shown_to or None,
        redeemed_at=use.at if use else None,
        redemption=[use.office, use.officer_id] if use else None,
        revoked_at=code.revoked_at,
        ttl=_kept_until(code),
    )


def _kept_until(code: QrCode) -> datetime | None:
    end = code.expires_at or (code.redemption.at if code.redemption else None)
    return end + _KEPT if end else None


def _from_row(row: QrCodeRow) -> QrCode:
    return QrCode(
        lookup_key=row.lookup_key,
        purpose=Purpose(row.purpose),
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        receiver_name=row.receiver_name or "",
        credential=row.credential or "",
        procedure=Procedure(row.procedure) if row.procedure else None,
        application_number=row.application_number,
        shown_to=row.shown_to or "",
        redemption=Redemption(row.redeemed_at, *row.redemption) if row.redemption else None,
        revoked_at=row.revoked_at,
    )

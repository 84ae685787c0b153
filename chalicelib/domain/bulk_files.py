"""まとめ納付管理ファイル: the file that makes an application's taxes and fees payable in bulk (manual 3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.accounts import Account
from chalicelib.domain.holders import display_name_of
from chalicelib.domain.refusals import BulkFileExpired, BulkFileReplaced

FILE_LIFETIME = timedelta(days=365)
# A short name is anybody's choice, and no program saves a file whose name has these in it.
_NOT_IN_FILE_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


@dataclass(frozen=True)
class BulkPaymentFile:
    """まとめ納付管理ファイル: what it says. `serial` counts the files of an account from 1: only the newest is good."""

    payer_id: str
    display_name: str
    issued_at: datetime
    expires_at: datetime
    serial: int

    def is_expired(self, now: datetime) -> bool:
        """Whether its year is over: good while now < expires_at."""
        return now >= self.expires_at

    def require_current(self, newest_serial: int, now: datetime) -> None:
        """Refuse a file that no longer counts. Raises BulkFileExpired, BulkFileReplaced."""
        if self.is_expired(now):
            raise BulkFileExpired(self.expires_at)
        if self.serial != newest_serial:
            raise BulkFileReplaced


def file_of(account: Account) -> BulkPaymentFile | None:
    """The newest file of an account; None when none was issued."""
    issue = account.bulk_file
    if issue.issued_at is None:
        return None
    return BulkPaymentFile(
        payer_id=account.payer_id,
        display_name=display_name_of(account.holder),
        issued_at=issue.issued_at,
        expires_at=issue.issued_at + FILE_LIFETIME,
        serial=issue.serial,
    )


def file_names(file: BulkPaymentFile, service_short_name: str) -> tuple[str, str]:
    """Under which name it is saved, and an ASCII one for programs that know no other."""
    whose = service_short_name.translate(_NOT_IN_FILE_NAMES)
    return f"まとめ納付管理ファイル_{whose}用.json", f"bulk-payment-file_{file.payer_id}.json"

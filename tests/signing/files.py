"""A bulk payment file and the seals that tests open it with."""

from datetime import UTC, datetime, timedelta

from chalicelib.domain.bulk_files import BulkPaymentFile
from chalicelib.domain.refusals import BulkFileForged
from chalicelib.settings import Settings
from chalicelib.signing.bulk_files import BulkFileSeal

NEWEST, OLDER, FOREIGN = "A" * 43, "B" * 42 + "A", "C" * 42 + "A"
ISSUED = datetime(2026, 4, 1, 1, 2, 3, tzinfo=UTC)
FILE = BulkPaymentFile("KNCA6288", '𠮷﨑"\\　髙', ISSUED, ISSUED + timedelta(days=365), serial=12)


def seal(*seeds: str) -> BulkFileSeal:
    """A deployment with these signing keys, newest first."""
    return BulkFileSeal(
        Settings(
            base_url="https://portal.example.jp",
            table_prefix="-",
            mail_from="noreply@example.jp",
            secret_keys=("k" * 32,),
            pepper="p" * 32,
            signing_keys=seeds,
        )
    )


def is_refused(by: BulkFileSeal, content: bytes) -> bool:
    """Whether the seal takes the content for forged; anything else that it raises is a failure of the test."""
    try:
        by.opened(content)
    except BulkFileForged:
        return True
    return False

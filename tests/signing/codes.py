"""What a code says, and the seals that tests sign and open it with."""

from datetime import timedelta

from chalicelib.domain.code_refusals import CodeForged
from chalicelib.domain.qr_codes import CodeSays, Purpose
from chalicelib.settings import Settings
from chalicelib.signing.qr_codes import QrCodeSeal
from tests.builders import NOW
from tests.code_builders import LOOKUP_KEY, SINGLE_LOOKUP_KEY

SAYS = CodeSays(Purpose.AUTHENTICATION, LOOKUP_KEY, NOW, NOW + timedelta(days=30))
SINGLE = CodeSays(Purpose.SINGLE_VEHICLE, SINGLE_LOOKUP_KEY, NOW, None)


def seal(*seeds: str) -> QrCodeSeal:
    """A deployment with these signing keys, newest first."""
    return QrCodeSeal(
        Settings(
            base_url="https://portal.example.jp",
            table_prefix="-",
            mail_from="noreply@example.jp",
            secret_keys=("k" * 32,),
            pepper="p" * 32,
            signing_keys=seeds,
        )
    )


def is_refused(by: QrCodeSeal, text: str) -> bool:
    """Whether the seal takes the text for forged; anything else that it raises is a failure of the test."""
    try:
        by.opened(text)
    except CodeForged:
        return True
    return False

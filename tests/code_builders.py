"""Nouns of two-dimensional codes and the counter: each builder gives something valid."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib.domain.audit import AuditEntry, Deed
from chalicelib.domain.lookup_keys import lookup_key, single_lookup_key
from chalicelib.domain.officers import CounterSession, Officer, Role
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose, QrCode, Redemption
from chalicelib.domain.receivers import Receiver
from tests.builders import NOW
from tests.fakes.hashing import quick_hash

LOOKUP_KEY = lookup_key("123456789012345")
SINGLE_LOOKUP_KEY = single_lookup_key("12345678901234")
RECEIVER_NAME = "見本受取"
CREDENTIAL, OTHER_CREDENTIAL = "$credential$ of samples", "$credential$ of other samples"
OFFICE, OTHER_OFFICE = "TK01", "TK02"
OFFICER_ID, OTHER_OFFICER_ID = "MIHON001", "MIHON002"
OFFICER_PASSWORD = "officer password of samples"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def a_qr_code(purpose: Purpose = Purpose.ENROLMENT, **other: Any) -> QrCode:
    """二次元コード of any purpose, issued now; a single vehicle's bears a K and no name."""
    lifetime = purpose.lifetime
    code = QrCode(
        lookup_key=LOOKUP_KEY if purpose.is_about_receivers else SINGLE_LOOKUP_KEY,
        purpose=purpose,
        issued_at=NOW,
        expires_at=NOW + lifetime if lifetime else None,
    )
    if purpose.is_about_receivers:
        code = replace(code, receiver_name=RECEIVER_NAME, credential=CREDENTIAL, shown_to="b" * 64)
    if purpose is not Purpose.ENROLMENT and purpose is not Purpose.PASSWORD_CHANGE:
        code = replace(code, procedure=Procedure.CONTINUATION)
    if not purpose.is_about_receivers:
        code = replace(code, application_number="19092409555000003")
    return replace(code, **other)


def a_redemption(**other: Any) -> Redemption:
    """Used now, at the sample office."""
    return replace(Redemption(NOW, OFFICE, OFFICER_ID), **other)


def a_receiver(**other: Any) -> Receiver:
    """受取者, enrolled yesterday."""
    yesterday = NOW - timedelta(days=1)
    return replace(Receiver(RECEIVER_NAME, CREDENTIAL, yesterday, yesterday), **other)


def an_officer(role: Role = Role.EXAMINER, **other: Any) -> Officer:
    """職員, whose password is `OFFICER_PASSWORD` and whose authenticator knows `TOTP_SECRET`."""
    return replace(Officer(OFFICER_ID, OFFICE, role, quick_hash(OFFICER_PASSWORD), TOTP_SECRET), **other)


def a_counter_session(**other: Any) -> CounterSession:
    """`an_officer()` at the counter since now."""
    return replace(CounterSession(f"counter-{1:024d}", OFFICER_ID, 1, NOW), **other)


def an_audit_entry(**other: Any) -> AuditEntry:
    """A code that was scanned now."""
    entry = AuditEntry(NOW, OFFICE, OFFICER_ID, Deed.SCANNED, LOOKUP_KEY, "valid", "203.0.113.x")
    return replace(entry, **other)

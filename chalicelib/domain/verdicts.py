"""What an officer is told about a code that was scanned."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.applications import Application
from chalicelib.domain.procedures import Procedure, Record
from chalicelib.domain.qr_codes import CodeSays, Purpose, QrCode
from chalicelib.domain.receivers import Receiver


class Verdict(StrEnum):
    """有効, or why not. UNREADABLE: no code of ours at all; NAME_TAKEN: an enrolment of a receiver that exists."""

    VALID = "valid"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"
    OTHER_OFFICE = "other_office"
    FORGED = "forged"
    UNREADABLE = "unreadable"
    NOT_FOUND = "not_found"
    RECEIVER_UNKNOWN = "receiver_unknown"
    CREDENTIAL_WRONG = "credential_wrong"
    NAME_TAKEN = "name_taken"
    NOTHING_READY = "nothing_ready"


@dataclass(frozen=True)
class Collectable:
    """What an officer looks for on the shelf: one application that is ready."""

    application_number: str
    procedure: Procedure
    record: Record
    plate_number: str
    changed_at: datetime


def collectable(application: Application) -> Collectable:
    """An application as it lies on the shelf; a new vehicle bears the plate that the review gave it."""
    plate = application.review.plate_number or application.record.plate_number
    return Collectable(
        application.application_number, application.procedure, application.record, plate, application.changed_at
    )


@dataclass(frozen=True)
class Scan:
    """読み取り: a code at the counter: the verdict, the code if it is known, and what can be handed over or approved.

    `office`: where to go, for OTHER_OFFICE. `more`: whether more is ready than `ready` shows.
    """

    verdict: Verdict
    code: QrCode | None = None
    receiver: Receiver | None = None
    ready: tuple[Collectable, ...] = ()
    office: str = ""
    more: bool = False


def verdict_on(code: QrCode | None, says: CodeSays | None, office: str, now: datetime) -> Verdict | None:
    """What the code itself says against it; None when nothing does. `says`: what was printed, if it was scanned."""
    if code is None:
        return Verdict.NOT_FOUND
    if says is not None and says != code.says:
        return Verdict.FORGED
    if code.revoked_at is not None:
        return Verdict.REVOKED
    if not code.is_open_at(office, now):
        return Verdict.USED
    return Verdict.EXPIRED if code.is_expired(now) else None


def verdict_on_receiver(code: QrCode, receiver: Receiver | None) -> Verdict | None:
    """What is known of the receiver against it; None when nothing is."""
    if code.purpose is Purpose.ENROLMENT:
        return Verdict.NAME_TAKEN if receiver else None
    if receiver is None:
        return Verdict.RECEIVER_UNKNOWN
    if code.purpose is Purpose.AUTHENTICATION and receiver.credential != code.credential:
        return Verdict.CREDENTIAL_WRONG
    return None

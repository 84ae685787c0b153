"""申請: an application from its filing to its end (manual 5; spec: applications.md).

How it moves stands in `application_moves`; this module says what it is, and what can be asked of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from chalicelib.domain.application_states import (
    CORRECTABLE,
    ENDED,
    OPEN,
    PAYABLE,
    READY_STATES,
    WITHDRAWABLE,
    Event,
    State,
    StepState,
    Turn,
    progress,
    whose_turn,
)
from chalicelib.domain.charges import Charge, ChargeState, PaymentMethod
from chalicelib.domain.deadlines import days_left, end_of, next_moment
from chalicelib.domain.procedures import PROCEDURES, Attachment, AttachmentState, Procedure, Record, Step


class NoticeKind(StrEnum):
    """通知等情報: 補正, 却下, 無効, 取り下げ, 未受付, 期限切れ却下, 期限切れ無効, お知らせ."""

    CORRECTION = "correction"
    REJECTED = "rejected"
    VOIDED = "voided"
    WITHDRAWN = "withdrawn"
    NOT_ACCEPTED = "not_accepted"
    CORRECTION_EXPIRED = "correction_expired"
    PAYMENT_EXPIRED = "payment_expired"
    MESSAGE = "message"


class Actor(StrEnum):
    """Who caused a change."""

    APPLICANT = "applicant"
    FILER = "filer"
    OFFICE = "office"
    PORTAL = "portal"


@dataclass(frozen=True)
class Reason:
    """理由: about which field of the record ("" for the application as a whole), and the office's words.

    Reasons of the portal itself are codes without spaces, for which the texts have the words (`is_code`).
    """

    field: str
    text: str
    is_code: bool = False


@dataclass(frozen=True)
class Notice:
    """通知等情報: something told to the applicant; `due_on` only where something must be done.

    `is_by_tax_office`: told by 軽自動車税申告窓口, not by 軽自動車検査協会事務所等.
    """

    kind: NoticeKind
    at: datetime
    reasons: tuple[Reason, ...] = ()
    due_on: date | None = None
    is_by_tax_office: bool = False


@dataclass(frozen=True)
class Change:
    """One line of the history: what happened, who caused it, and in which state the application was then.

    `event` is None for the filing itself and for what changed no state; `fields` are those that were corrected.
    """

    at: datetime
    state: State
    by: Actor
    event: Event | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Review:
    """審査状況: 審査完了年月日, 車両番号 (a new vehicle's), and whether papers have to be seen (一部書類審査)."""

    completed_on: date | None = None
    plate_number: str = ""
    needs_papers: bool = False


@dataclass(frozen=True)
class Application:
    """申請. `filer_suffix`: the account whose software filed it; `payer_suffix`: the one whose bulk file was used.

    `changed_at` is when its state changed, `updated_at` when anything did since it was filed. `password_hash` is the
    申請用パスワード's, Argon2id in PHC form. `due_on` is the day by which the applicant has to act, `reminded` the
    nearest reminder that went out for it. `pickup_code`: the key of its single vehicle's code, once there is one.
    `version` counts writes. The tuples only grow at their end, but for charges, of which there is one of each kind.
    """

    application_number: str
    procedure: Procedure
    state: State
    filed_at: datetime
    changed_at: datetime
    record: Record
    password_hash: str
    language: str
    method: PaymentMethod = PaymentMethod.INDIVIDUAL
    notification_email: str | None = None
    filer_suffix: str | None = None
    payer_suffix: str | None = None
    attachments: Mapping[Attachment, AttachmentState] = field(default_factory=dict)
    review: Review = field(default_factory=Review)
    is_recording_agent_usable: bool = False
    updated_at: datetime | None = None
    due_on: date | None = None
    reminded: int | None = None
    pickup_code: str | None = None
    charges: tuple[Charge, ...] = ()
    notices: tuple[Notice, ...] = ()
    history: tuple[Change, ...] = ()
    version: int = 1

    @property
    def is_ended(self) -> bool:
        """Whether nothing moves it any more."""
        return self.state in ENDED

    @property
    def is_in_bulk(self) -> bool:
        """Whether its charges are paid in bulk (まとめ納付)."""
        return self.method is PaymentMethod.BULK

    @property
    def last_updated_at(self) -> datetime:
        """When anything about it changed last."""
        return self.updated_at or self.changed_at

    @property
    def turn(self) -> Turn:
        """Who has to do something next."""
        return whose_turn(self.state)

    @property
    def open_charge(self) -> Charge | None:
        """The charge that has to be paid now."""
        unpaid = [charge for charge in self.charges if charge.state is ChargeState.UNPAID]
        return unpaid[-1] if unpaid and self.state in PAYABLE else None

    @property
    def open_correction(self) -> Notice | None:
        """The correction that was asked for and not made."""
        asked = [notice for notice in self.notices if notice.kind is NoticeKind.CORRECTION]
        return asked[-1] if asked and self.state in CORRECTABLE else None

    @property
    def fields_to_correct(self) -> tuple[str, ...]:
        """Which fields of the record the office named, in the record's order."""
        asked = {reason.field for reason in self.open_correction.reasons} if self.open_correction else set()
        return tuple(name for name in PROCEDURES[self.procedure].fields if name in asked)

    @property
    def can_withdraw(self) -> bool:
        """Whether the applicant may withdraw: a bulk charge only before it has a payment number."""
        charge = self.open_charge
        return self.state in WITHDRAWABLE and (charge is None or charge.numbers is None)

    @property
    def is_ready(self) -> bool:
        """Whether what was applied for can be collected."""
        return self.state in READY_STATES

    @property
    def last_open_state(self) -> State | None:
        """The state from which an ended application ended; None when it was never accepted."""
        return next((change.state for change in reversed(self.history) if change.state in OPEN), None)

    @property
    def progress(self) -> list[tuple[Step, StepState]]:
        """手続進捗状況."""
        return progress(self.procedure, self.state, self.last_open_state)

    @property
    def next_moment(self) -> datetime | None:
        """When its deadline asks for the next act: a reminder, or the end; None while nothing can fall due."""
        return next_moment(self.due_on, self.reminded) if self.due_on else None

    @property
    def awaits_receiver(self) -> bool:
        """Whether a receiver's own code opens it: a single vehicle's code takes that one's place for good."""
        return self.is_ready and bool(self.record.receiver_name) and self.pickup_code is None

    def with_pickup_code(self, lookup_key: str) -> "Application":
        """The application once its single vehicle's code was issued; the first one stays."""
        return self if self.pickup_code else replace(self, pickup_code=lookup_key, version=self.version + 1)

    def days_left(self, now: datetime) -> int | None:
        """Days until the applicant has to have acted; 0 on the last day, None when nothing falls due."""
        return days_left(self.due_on, now) if self.due_on else None

    def is_overdue(self, now: datetime) -> bool:
        """Whether the day by which the applicant had to act is over."""
        return self.due_on is not None and now >= end_of(self.due_on)

    def with_reminded(self, days: int) -> "Application":
        """The application once the reminder that many days ahead went out, with all before it."""
        return replace(self, reminded=days, version=self.version + 1)


@dataclass(frozen=True)
class ApplicationLine:
    """One line of a list of applications."""

    application_number: str
    procedure: Procedure
    state: State
    filed_at: datetime
    changed_at: datetime
    updated_at: datetime
    due_on: date | None


@dataclass(frozen=True)
class ApplicationPage:
    """Some lines, those that changed longest ago first; `after` continues the list, None when that was all."""

    lines: tuple[ApplicationLine, ...]
    after: str | None

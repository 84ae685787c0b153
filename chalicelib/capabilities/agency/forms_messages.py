"""What the offices' systems send and are told, as JSON. Events bear their kind in `type` and an id of the sender's."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.domain.application_states import State
from chalicelib.domain.charges import ChargeKind
from chalicelib.domain.procedures import Attachment
from chalicelib.forms.application_messages import CURSOR_PATTERN, LARGEST_PAGE, Message, Moment, Yen

LONGEST_WORDS = 500
EventId = Annotated[str, Meta(pattern="^[A-Za-z0-9._:-]{1,100}$", description="The sender's own id of the event")]
Words = Annotated[str, Meta(min_length=1, max_length=LONGEST_WORDS)]
Text = Annotated[str, Meta(max_length=LONGEST_WORDS)]


class Told(Message, frozen=True, tag_field="type"):
    """Something that happened to an application."""

    event_id: EventId


class DocumentsObtained(Told, frozen=True, tag="documents_obtained"):
    """添付書類取得."""

    attachments: Annotated[list[Attachment], Meta(max_length=10)]
    is_recording_agent_usable: bool | None = None


class ReviewPassed(Told, frozen=True, tag="review_passed"):
    """審査完了: by the office (with the plate of a new vehicle), then by the tax office (with its tax; 0 for none)."""

    completed_on: date | None = None
    plate_number: Text = ""
    environmental_tax: Yen | None = None


class ReasonGiven(Message, frozen=True):
    """理由, about a field of the record, or about the application as a whole."""

    text: Words
    field: Annotated[str, Meta(max_length=50)] = ""


class CorrectionAsked(Told, frozen=True, tag="correction_asked"):
    """補正: which fields, why, and by when (moved to a working day)."""

    reasons: Annotated[list[ReasonGiven], Meta(min_length=1, max_length=20)]
    due_on: date


class Rejected(Told, frozen=True, tag="rejected"):
    """却下."""

    reasons: Annotated[list[ReasonGiven], Meta(min_length=1, max_length=20)]


class Voided(Told, frozen=True, tag="voided"):
    """無効, at reception."""

    reasons: Annotated[list[ReasonGiven], Meta(min_length=1, max_length=20)]


class PaymentReported(Told, frozen=True, tag="payment_reported"):
    """納付: the charge that is open was paid, in one sum."""

    kind: ChargeKind
    amount: Yen
    paid_on: date
    payment_number: Annotated[str, Meta(pattern="^[0-9]{20}$")] | None = None


class Ready(Told, frozen=True, tag="ready"):
    """返付準備完了, 交付準備完了."""


class HandedOver(Told, frozen=True, tag="handed_over"):
    """返付, 交付: it was collected."""


class NoticeGiven(Told, frozen=True, tag="notice_given"):
    """お知らせ: words to the applicant."""

    text: Words


class Unlocked(Told, frozen=True, tag="unlocked"):
    """The helpdesk made sure who somebody is: the application's password opens again."""


OfficeEvent = (
    DocumentsObtained
    | ReviewPassed
    | CorrectionAsked
    | Rejected
    | Voided
    | PaymentReported
    | Ready
    | HandedOver
    | NoticeGiven
    | Unlocked
)


class EventTaken(msgspec.Struct, frozen=True):
    """The event was taken; told again, it is answered the same."""

    event_id: str
    application_number: str
    state: State


class OfficeList(Message, frozen=True):
    """Which of the office's applications."""

    state: State
    since: Moment | None = None
    cursor: Annotated[str, Meta(pattern=CURSOR_PATTERN)] | None = None
    limit: Annotated[int, Meta(ge=1, le=LARGEST_PAGE)] = 50

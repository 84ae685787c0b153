"""How an application is told to programs: the JSON of both interfaces. Members are named as in docs/glossary.md."""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.domain.application_states import Event, State, Turn
from chalicelib.domain.applications import Actor, Application, ApplicationPage, NoticeKind
from chalicelib.domain.charges import ChargeKind, ChargeState, ItemKind, PaymentMethod
from chalicelib.domain.procedures import Attachment, AttachmentState, Procedure

LARGEST_PAGE = 100
CURSOR_PATTERN = "^[0-9]{10}#[0-9]{17}$"
Yen = Annotated[int, Meta(ge=0, le=10_000_000)]
# Earlier and later moments are outside of what epoch seconds in ten digits can say.
Moment = Annotated[datetime, Meta(tz=True)]


class Message(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What programs send: members that nobody knows are refused, so that a misspelt one is not lost."""


class ChargeItemTold(msgspec.Struct, frozen=True):
    """One line of a charge."""

    kind: ItemKind
    amount: int


class ChargeTold(msgspec.Struct, frozen=True):
    """納付情報."""

    kind: ChargeKind
    items: list[ChargeItemTold]
    amount: int
    method: PaymentMethod
    state: ChargeState
    due_on: date
    collecting_agency_number: str | None
    payment_number: str | None
    confirmation_number: str | None
    paid_on: date | None


class ReasonTold(msgspec.Struct, frozen=True):
    """理由."""

    field: str
    text: str


class NoticeTold(msgspec.Struct, frozen=True):
    """通知等情報."""

    kind: NoticeKind
    at: datetime
    due_on: date | None
    reasons: list[ReasonTold]


class ChangeTold(msgspec.Struct, frozen=True):
    """One line of the history."""

    at: datetime
    state: State
    by: Actor
    event: Event | None
    fields: list[str]


class ApplicationTold(msgspec.Struct, frozen=True):
    """申請, all of it but its password."""

    application_number: str
    procedure: Procedure
    state: State
    turn: Turn
    filed_at: datetime
    changed_at: datetime
    due_on: date | None
    record: dict[str, str]
    payment_method: PaymentMethod
    attachments: dict[Attachment, AttachmentState]
    completed_on: date | None
    plate_number: str
    is_recording_agent_usable: bool
    can_withdraw: bool
    fields_to_correct: list[str]
    charges: list[ChargeTold]
    notices: list[NoticeTold]
    history: list[ChangeTold]


class LineTold(msgspec.Struct, frozen=True):
    """One line of a list. `changed_at`: when its state changed; `updated_at`: when anything did."""

    application_number: str
    procedure: Procedure
    state: State
    filed_at: datetime
    changed_at: datetime
    updated_at: datetime
    due_on: date | None


class PageTold(msgspec.Struct, frozen=True):
    """Some lines; `cursor` asks for those that follow, null when that was all."""

    applications: list[LineTold]
    cursor: str | None


def application_told(application: Application) -> ApplicationTold:
    """An application as programs are told it."""
    return ApplicationTold(
        application_number=application.application_number,
        procedure=application.procedure,
        state=application.state,
        turn=application.turn,
        filed_at=application.filed_at,
        changed_at=application.changed_at,
        due_on=application.due_on,
        record={name: text for name, text in vars(application.record).items() if text},
        payment_method=application.method,
        attachments=dict(application.attachments),
        completed_on=application.review.completed_on,
        plate_number=application.review.plate_number,
        is_recording_agent_usable=application.is_recording_agent_usable,
        can_withdraw=application.can_withdraw,
        fields_to_correct=list(application.fields_to_correct),
        charges=_charges(application),
        notices=_notices(application),
        history=[ChangeTold(one.at, one.state, one.by, one.event, list(one.fields)) for one in application.history],
    )


def page_told(page: ApplicationPage) -> PageTold:
    """A page of a list as programs are told it."""
    return PageTold([LineTold(**vars(line)) for line in page.lines], page.after)


def _charges(application: Application) -> list[ChargeTold]:
    return [
        ChargeTold(
            kind=one.kind,
            items=[ChargeItemTold(item.kind, item.amount) for item in one.items],
            amount=one.amount,
            method=one.method,
            state=one.state,
            due_on=one.due_on,
            collecting_agency_number=one.numbers.collecting_agency_number if one.numbers else None,
            payment_number=one.numbers.payment_number if one.numbers else None,
            confirmation_number=one.numbers.confirmation_number if one.numbers else None,
            paid_on=one.paid_on,
        )
        for one in application.charges
    ]


def _notices(application: Application) -> list[NoticeTold]:
    return [
        NoticeTold(one.kind, one.at, one.due_on, [ReasonTold(reason.field, reason.text) for reason in one.reasons])
        for one in application.notices
    ]

"""Filing applications, each by itself, and telling a filer about them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.accounts import filer_id_of, suffix_of_payer_id
from chalicelib.domain.application_letters import filed_letter
from chalicelib.domain.application_moves import Billing, accepted, not_accepted
from chalicelib.domain.application_numbers import RANDOM_DIGITS, application_number
from chalicelib.domain.application_refusals import ApplicationNumberTaken, EventSeen, NumbersExhausted
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application, Reason
from chalicelib.domain.attempts import Door
from chalicelib.domain.bulk_files import BulkPaymentFile
from chalicelib.domain.charges import CONFIRMATION_NUMBER_DIGITS, PAYMENT_NUMBER_DIGITS, PaymentMethod
from chalicelib.domain.deadlines import Settle
from chalicelib.domain.procedures import PROCEDURES, Procedure, Record
from chalicelib.domain.refusals import BulkFileExpired, BulkFileForged, BulkFileReplaced
from chalicelib.domain.seen_events import SeenEvent
from chalicelib.ports import Begin, Chance
from chalicelib.verbs.applications import post

_DRAWS = 10
OpenFile = Callable[[bytes], BulkPaymentFile]


@dataclass(frozen=True)
class Wanted:
    """An application whose fields are in order, not yet looked at any further. `bulk_file`: the file's own bytes."""

    procedure: Procedure
    record: Record
    password_hash: str
    notification_email: str | None
    language: str
    filer_suffix: str
    method: PaymentMethod
    bulk_file: bytes = b""


@dataclass(frozen=True)
class Intake:
    """What taking applications in needs: the store, chance, the calendar, the seal of bulk files, and the moment."""

    begin: Begin
    chance: Chance
    settle: Settle
    open_file: OpenFile
    now: datetime


@dataclass(frozen=True)
class Sent:
    """Under which id of the filer's it was sent, and the digest of what was sent."""

    event_id: str
    digest: str


@dataclass(frozen=True)
class Stored:
    """What became of it; `reasons` are fields and codes, where it was not accepted."""

    application_number: str
    state: State
    reasons: tuple[tuple[str, str], ...] = ()


def source_of(id_suffix: str) -> str:
    """Whose ids they are: two filers may use the same."""
    return f"filing#{filer_id_of(id_suffix)}"


def earlier_results(begin: Begin, id_suffix: str, sent: list[Sent]) -> list[Stored | None]:
    """What became of those that were sent before. Raises KeyReused when one is another under the same id."""
    with begin() as work:
        seen = work.events.find(source_of(id_suffix), [one.event_id for one in sent])
    return [_stored(known.result_for(one.digest)) if known else None for known, one in zip(seen, sent, strict=True)]


def file_application(intake: Intake, wanted: Wanted, sent: Sent) -> Stored:
    """Store one application with its first charge and its letter, or as 未受付; the same id again gives the same.

    Raises NumbersExhausted, KeyReused.
    """
    payer_suffix, reasons = _judged(intake, wanted)
    for _ in range(_DRAWS):
        application = _drawn(intake, wanted, payer_suffix, reasons)
        try:
            return _store(intake, application, sent)
        except ApplicationNumberTaken:
            continue
        except EventSeen:
            (stored,) = earlier_results(intake.begin, wanted.filer_suffix, [sent])
            if stored:
                return stored
    raise NumbersExhausted


def _judged(intake: Intake, wanted: Wanted) -> tuple[str | None, tuple[Reason, ...]]:
    """Whose bulk payment file it is, and why the application cannot be accepted, if so."""
    payer_suffix, reasons = None, _unreadable_references(wanted)
    if wanted.method is PaymentMethod.BULK:
        try:
            payer_suffix = _payer_of(intake, wanted.bulk_file)
        except (BulkFileForged, BulkFileExpired, BulkFileReplaced) as refusal:
            reasons += (Reason("bulk_payment_file", refusal.code, is_code=True),)
    return payer_suffix, reasons


def _payer_of(intake: Intake, content: bytes) -> str:
    """The account that issued the file. Raises BulkFileForged, BulkFileExpired, BulkFileReplaced."""
    file = intake.open_file(content)
    id_suffix = suffix_of_payer_id(file.payer_id) or ""
    with intake.begin() as work:
        account = work.accounts.find(id_suffix)
    file.require_current(account.bulk_file.serial if account else 0, intake.now)
    return id_suffix


def _unreadable_references(wanted: Wanted) -> tuple[Reason, ...]:
    """References that name nothing: those of documents have a number in them."""
    names = [attachment.reference for attachment in PROCEDURES[wanted.procedure].attachments]
    given = {name: getattr(wanted.record, name) for name in names}
    return tuple(
        Reason(name, "document_reference_unreadable", is_code=True)
        for name, text in given.items()
        if text and not any(character.isdigit() for character in text)
    )


def _drawn(intake: Intake, wanted: Wanted, payer_suffix: str | None, reasons: tuple[Reason, ...]) -> Application:
    """The application under a number drawn anew."""
    now, chance = intake.now, intake.chance
    application = Application(
        application_number=application_number(now, wanted.procedure, chance.new_digits(RANDOM_DIGITS)),
        procedure=wanted.procedure,
        state=State.NOT_ACCEPTED,
        filed_at=now,
        changed_at=now,
        record=wanted.record,
        password_hash=wanted.password_hash,
        language=wanted.language,
        method=wanted.method,
        notification_email=wanted.notification_email,
        filer_suffix=wanted.filer_suffix,
        payer_suffix=payer_suffix,
    )
    if reasons:
        return not_accepted(application, reasons)
    digits = chance.new_digits(PAYMENT_NUMBER_DIGITS + CONFIRMATION_NUMBER_DIGITS)
    return accepted(application, Billing(digits, intake.settle))


def _store(intake: Intake, application: Application, sent: Sent) -> Stored:
    reasons = (f"{one.field}:{one.text}" for notice in application.notices for one in notice.reasons)
    result = " ".join((application.application_number, application.state.value, *reasons))
    source = source_of(application.filer_suffix or "")
    with intake.begin() as work:
        work.events.note(source, sent.event_id, SeenEvent(sent.digest, result), intake.now)
        work.applications.add(application)
        # Numbers can be foreseen, and tried at before they are given out.
        work.attempts.forget(Door.APPLICATION, application.application_number)
        post(work, filed_letter(application, intake.chance.new_token()), intake.now)
    return _stored(result)


def _stored(result: str) -> Stored:
    number, state, *reasons = result.split(" ")
    return Stored(
        number, State(state), tuple((field, code) for field, _, code in (one.partition(":") for one in reasons))
    )

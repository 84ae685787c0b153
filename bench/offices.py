"""The ways of offices' systems, and what software does when an office asked for a correction."""

from datetime import timedelta
from itertools import count
from typing import Any

from bench.filings import FILED, OFFICE, file_one, filer_of
from bench.post_office import PostOffice
from bench.program import Program, new_key
from bench.stage import Stage, Step
from chalicelib import wiring
from chalicelib.domain.api_keys import HELPDESK, ApiKey, Scope
from chalicelib.domain.deadlines import day_of

AT_OFFICES = "/agency/v1/applications"
_KEYS = count(1)
_SCOPES = frozenset({Scope.READ, Scope.WRITE, Scope.PAYMENTS})
_REASONS = [{"field": "chassis_number", "text": "車台番号が一致していません。"}]
_WHY = [{"text": "審査の基準を満たしていません。"}]


def office_of(stage: Stage, office: str = OFFICE, scopes: frozenset[Scope] = _SCOPES) -> Program:
    """The system of an office, with a key."""
    world, secret = wiring.world(), f"sample-key-of-an-office-{next(_KEYS):04d}"
    with world.begin() as work:
        work.api_keys.add(secret, ApiKey(f"sample-{secret[-4:]}", "", office, scopes, world.now()))
    return Program(stage, secret)


def tell(office: Program, number: str, kind: str, /, about: str = "", **facts: Any) -> None:
    """Tell an event."""
    said = {"type": kind, "event_id": new_key(), **facts}
    office.post(f"{AT_OFFICES}/{number}/events", said, about or kind)


def pay(office: Program, number: str) -> None:
    """The bank says that the open charge was paid."""
    charge = office.get(f"{AT_OFFICES}/{number}")["charges"][-1]
    paid_on = day_of(wiring.world().now()).isoformat()
    said = {"kind": charge["kind"], "amount": charge["amount"], "paid_on": paid_on}
    tell(office, number, "payment_reported", f"payment_reported, {charge['kind']}", **said)


def bring_to_review(office: Program, number: str) -> None:
    """Both charges are paid."""
    pay(office, number)
    pay(office, number)


def ask_correction(office: Program, number: str) -> None:
    """A field is to be put right within ten days."""
    due_on = day_of(wiring.world().now()) + timedelta(days=10)
    tell(office, number, "correction_asked", reasons=_REASONS, due_on=due_on.isoformat())


def finish(office: Program, number: str) -> None:
    """From the review to the hand-over."""
    tell(office, number, "documents_obtained", attachments=["insurance", "compliance"], is_recording_agent_usable=True)
    tell(office, number, "review_passed")
    tell(office, number, "ready")
    tell(office, number, "handed_over")


def lead_to_the_end(stage: Stage, mail: PostOffice) -> list[Step]:
    """An application from its payment to its hand-over, with its letters, and the lists of the office."""
    number = file_one(filer_of(stage))
    mail.deliver("received")
    office = office_of(stage)
    office.get(f"{AT_OFFICES}?state=inspection_fee_due", "a list")
    bring_to_review(office, number)
    finish(office, number)
    office.steps += mail.deliver("moved")
    return office.steps


def judge(stage: Stage, mail: PostOffice) -> list[Step]:
    """The other events, and those that change nothing: told again, and out of order."""
    filer, office = filer_of(stage), office_of(stage)
    asked, rejected, voided = (file_one(filer) for _ in range(3))
    bring_to_review(office, asked)
    bring_to_review(office, rejected)
    tell(office, asked, "notice_given", text="書類は順に確認しています。")
    ask_correction(office, asked)
    tell(office, rejected, "rejected", reasons=_WHY)
    tell(office, voided, "voided", reasons=_WHY, event_id="told-twice")
    tell(office, voided, "voided", "voided, told again", reasons=_WHY, event_id="told-twice")
    tell(office, voided, "ready", "out of order")
    helpdesk = office_of(stage, HELPDESK, frozenset({Scope.READ, Scope.UNLOCK}))
    tell(helpdesk, asked, "unlocked")
    mail.deliver("moved")
    return office.steps + helpdesk.steps


def correct_and_withdraw(stage: Stage, mail: PostOffice) -> list[Step]:
    """What software does about a correction: it makes it; asked once more, it withdraws."""
    filer, office = filer_of(stage), office_of(stage)
    number = file_one(filer)
    bring_to_review(office, number)
    ask_correction(office, number)
    filer.post(f"{FILED}/{number}/corrections", {"fields": {"chassis_number": "AX01-0000002"}})
    ask_correction(office, number)
    filer.post(f"{FILED}/{number}/withdrawal", {}, "instead of a correction")
    mail.deliver("moved")
    return filer.steps

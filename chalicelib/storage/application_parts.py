"""How the parts of an application stand in its rows: plain JSON, days and moments in ISO 8601."""

from datetime import date, datetime
from typing import Any

from chalicelib.domain.application_states import Event, State
from chalicelib.domain.applications import Actor, Application, Change, Notice, NoticeKind, Reason, Review
from chalicelib.domain.charges import (
    Charge,
    ChargeItem,
    ChargeKind,
    ChargeState,
    ItemKind,
    PaymentMethod,
    PaymentNumbers,
)

Body = dict[str, Any]


def seal_of(application: Application) -> str:
    """Tells which parts belong to the whole: how many lines of each kind, and how each charge stands.

    Not how they are written: rows of earlier releases keep their form, and belong together all the same.
    """
    charges = [f"{one.kind.value}={one.state.value}/{one.numbers is not None}" for one in application.charges]
    return f"{len(application.history)}/{len(application.notices)}/{','.join(charges)}"


def day_to_row(day: date | None) -> str | None:
    """ISO 8601, or nothing."""
    return day.isoformat() if day else None


def day_from_row(text: str | None) -> date | None:
    """The day, if there is one."""
    return date.fromisoformat(text) if text else None


def review_to_row(review: Review) -> Body:
    """審査状況."""
    return {**vars(review), "completed_on": day_to_row(review.completed_on)}


def review_from_row(body: Body) -> Review:
    """審査状況."""
    return Review(**{**body, "completed_on": day_from_row(body["completed_on"])})


def charge_to_row(charge: Charge) -> Body:
    """One row of 納付情報."""
    return {
        "kind": charge.kind.value,
        "items": [[item.kind.value, item.amount] for item in charge.items],
        "method": charge.method.value,
        "due_on": day_to_row(charge.due_on),
        "numbers": list(vars(charge.numbers).values()) if charge.numbers else None,
        "state": charge.state.value,
        "paid_on": day_to_row(charge.paid_on),
    }


def charge_from_row(body: Body) -> Charge:
    """One row of 納付情報."""
    return Charge(
        kind=ChargeKind(body["kind"]),
        items=tuple(ChargeItem(ItemKind(kind), amount) for kind, amount in body["items"]),
        method=PaymentMethod(body["method"]),
        due_on=date.fromisoformat(body["due_on"]),
        numbers=PaymentNumbers(*body["numbers"]) if body["numbers"] else None,
        state=ChargeState(body["state"]),
        paid_on=day_from_row(body["paid_on"]),
    )


def change_to_row(change: Change) -> Body:
    """One line of the history."""
    return {
        "at": change.at.isoformat(),
        "state": change.state.value,
        "by": change.by.value,
        "event": change.event.value if change.event else None,
        "fields": list(change.fields),
    }


def change_from_row(body: Body) -> Change:
    """One line of the history."""
    event = Event(body["event"]) if body["event"] else None
    at = datetime.fromisoformat(body["at"])
    return Change(at, State(body["state"]), Actor(body["by"]), event, tuple(body["fields"]))


def notice_to_row(notice: Notice) -> Body:
    """通知等情報."""
    return {
        "kind": notice.kind.value,
        "at": notice.at.isoformat(),
        "reasons": [[reason.field, reason.text, reason.is_code] for reason in notice.reasons],
        "due_on": day_to_row(notice.due_on),
        "is_by_tax_office": notice.is_by_tax_office,
    }


def notice_from_row(body: Body) -> Notice:
    """通知等情報."""
    reasons = tuple(Reason(*reason) for reason in body["reasons"])
    return Notice(
        NoticeKind(body["kind"]),
        datetime.fromisoformat(body["at"]),
        reasons,
        day_from_row(body["due_on"]),
        is_by_tax_office=body.get("is_by_tax_office", False),
    )

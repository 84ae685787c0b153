"""Dealing with what falls due: reminders, and the end of what was neither paid nor corrected in time."""

from datetime import datetime
from enum import StrEnum

from chalicelib.domain.application_letters import changed_letter, reminder_letter
from chalicelib.domain.application_moves import expired
from chalicelib.domain.application_refusals import ApplicationMoved
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application
from chalicelib.domain.deadlines import reminders_passed
from chalicelib.ports import Begin, Chance
from chalicelib.verbs.applications import post


class Dealt(StrEnum):
    """What became of one application. SKIPPED: it moved on by itself, or somebody else dealt with it."""

    REMINDED = "reminded"
    VOIDED = "voided"
    REJECTED = "rejected"
    SKIPPED = "skipped"


def due_applications(begin: Begin, now: datetime) -> list[str]:
    """Numbers of those for which something is to be done, by index."""
    with begin() as work:
        return list(work.applications.due(now))


def deal_with(begin: Begin, chance: Chance, application_number: str, now: datetime) -> Dealt:
    """End it or remind its applicant, whichever its deadline asks for at `now`; stored together with the letter."""
    with begin() as work:
        before = work.applications.find(application_number)
    if before is None or before.next_moment is None or before.next_moment > now:
        return Dealt.SKIPPED
    try:
        return _end(begin, chance, before, now) if before.is_overdue(now) else _remind(begin, chance, before, now)
    except ApplicationMoved:
        return Dealt.SKIPPED


def _end(begin: Begin, chance: Chance, before: Application, now: datetime) -> Dealt:
    after = expired(before, now)
    with begin() as work:
        work.applications.change(before, after)
        post(work, changed_letter(before, after, chance.new_token(), now), now)
    return Dealt.VOIDED if after.state is State.VOID else Dealt.REJECTED


def _remind(begin: Begin, chance: Chance, before: Application, now: datetime) -> Dealt:
    """One letter for all reminders whose moment has come."""
    nearest = reminders_passed(before.due_on, now) if before.due_on else None
    if nearest is None:
        return Dealt.SKIPPED
    after = before.with_reminded(nearest)
    with begin() as work:
        work.applications.change(before, after)
        post(work, reminder_letter(after, chance.new_token(), now), now)
    return Dealt.REMINDED

"""Sending what the outbox holds: claimed by one at a time, tried again with growing waits, parked in the end."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.letters import Delivery, Letter, next_try_after
from chalicelib.domain.refusals import LetterMoved, RegistrationMoved
from chalicelib.ports import Begin, LetterDelayed, LetterSender, LetterUnreadable, LetterUnsendable


class Delivered(StrEnum):
    """How one attempt ended."""

    SENT = "sent"
    SKIPPED = "skipped"
    POSTPONED = "postponed"
    PARKED = "parked"


def deliver_letter(begin: Begin, sender: Callable[[], LetterSender], letter_id: str, now: datetime) -> Delivered:
    """Send one letter, unless somebody else has it or it is done.

    Whoever is cut off leaves the letter to the sweep, once the lease ends. It goes out twice only when the mail
    service took it and we cannot know or note that: its answer is lost, or the process or the store is, just then.
    """
    try:
        with begin() as work:
            letter = work.letters.claim(letter_id, now)
    except LetterUnreadable:
        return _park_unread(begin, letter_id, now)
    if letter is None:
        return Delivered.SKIPPED
    try:
        message_id = sender().send(letter)
    except Exception as error:  # noqa: BLE001 - a letter that breaks the sender must not hold up the others
        return _set_aside(begin, letter, error, now)
    with begin() as work:
        work.letters.mark_sent(letter_id, message_id, now)
    return Delivered.SENT


def _set_aside(begin: Begin, letter: Letter, error: Exception, now: datetime) -> Delivered:
    """Try again later, or leave it to an operator; nothing of that when somebody else sent it meanwhile."""
    reason = error.reason if isinstance(error, LetterDelayed) else type(error).__name__
    try:
        if isinstance(error, LetterUnsendable):
            return _park(begin, letter, reason, now)
        return _postpone(begin, letter, reason, now)
    except LetterMoved:
        return Delivered.SKIPPED


def _postpone(begin: Begin, letter: Letter, reason: str, now: datetime) -> Delivered:
    next_try_at = next_try_after(letter.tries, now)
    if next_try_at is None:
        return _park(begin, letter, reason, now)
    with begin() as work:
        work.letters.postpone(letter, next_try_at, reason)
    return Delivered.POSTPONED


def _park(begin: Begin, letter: Letter, reason: str, now: datetime) -> Delivered:
    """Set the letter aside, and let the waiting page of its registration say so."""
    try:
        with begin() as work:
            work.letters.park(letter.letter_id, reason, now)
            if letter.about:
                work.registrations.note_delivery(letter.about, letter.letter_id, Delivery.PARKED)
    except RegistrationMoved:
        with begin() as work:
            work.letters.park(letter.letter_id, reason, now)
    return Delivered.PARKED


def _park_unread(begin: Begin, letter_id: str, now: datetime) -> Delivered:
    with begin() as work:
        work.letters.park(letter_id, "unreadable", now)
    return Delivered.PARKED


def due_letters(begin: Begin, now: datetime) -> list[str]:
    """Letters that the stream lost, that failed a while ago, or whose sender was cut off."""
    with begin() as work:
        return list(work.letters.due(now))

"""What became of letters: bounces, complaints and deliveries, kept with the letter."""

from dataclasses import dataclass

from chalicelib.domain.letters import Delivery, Letter
from chalicelib.domain.refusals import LetterMoved, RegistrationMoved
from chalicelib.ports import Begin, StoreUnavailable

ATTEMPTS = 4


@dataclass(frozen=True)
class Told:
    """What the mail service told of one letter. `reason` is its code, such as "Permanent/General"."""

    letter_id: str
    delivery: Delivery
    reason: str


def note_feedback(begin: Begin, told: Told) -> bool:
    """Keep it with the letter, and with the registration whose newest letter it is. The answer: was there anything new.

    Events come late, twice and out of order; bad news is never overwritten by good. Raises StoreUnavailable.
    """
    for _ in range(ATTEMPTS):
        with begin() as work:
            letter = work.letters.find(told.letter_id)
        if letter is None or not told.delivery.is_news_after(letter.delivery):
            return False
        try:
            _note_wherever_known(begin, letter, told)
        except LetterMoved:
            continue
        return True
    raise StoreUnavailable("conflict")


def _note_wherever_known(begin: Begin, letter: Letter, told: Told) -> None:
    try:
        _note(begin, letter, told, about=letter.about)
    except RegistrationMoved:
        _note(begin, letter, told, about=None)


def _note(begin: Begin, letter: Letter, told: Told, about: str | None) -> None:
    with begin() as work:
        work.letters.note_delivery(letter.letter_id, told.delivery, told.reason)
        if about:
            work.registrations.note_delivery(about, letter.letter_id, told.delivery)

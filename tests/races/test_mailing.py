"""Mailers and feedback at once: each letter goes out once, and bad news stays."""

from functools import partial
from itertools import repeat

from chalicelib.capabilities.feedback.usecases import Told, note_feedback
from chalicelib.capabilities.mailer.usecases import Delivered, deliver_letter, due_letters
from chalicelib.domain.letters import Delivery
from tests.builders import NOW, a_letter
from tests.fakes.outside import FakeSender
from tests.races.conftest import at_once
from tests.steps import Desk


def test_twenty_mailers_send_one_letter_once(desk: Desk) -> None:
    with desk.begin() as work:
        work.letters.post(a_letter())
    sender = FakeSender()
    outcomes = at_once([partial(deliver_letter, desk.begin, lambda: sender, "letter-1", NOW)] * 20)
    assert outcomes.count(Delivered.SENT) == 1
    assert outcomes.count(Delivered.SKIPPED) == 19
    assert len(sender.sent) == 1


def test_five_sweeps_send_thirty_letters_once(desk: Desk) -> None:
    letter_ids = [f"letter-{number:02d}" for number in range(30)]
    for letter_id in letter_ids:
        with desk.begin() as work:
            work.letters.post(a_letter(letter_id=letter_id))
    sender = FakeSender()

    def sweep() -> None:
        for letter_id in due_letters(desk.begin, NOW):
            deliver_letter(desk.begin, lambda: sender, letter_id, NOW)

    at_once(list(repeat(sweep, 5)))
    assert sorted(letter.letter_id for letter in sender.sent) == letter_ids


def test_a_bounce_among_many_deliveries_stays(desk: Desk) -> None:
    registration = desk.registered().registration
    told = [Delivery.DELIVERED] * 5 + [Delivery.BOUNCED] + [Delivery.DELIVERED] * 5
    acts = [partial(note_feedback, desk.begin, Told(registration.letter_id, delivery, "")) for delivery in told]
    at_once(acts)
    with desk.begin() as work:
        letter = work.letters.find(registration.letter_id)
        shown = work.registrations.find(registration.registration_id)
    assert letter is not None
    assert shown is not None
    assert (letter.delivery, shown.delivery) == (Delivery.BOUNCED, Delivery.BOUNCED)

"""The outbox: what every store promises."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.letters import LEASE, Delivery, Letter, LetterName, LetterState
from chalicelib.domain.refusals import LetterMoved
from chalicelib.ports import Begin
from tests.builders import NOW, a_letter

SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(minutes=5)


def posted(begin: Begin, letter: Letter) -> Letter:
    with begin() as work:
        work.letters.post(letter)
    return letter


def found(begin: Begin, letter_id: str = "letter-1") -> Letter | None:
    with begin() as work:
        return work.letters.find(letter_id)


def claim(begin: Begin, now: datetime = NOW, letter_id: str = "letter-1") -> Letter | None:
    with begin() as work:
        return work.letters.claim(letter_id, now)


def due(begin: Begin, now: datetime = NOW) -> list[str]:
    with begin() as work:
        return list(work.letters.due(now))


def send(begin: Begin, now: datetime = NOW) -> None:
    with begin() as work:
        work.letters.mark_sent("letter-1", "message-1", now)


def postpone(begin: Begin, letter: Letter, until: datetime) -> None:
    with begin() as work:
        work.letters.postpone(letter, until, "Throttling")


def park(begin: Begin, letter: Letter) -> None:
    with begin() as work:
        work.letters.park(letter.letter_id, "MessageRejected", NOW)


def note(begin: Begin, delivery: Delivery, letter_id: str = "letter-1") -> None:
    with begin() as work:
        work.letters.note_delivery(letter_id, delivery, "Permanent/General")


@pytest.mark.parametrize(
    "letter",
    [a_letter(), a_letter(name=LetterName.REGISTRATION_COMPLETED, language="en", about=None, facts={})],
    ids=["about a registration", "about nothing, without facts"],
)
def test_a_letter_is_found_as_it_was_posted(begin: Begin, letter: Letter) -> None:
    assert found(begin) is None
    posted(begin, letter)
    assert found(begin) == letter


def test_a_posted_letter_is_due_at_once(begin: Begin) -> None:
    posted(begin, a_letter())
    assert due(begin) == ["letter-1"]


def test_a_claimed_letter_is_given_with_all_it_says(begin: Begin) -> None:
    letter = posted(begin, a_letter())
    assert claim(begin) == replace(letter, tries=1)
    assert found(begin) == replace(letter, tries=1)


def test_a_letter_is_claimed_by_one(begin: Begin) -> None:
    posted(begin, a_letter())
    assert claim(begin)
    assert claim(begin) is None
    assert due(begin) == []


def test_a_claim_ends_with_its_lease(begin: Begin) -> None:
    posted(begin, a_letter())
    claim(begin)
    assert claim(begin, NOW + LEASE - SECOND) is None
    assert due(begin, NOW + LEASE - SECOND) == []
    assert due(begin, NOW + LEASE) == ["letter-1"]
    again = claim(begin, NOW + LEASE)
    assert again is not None
    assert again.tries == 2


def test_an_unknown_letter_is_not_claimed(begin: Begin) -> None:
    assert claim(begin) is None
    assert found(begin) is None


def test_a_sent_letter_is_done_and_its_facts_are_forgotten(begin: Begin) -> None:
    letter = posted(begin, a_letter())
    claim(begin)
    send(begin)
    assert found(begin) == replace(letter, state=LetterState.SENT, tries=1, facts={})
    assert claim(begin, NOW + LEASE) is None
    assert due(begin, NOW + timedelta(days=1)) == []


def test_a_fate_that_was_told_before_stays_when_sending_is_noted(begin: Begin) -> None:
    posted(begin, a_letter())
    note(begin, Delivery.BOUNCED)
    send(begin)
    letter = found(begin)
    assert letter is not None
    assert (letter.state, letter.delivery) == (LetterState.SENT, Delivery.BOUNCED)


def test_a_postponed_letter_is_due_when_it_was_said(begin: Begin) -> None:
    posted(begin, a_letter())
    letter = claim(begin)
    assert letter is not None
    postpone(begin, letter, LATER)
    assert due(begin, LATER - SECOND) == []
    assert claim(begin, LATER - SECOND) is None
    assert due(begin, LATER) == ["letter-1"]
    assert claim(begin, LATER) == replace(letter, tries=2)


def test_a_postponed_letter_may_be_due_before_its_lease_would_have_ended(begin: Begin) -> None:
    posted(begin, a_letter())
    letter = claim(begin)
    assert letter is not None
    postpone(begin, letter, NOW + SECOND)
    assert claim(begin, NOW + SECOND)


def test_a_parked_letter_is_never_due_but_keeps_its_facts(begin: Begin) -> None:
    posted(begin, a_letter())
    letter = claim(begin)
    assert letter is not None
    park(begin, letter)
    assert found(begin) == replace(letter, state=LetterState.PARKED)
    assert claim(begin, NOW + LEASE) is None
    assert due(begin, NOW + timedelta(days=1)) == []


def test_every_waiting_letter_is_due_wherever_it_lies(begin: Begin) -> None:
    letter_ids = {f"letter-{number}" for number in range(30)}
    for letter_id in letter_ids:
        posted(begin, a_letter(letter_id=letter_id))
    listed = due(begin)
    assert set(listed) == letter_ids
    assert len(listed) == len(letter_ids)


def test_the_oldest_letter_of_a_shard_comes_first(begin: Begin) -> None:
    same_shard = ["letter-abc", "letter-bca", "letter-cab"]
    for age, letter_id in enumerate(same_shard):
        posted(begin, a_letter(letter_id=letter_id, posted_at=NOW - timedelta(minutes=age)))
    assert due(begin) == same_shard[::-1]


@pytest.mark.parametrize("delivery", [Delivery.DELIVERED, Delivery.BOUNCED, Delivery.COMPLAINED])
def test_the_fate_of_a_letter_is_kept_with_it(begin: Begin, delivery: Delivery) -> None:
    letter = posted(begin, a_letter())
    note(begin, delivery)
    assert found(begin) == replace(letter, delivery=delivery)


def test_the_fate_of_a_waiting_letter_does_not_stop_it(begin: Begin) -> None:
    posted(begin, a_letter())
    note(begin, Delivery.DELIVERED)
    assert claim(begin)


def test_the_fate_of_an_unknown_letter_is_not_noted(begin: Begin) -> None:
    with pytest.raises(LetterMoved):
        note(begin, Delivery.BOUNCED, "letter-of-others")
    assert found(begin, "letter-of-others") is None


def test_a_letter_to_nobody_is_kept_but_never_due_and_never_claimed(begin: Begin) -> None:
    letter = posted(begin, a_letter(state=LetterState.WITHHELD, to=""))
    for moment in (NOW, NOW + LEASE, NOW + timedelta(days=29)):
        assert due(begin, moment) == []
        assert claim(begin, moment) is None
    assert found(begin) == letter


def test_a_letter_to_nobody_is_neither_postponed_nor_parked(begin: Begin) -> None:
    letter = posted(begin, a_letter(state=LetterState.WITHHELD))
    with pytest.raises(LetterMoved):
        postpone(begin, letter, LATER)
    with pytest.raises(LetterMoved):
        park(begin, letter)
    assert found(begin) == letter

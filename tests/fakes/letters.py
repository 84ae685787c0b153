"""The outbox in memory."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.letters import LEASE, Delivery, Letter, LetterState
from chalicelib.domain.refusals import LetterMoved
from tests.fakes.rows import KeptLetter, Plan, Reach, Rows, Write


class FakeLetters:
    """`ports.Letters`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def post(self, letter: Letter) -> None:
        """Store a letter to be sent."""
        kept = KeptLetter(letter, letter.posted_at if letter.state is LetterState.WAITING else None)
        self._plan(Write(f"letter {letter.letter_id}", lambda rows: rows.letters.update({letter.letter_id: kept})))

    def find(self, letter_id: str) -> Letter | None:
        """The letter, sent or not."""
        with self._reach() as rows:
            kept = rows.letters.get(letter_id)
            return kept.letter if kept else None

    def claim(self, letter_id: str, now: datetime) -> Letter | None:
        """Take it at once, if it is waiting and due."""
        with self._reach() as rows:
            kept = rows.letters.get(letter_id)
            if kept is None or not _is_due(kept, now):
                return None
            claimed = replace(kept.letter, tries=kept.letter.tries + 1)
            rows.letters[letter_id] = replace(kept, letter=claimed, next_try_at=now + LEASE)
            return claimed

    def due(self, now: datetime) -> Iterator[str]:
        """Waiting letters whose time has come, oldest first."""
        with self._reach() as rows:
            waiting = [(kept.next_try_at, key) for key, kept in rows.letters.items() if _is_due(kept, now)]
        yield from (key for _, key in sorted(waiting, key=str))

    def mark_sent(self, letter_id: str, message_id: str, now: datetime) -> None:
        """It is with the mail service."""
        self._change(
            letter_id,
            lambda kept: replace(
                kept,
                letter=replace(kept.letter, state=LetterState.SENT, facts={}),
                next_try_at=None,
                message_id=message_id,
                sent_at=now,
            ),
        )

    def postpone(self, letter: Letter, next_try_at: datetime, reason: str) -> None:
        """Try again later."""
        self._change(letter.letter_id, lambda kept: replace(kept, next_try_at=next_try_at, reason=reason), _is_waiting)

    def park(self, letter_id: str, reason: str, now: datetime) -> None:  # noqa: ARG002 - when sweeping may start
        """No more tries."""
        self._change(
            letter_id,
            lambda kept: replace(
                kept, letter=replace(kept.letter, state=LetterState.PARKED), next_try_at=None, reason=reason
            ),
            _is_waiting,
        )

    def note_delivery(self, letter_id: str, delivery: Delivery, reason: str) -> None:
        """What the mail service told."""
        self._change(
            letter_id,
            lambda kept: replace(kept, letter=replace(kept.letter, delivery=delivery), reason=reason),
            lambda kept: delivery.is_news_after(kept.letter.delivery),
        )

    def _change(
        self,
        letter_id: str,
        change: Callable[[KeptLetter], KeptLetter],
        holds: Callable[[KeptLetter], bool] | None = None,
    ) -> None:
        def change_if_kept(rows: Rows) -> None:
            if letter_id in rows.letters:
                rows.letters[letter_id] = change(rows.letters[letter_id])

        def does_hold(rows: Rows) -> bool:
            return holds is None or (letter_id in rows.letters and holds(rows.letters[letter_id]))

        self._plan(Write(f"letter {letter_id}", change_if_kept, does_hold, LetterMoved))


def _is_waiting(kept: KeptLetter) -> bool:
    return kept.letter.state is LetterState.WAITING


def _is_due(kept: KeptLetter, now: datetime) -> bool:
    is_waiting = kept.letter.state is LetterState.WAITING
    return is_waiting and kept.next_try_at is not None and kept.next_try_at <= now

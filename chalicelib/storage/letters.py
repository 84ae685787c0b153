"""Table of letters: the outbox, and what became of each."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.domain.letters import LEASE, LETTER_KEPT, Delivery, Letter, LetterName, LetterState
from chalicelib.domain.refusals import LetterMoved
from chalicelib.ports import LetterUnreadable
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found, reaching_the_store, table_name
from chalicelib.storage.writes import Writes

SHARDS = 4
# Two functions' clocks may differ by this much; without it a letter read at once could look not yet due.
_CLOCK_SKEW = timedelta(minutes=1)


class OpenLetters(GlobalSecondaryIndex["LetterRow"]):
    """Letters that are not sent yet; a letter leaves the index when it is sent or parked."""

    class Meta:
        """A projection of the keys."""

        index_name = "open"
        projection = KeysOnlyProjection()

    open_shard = UnicodeAttribute(hash_key=True)
    next_try_at = MomentAttribute(range_key=True)


class LetterRow(Row):
    """One letter. `next_try_at` is also the end of the lease while somebody is sending it."""

    class Meta(TableMeta):
        """Where it is kept; its stream wakes the mailer."""

        table_name = table_name("letters")
        stream_view_type = "KEYS_ONLY"

    letter_id = UnicodeAttribute(hash_key=True)
    open = OpenLetters()
    name = UnicodeAttribute()
    to = UnicodeAttribute()
    language = UnicodeAttribute()
    facts = JSONAttribute(null=True)
    about = UnicodeAttribute(null=True)
    posted_at = MomentAttribute()
    state = UnicodeAttribute()
    tries = NumberAttribute()
    open_shard = UnicodeAttribute(null=True)
    next_try_at = MomentAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    sent_at = MomentAttribute(null=True)
    delivery = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    ttl = MomentAttribute()


def _shard_of(letter_id: str) -> str:
    return str(sum(letter_id.encode()) % SHARDS)


def _from_row(row: LetterRow) -> Letter:
    return Letter(
        letter_id=row.letter_id,
        name=LetterName(row.name),
        to=row.to,
        language=row.language,
        posted_at=row.posted_at,
        facts=row.facts or {},
        about=row.about,
        state=LetterState(row.state),
        tries=int(row.tries),
        delivery=Delivery(row.delivery) if row.delivery else Delivery.WAITING,
    )


def _knows_less_than(delivery: Delivery) -> Condition:
    nothing_known: Condition = LetterRow.delivery.does_not_exist()
    less_known: Condition = LetterRow.delivery.is_in(*(earlier.value for earlier in delivery.overwrites()))
    either: Condition = nothing_known | less_known
    return either


_IS_WAITING = LetterRow.state == LetterState.WAITING.value
_LEAVE_THE_INDEX = [LetterRow.open_shard.remove(), LetterRow.next_try_at.remove()]


class StoredLetters:
    """`ports.Letters` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def post(self, letter: Letter) -> None:
        """One put."""
        is_open = letter.state is LetterState.WAITING
        row = LetterRow(
            letter.letter_id,
            name=letter.name.value,
            to=letter.to,
            language=letter.language,
            facts=dict(letter.facts),
            about=letter.about,
            posted_at=letter.posted_at,
            state=letter.state.value,
            tries=letter.tries,
            open_shard=_shard_of(letter.letter_id) if is_open else None,
            next_try_at=letter.posted_at - _CLOCK_SKEW if is_open else None,
            ttl=letter.posted_at + LETTER_KEPT,
        )
        self._writes.put(row)

    def find(self, letter_id: str) -> Letter | None:
        """One read."""
        row = found(LetterRow, letter_id)
        return _from_row(row) if row else None

    def claim(self, letter_id: str, now: datetime) -> Letter | None:
        """One conditional update that answers with the row."""
        row = LetterRow(letter_id)
        take: list[Action] = [LetterRow.next_try_at.set(now + LEASE), LetterRow.tries.set(LetterRow.tries + 1)]
        try:
            self._writes.update_at_once(row, take, _IS_WAITING & (LetterRow.next_try_at <= now))
            return _from_row(row)
        except UpdateError:
            return None
        except (ValueError, TypeError) as error:
            raise LetterUnreadable(type(error).__name__) from error

    def due(self, now: datetime) -> Iterator[str]:
        """One query per shard."""
        for shard in range(SHARDS):
            with reaching_the_store():
                for key in LetterRow.open.query(str(shard), LetterRow.next_try_at <= now):
                    yield key.letter_id

    def mark_sent(self, letter_id: str, message_id: str, now: datetime) -> None:
        """One update in the transaction; what feedback already told stays."""
        self._writes.update(
            LetterRow(letter_id),
            [
                LetterRow.state.set(LetterState.SENT.value),
                LetterRow.message_id.set(message_id),
                LetterRow.sent_at.set(now),
                LetterRow.facts.remove(),
                *_LEAVE_THE_INDEX,
            ],
        )

    def postpone(self, letter: Letter, next_try_at: datetime, reason: str) -> None:
        """One update in the transaction."""
        self._writes.update(
            LetterRow(letter.letter_id),
            [LetterRow.next_try_at.set(next_try_at), LetterRow.reason.set(reason)],
            _IS_WAITING,
            LetterMoved,
        )

    def park(self, letter_id: str, reason: str, now: datetime) -> None:
        """One update in the transaction; the facts stay, so that an operator can send it after all."""
        self._writes.update(
            LetterRow(letter_id),
            [
                LetterRow.state.set(LetterState.PARKED.value),
                LetterRow.reason.set(reason),
                LetterRow.ttl.set(now + LETTER_KEPT),
                *_LEAVE_THE_INDEX,
            ],
            _IS_WAITING,
            LetterMoved,
        )

    def note_delivery(self, letter_id: str, delivery: Delivery, reason: str) -> None:
        """One update in the transaction."""
        self._writes.update(
            LetterRow(letter_id),
            [LetterRow.delivery.set(delivery.value), LetterRow.reason.set(reason)],
            LetterRow.letter_id.exists() & _knows_less_than(delivery),
            LetterMoved,
        )

"""Batches of the letters' stream as they come in bad times: doubled, out of order, cut, with a record gone bad."""

from collections import Counter
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from chalicelib.storage.letters import LetterRow
from tests.faults.event_source import ATTEMPTS, EventSource, Record
from tests.faults.stage import Stage, record

POSITIONS = (0, 1, 2)


@pytest.fixture
def letter_ids(stage: Stage) -> list[str]:
    """Three letters that wait."""
    for name in ("taro", "hanako", "jiro"):
        stage.desk.registered(stage.now, email=f"{name}@example.jp")
    return [row["letter_id"] for row in stage.letters()]


def _records(letter_ids: list[str]) -> list[Record]:
    return [record(letter_id, str(number)) for number, letter_id in enumerate(letter_ids, 1)]


def _bring(stage: Stage, records: list[Record]) -> EventSource:
    source = EventSource(stage.wake_mailer_with)
    source.bring(records)
    return source


def _spoil(letter_id: str, **columns: object) -> None:
    row = LetterRow.get(letter_id)
    row.update(actions=[getattr(LetterRow, name).set(value) for name, value in columns.items()])


@pytest.mark.parametrize("order", list(permutations(POSITIONS)), ids=str)
def test_letters_are_mailed_once_in_whatever_order_they_come(
    stage: Stage, letter_ids: list[str], order: tuple[int, ...]
) -> None:
    _bring(stage, _records([letter_ids[place] for place in order]))
    assert stage.mailbox.taken == [letter_ids[place] for place in order]


@pytest.mark.parametrize("at_once", [1, 2, 4, 6])
def test_letters_are_mailed_once_though_every_record_comes_twice(
    stage: Stage, letter_ids: list[str], at_once: int
) -> None:
    doubled = _records([*letter_ids, *letter_ids])
    for start in range(0, len(doubled), at_once):
        _bring(stage, doubled[start : start + at_once])
    assert Counter(stage.mailbox.taken) == Counter(letter_ids)


def test_an_old_batch_that_comes_again_mails_nothing(stage: Stage, letter_ids: list[str]) -> None:
    _bring(stage, _records(letter_ids))
    stage.settle()
    _bring(stage, _records(letter_ids))
    assert Counter(stage.mailbox.taken) == Counter(letter_ids)


def test_what_the_stream_tells_of_changes_and_removals_mails_nothing(stage: Stage, letter_ids: list[str]) -> None:
    _bring(stage, [record(letter_ids[0], "1", "MODIFY"), record(letter_ids[1], "2", "REMOVE")])
    assert stage.mailbox.taken == []


def test_an_empty_batch_is_no_trouble(stage: Stage) -> None:
    assert stage.wake_mailer_with([]) == {"batchItemFailures": []}


@pytest.mark.parametrize("place", POSITIONS)
def test_a_record_of_a_letter_that_is_gone_holds_up_nothing(stage: Stage, letter_ids: list[str], place: int) -> None:
    records = _records(letter_ids)
    records.insert(place, record("a-letter-of-last-month", "9"))
    assert _bring(stage, records).parked == []
    assert stage.mailbox.taken == letter_ids


@pytest.mark.parametrize("place", POSITIONS)
@pytest.mark.parametrize(
    "keys",
    [None, {}, {"other": {"S": "x"}}, {"letter_id": {}}, {"letter_id": {"N": "1"}}, {"letter_id": {"S": ""}}],
    ids=str,
)
def test_a_record_that_cannot_be_read_is_set_aside_and_the_others_go_on(
    stage: Stage, letter_ids: list[str], place: int, keys: Any
) -> None:
    records = _records(letter_ids)
    bad = record("", "9")
    bad["dynamodb"]["Keys"] = keys
    records.insert(place, bad)
    told = stage.wake_mailer_with(records)
    assert stage.mailbox.taken == letter_ids
    assert told["batchItemFailures"] in ([], [{"itemIdentifier": "9"}])
    assert set(_bring(stage, records).parked) <= {"9", *(str(n) for n in range(place + 1, 4))}
    assert stage.mailbox.taken == letter_ids


SPOILT: dict[str, Callable[[str], None]] = {
    "facts that its template asks for are missing": lambda letter_id: _spoil(letter_id, facts={}),
    "its moment is none": lambda letter_id: _spoil(letter_id, facts={"registered_at": "soon"}),
    "its recipient is none": lambda letter_id: _spoil(letter_id, to="nobody\nBcc: hanako@example.jp"),
    "its name is unheard of": lambda letter_id: _spoil(letter_id, name="no_such_letter"),
    "its language is unheard of": lambda letter_id: _spoil(letter_id, language="tlh"),
}


@pytest.mark.parametrize("place", POSITIONS)
@pytest.mark.parametrize("spoil", list(SPOILT.values()), ids=list(SPOILT))
def test_a_letter_gone_bad_is_parked_in_the_end_and_the_others_are_sent_at_once(
    stage: Stage, letter_ids: list[str], place: int, spoil: Callable[[str], None]
) -> None:
    spoil(letter_ids[place])
    others = [letter_id for letter_id in letter_ids if letter_id != letter_ids[place]]
    _bring(stage, _records(letter_ids))
    assert stage.mailbox.taken == others
    stage.settle()
    assert stage.mailbox.taken == others
    assert [row["letter_id"] for row in stage.letters(state="parked")] == [letter_ids[place]]


@pytest.mark.parametrize("spoil", list(SPOILT.values()), ids=list(SPOILT))
def test_the_sweep_goes_on_behind_a_letter_gone_bad(
    stage: Stage, letter_ids: list[str], spoil: Callable[[str], None]
) -> None:
    for letter_id in letter_ids[:2]:
        spoil(letter_id)
    stage.sweep()
    assert stage.mailbox.taken == letter_ids[2:]


def test_a_batch_that_never_succeeds_is_given_up(stage: Stage) -> None:
    tries: list[int] = []

    def break_down(records: list[Record]) -> None:
        tries.append(len(records))
        raise RuntimeError

    source = EventSource(break_down)
    source.bring(_records(["a", "b"]))
    assert source.parked == ["1", "2"]
    assert tries == [2, *[1] * ATTEMPTS, *[1] * ATTEMPTS]

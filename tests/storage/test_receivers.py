"""受取者: what every store promises."""

from datetime import timedelta

import pytest

from chalicelib.domain.code_refusals import ReceiverMoved
from chalicelib.domain.receivers import Receiver
from chalicelib.ports import Begin
from chalicelib.storage.connection import meter
from chalicelib.storage.receivers import ReceiverRow
from tests.builders import NOW, a_letter
from tests.code_builders import OTHER_CREDENTIAL, RECEIVER_NAME, a_receiver

RECEIVER = a_receiver()
CHANGED = RECEIVER.with_credential(OTHER_CREDENTIAL, NOW)
LATER = NOW + timedelta(days=1)
NUMBERED = "見本　太郎（12345678）"


def add(begin: Begin, receiver: Receiver = RECEIVER) -> Receiver:
    with begin() as work:
        work.receivers.add(receiver)
    return receiver


def change(begin: Begin, before: Receiver, after: Receiver) -> None:
    with begin() as work:
        work.receivers.change(before, after)


def find(begin: Begin, name: str = RECEIVER_NAME) -> Receiver | None:
    with begin() as work:
        return work.receivers.find(name)


@pytest.mark.parametrize(
    "receiver",
    [RECEIVER, CHANGED, a_receiver(name=NUMBERED), a_receiver(name="𠮷﨑　髙")],
    ids=["new", "changed", "a scrivener", "rare letters"],
)
def test_a_receiver_is_found_as_it_was_stored(begin: Begin, receiver: Receiver) -> None:
    assert find(begin, receiver.name) is None
    add(begin, receiver)
    assert find(begin, receiver.name) == receiver


@pytest.mark.parametrize("typed", [NUMBERED, "見本 太郎(12345678)", "見本太郎（１２３４５６７８）"])
def test_a_receiver_is_found_whatever_the_width_and_spaces_of_its_name(begin: Begin, typed: str) -> None:
    receiver = add(begin, a_receiver(name=NUMBERED))
    assert find(begin, typed) == receiver
    with pytest.raises(ReceiverMoved):
        add(begin, a_receiver(name=typed, credential=OTHER_CREDENTIAL))
    assert find(begin, typed) == receiver


@pytest.mark.parametrize("other", ["見本　太郎", "見本　太郎（12345679）", "見本　太郎@example.jp"])
def test_another_name_is_another_receiver(begin: Begin, other: str) -> None:
    first = add(begin, a_receiver(name=NUMBERED))
    assert find(begin, other) is None
    second = add(begin, a_receiver(name=other, credential=OTHER_CREDENTIAL))
    assert (find(begin, NUMBERED), find(begin, other)) == (first, second)


def test_a_name_is_enrolled_once(begin: Begin) -> None:
    add(begin)
    with pytest.raises(ReceiverMoved):
        add(begin, a_receiver(credential=OTHER_CREDENTIAL, enrolled_at=NOW))
    assert find(begin) == RECEIVER


def test_a_new_credential_replaces_the_old_one(begin: Begin) -> None:
    add(begin)
    change(begin, RECEIVER, CHANGED)
    assert find(begin) == CHANGED
    again = CHANGED.with_credential(RECEIVER.credential, LATER)
    change(begin, CHANGED, again)
    assert find(begin) == again


def test_of_two_who_change_a_receiver_one_is_told(begin: Begin) -> None:
    add(begin)
    change(begin, RECEIVER, CHANGED)
    with pytest.raises(ReceiverMoved):
        change(begin, RECEIVER, RECEIVER.with_credential("$another$", LATER))
    assert find(begin) == CHANGED


def test_a_receiver_that_is_not_there_is_not_changed(begin: Begin) -> None:
    with pytest.raises(ReceiverMoved):
        change(begin, RECEIVER, CHANGED)
    assert find(begin) is None


def test_nothing_else_is_stored_when_a_receiver_moved(begin: Begin) -> None:
    add(begin)

    def add_and_tell() -> None:
        with begin() as work:
            work.letters.post(a_letter())
            work.receivers.add(RECEIVER)

    with pytest.raises(ReceiverMoved):
        add_and_tell()
    with begin() as work:
        assert work.letters.find("letter-1") is None


def test_finding_is_one_call_and_no_key_gives_a_name_away(stored: Begin) -> None:
    add(stored)
    meter.reset()
    assert find(stored)
    assert meter.calls == 1
    (row,) = ReceiverRow.scan()
    assert RECEIVER_NAME not in row.receiver
    assert len(row.receiver) == 64

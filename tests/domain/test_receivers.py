"""受取者: which names are the same, and where a scrivener's number stands."""

from datetime import timedelta

import pytest

from chalicelib.domain.receivers import (
    begins_scrivener_number,
    has_scrivener_number,
    is_scrivener_number,
    receiver_key,
    with_scrivener_number,
)
from tests.builders import NOW
from tests.code_builders import CREDENTIAL, OTHER_CREDENTIAL, a_receiver

NUMBERED = ("見本　太郎（12345678）", "見本（１２３４５６７８）", "（00000000）")
BEGUN = (
    "見本（1234567）",
    "見本（123456789）",
    "見本（１２３４５６７８",
    "見本（",
    "見本（）",
    "見本(12345678)",
    "見本(12345678",
    "見本()",
    "見本（12345678)",
    "見本（登録番号12345678）",
    "見本（1234 5678）",
    "見本（株）（1234）",
    "見本（登録番号）",
)
WITHOUT = ("", "見本太郎", "12345678", "見本12345678", "（12345678）見本", "（株）見本", "見本（株）", "見本）")


@pytest.mark.parametrize("name", NUMBERED)
def test_eight_digits_in_full_width_brackets_at_the_end_are_a_number(name: str) -> None:
    assert has_scrivener_number(name)
    assert begins_scrivener_number(name)


@pytest.mark.parametrize("name", BEGUN)
def test_a_number_that_was_begun_and_is_not_one_is_noticed(name: str) -> None:
    assert begins_scrivener_number(name)
    assert not has_scrivener_number(name)


@pytest.mark.parametrize("name", WITHOUT)
def test_names_of_others_begin_none(name: str) -> None:
    assert not begins_scrivener_number(name)
    assert not has_scrivener_number(name)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("12345678", True),
        ("１２３４５６７８", True),
        ("00000000", True),
        ("1234567", False),
        ("123456789", False),
        ("1234567a", False),
        ("٠١٢٣٤٥٦٧", False),
        ("12345678\n", False),
        ("", False),
    ],
)
def test_a_number_is_eight_digits(text: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_scrivener_number(text) is is_one


def test_a_number_is_put_behind_the_name() -> None:
    name = with_scrivener_number("見本太郎", "12345678")
    assert name == "見本太郎（12345678）"
    assert has_scrivener_number(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("見本　太郎", "見本太郎"),
        ("見本 太郎", "見本　太郎"),
        ("ＭＩＨＯＮ", "mihon"),
        ("ﾐﾎﾝ", "ミホン"),
        ("見本（１２３４５６７８）", "見本(12345678)"),
        ("ガ", "カ\u3099"),
    ],
)
def test_names_are_the_same_whatever_their_width_case_and_spaces(one: str, other: str) -> None:
    assert receiver_key(one) == receiver_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("見本太郎", "見本次郎"),
        ("見本太郎", "見本太郎（12345678）"),
        ("見本（12345678）", "見本（12345679）"),
        ("髙見本", "高見本"),
        ("ハホン", "バホン"),
    ],
)
def test_names_that_people_tell_apart_are_two(one: str, other: str) -> None:
    assert receiver_key(one) != receiver_key(other)


def test_a_new_password_leaves_the_rest_and_counts_a_version() -> None:
    receiver = a_receiver()
    later = NOW + timedelta(days=1)
    changed = receiver.with_credential(OTHER_CREDENTIAL, later)
    assert (changed.name, changed.enrolled_at) == (receiver.name, receiver.enrolled_at)
    assert (changed.credential, changed.since, changed.version) == (OTHER_CREDENTIAL, later, receiver.version + 1)
    assert receiver.credential == CREDENTIAL

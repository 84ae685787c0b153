"""検索キー: what a person may mistype, and what is no key at all."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.lookup_keys import (
    KEY_DIGITS,
    SINGLE_KEY_DIGITS,
    grouped_key,
    is_lookup_key,
    is_single,
    lookup_key,
    single_lookup_key,
)


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.text(string.digits, min_size=count, max_size=count)


KEYS = _digits(KEY_DIGITS).map(lookup_key)
SINGLE_KEYS = _digits(SINGLE_KEY_DIGITS).map(single_lookup_key)
ALL_KEYS = KEYS | SINGLE_KEYS


@given(KEYS)
def test_a_key_has_16_digits(key: str) -> None:
    assert is_lookup_key(key)
    assert key.isdecimal()
    assert len(key) == 16
    assert not is_single(key)


@given(SINGLE_KEYS)
def test_a_single_vehicles_key_has_a_k_and_15_digits(key: str) -> None:
    assert is_lookup_key(key)
    assert key[0] == "K"
    assert key[1:].isdecimal()
    assert len(key) == 16
    assert is_single(key)


@given(ALL_KEYS)
def test_one_wrong_digit_is_always_found(key: str) -> None:
    for place in range(int(is_single(key)), len(key)):
        for other in set(string.digits) - {key[place]}:
            assert not is_lookup_key(f"{key[:place]}{other}{key[place + 1 :]}")


@given(ALL_KEYS)
def test_two_neighbours_that_changed_places_are_always_found(key: str) -> None:
    for place in range(len(key) - 1):
        swapped = f"{key[:place]}{key[place + 1]}{key[place]}{key[place + 2 :]}"
        assert swapped == key or not is_lookup_key(swapped)


@given(ALL_KEYS)
def test_a_digit_too_many_or_too_few_is_no_key(key: str) -> None:
    assert not is_lookup_key(key[:-1])
    assert not any(is_lookup_key(key + digit) for digit in string.digits)
    assert not is_lookup_key(f"{key}\n")


@given(KEYS)
def test_digits_of_another_script_are_no_key(key: str) -> None:
    assert not is_lookup_key(key.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}))


@pytest.mark.parametrize("text", ["", "K", "0" * 15, "0" * 17, "k" + "0" * 15, "KK" + "0" * 14, "0000 0000 0000 0000"])
def test_what_has_another_shape_is_no_key(text: str) -> None:
    assert not is_lookup_key(text)


@given(st.text())
def test_whatever_is_typed_is_no_fault(text: str) -> None:
    assert not is_lookup_key(text) or len(text) == 16


@given(ALL_KEYS)
def test_people_read_a_key_in_four_groups_of_four(key: str) -> None:
    groups = grouped_key(key).split(" ")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert "".join(groups) == key


def test_the_keys_of_samples_stay_what_they_are() -> None:
    assert lookup_key("123456789012345") == "1234567890123450"
    assert single_lookup_key("00000000000000") == "K000000000000000"

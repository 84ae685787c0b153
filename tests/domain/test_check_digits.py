"""Damm's check digit, against the example of its author and against every mistake that it promises to find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.check_digits import check_digit, is_checked, with_check_digit

DIGITS = st.text("0123456789", min_size=1, max_size=20)


@pytest.mark.parametrize(("digits", "digit"), [("572", "4"), ("0", "0"), ("1", "3"), ("43881234567", "9")])
def test_the_published_examples_come_out(digits: str, digit: str) -> None:
    assert check_digit(digits) == digit


@given(DIGITS)
def test_what_was_given_a_check_digit_is_checked(digits: str) -> None:
    assert is_checked(with_check_digit(digits))
    assert with_check_digit(digits)[:-1] == digits


@given(DIGITS, st.data())
def test_one_wrong_digit_is_found(digits: str, data: st.DataObject) -> None:
    right = with_check_digit(digits)
    place = data.draw(st.integers(0, len(right) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != right[place]]))
    assert not is_checked(right[:place] + wrong + right[place + 1 :])


@given(DIGITS, st.data())
def test_two_neighbours_that_changed_places_are_found(digits: str, data: st.DataObject) -> None:
    right = with_check_digit(digits)
    place = data.draw(st.integers(0, len(right) - 2))
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert is_checked(swapped) == (swapped == right)


def test_zeros_in_front_change_nothing() -> None:
    assert check_digit("000572") == check_digit("572")

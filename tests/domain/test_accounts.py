"""利用者: the pair of IDs and the suffix they share."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts import ID_SUFFIXES, id_suffix_at
from chalicelib.domain.address_loads import ACCOUNTS_PER_ADDRESS, MAILS_PER_ADDRESS_AND_HOUR, AddressLoad
from tests.builders import an_account

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
FORM = re.compile(rf"[{LETTERS}]{{2}}[0-9]{{4}}")
POSITIONS = st.integers(0, ID_SUFFIXES - 1)


def position_of(id_suffix: str) -> int:
    """The inverse, told another way: digits of different bases."""
    first, second = (LETTERS.index(letter) for letter in id_suffix[:2])
    return (first * 24 + second) * 10_000 + int(id_suffix[2:])


@given(POSITIONS)
def test_a_suffix_is_two_letters_without_i_and_o_and_four_digits(position: int) -> None:
    assert FORM.fullmatch(id_suffix_at(position))


@given(POSITIONS)
def test_no_two_positions_have_the_same_suffix(position: int) -> None:
    assert position_of(id_suffix_at(position)) == position


@given(st.from_regex(FORM, fullmatch=True))
def test_every_suffix_of_that_form_can_be_drawn(id_suffix: str) -> None:
    assert id_suffix_at(position_of(id_suffix)) == id_suffix


def test_there_are_as_many_suffixes_as_that_form_has() -> None:
    assert ID_SUFFIXES == 24 * 24 * 10_000
    assert (id_suffix_at(0), id_suffix_at(ID_SUFFIXES - 1)) == ("AA0000", "ZZ9999")


def test_the_pair_of_ids_shares_the_suffix() -> None:
    account = an_account(id_suffix="CA6288")
    assert (account.payer_id, account.filer_id) == ("KNCA6288", "KICA6288")


@pytest.mark.parametrize(
    ("accounts", "is_full"),
    [(0, False), (ACCOUNTS_PER_ADDRESS - 1, False), (ACCOUNTS_PER_ADDRESS, True), (ACCOUNTS_PER_ADDRESS + 1, True)],
)
def test_an_address_is_full_with_a_hundred_accounts(accounts: int, *, is_full: bool) -> None:
    assert AddressLoad(accounts, 0).is_full is is_full


@pytest.mark.parametrize(
    ("mails", "may_be_mailed"),
    [(0, True), (MAILS_PER_ADDRESS_AND_HOUR - 1, True), (MAILS_PER_ADDRESS_AND_HOUR, False), (21, False)],
)
def test_an_address_may_be_mailed_twenty_times_an_hour(mails: int, *, may_be_mailed: bool) -> None:
    assert AddressLoad(0, mails).may_be_mailed is may_be_mailed

"""Keys of mailed links: only what this service signed, for the purpose it was signed for."""

import os
import string
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts import ID_SUFFIXES, AddressRole, id_suffix_at
from chalicelib.domain.links import AddressLink, ResetLink, address_mark
from chalicelib.domain.refusals import LinkNotOurs
from chalicelib.settings import load_settings
from chalicelib.signing.links import SignedLinks
from tests.builders import ADDRESS, NOW

NEW_KEY, OLD_KEY = "a-new-key-of-the-tests-" * 2, "an-old-key-of-the-tests-" * 2
LETTERS = string.ascii_letters + string.digits + "-_."
RESET = ResetLink("CA6288", 3, address_mark(ADDRESS), NOW)
CONFIRM = AddressLink("CA6288", AddressRole.NOTIFICATION, "mark-1")


@dataclass(frozen=True)
class Purpose:
    """One kind of link."""

    key: Callable[[SignedLinks], str]
    read: Callable[[SignedLinks, str], object]
    said: object


PURPOSES = {
    "confirmation": Purpose(lambda ours: ours.confirmation_key("r-1"), SignedLinks.registration_id, "r-1"),
    "reset": Purpose(lambda ours: ours.reset_key(RESET), SignedLinks.reset_link, RESET),
    "address": Purpose(lambda ours: ours.address_key(CONFIRM), SignedLinks.address_link, CONFIRM),
}
every_purpose = pytest.mark.parametrize("purpose", PURPOSES.values(), ids=PURPOSES.keys())


def links(*keys: str) -> SignedLinks:
    return SignedLinks(load_settings({**os.environ, "SECRET_KEYS": ",".join(keys)}))


OURS = links(NEW_KEY)


@every_purpose
def test_a_key_says_what_it_was_made_for_in_letters_that_need_no_escape(purpose: Purpose) -> None:
    key = purpose.key(OURS)
    assert purpose.read(OURS, key) == purpose.said
    assert set(key) <= set(LETTERS)
    assert ADDRESS not in key


@given(
    st.integers(0, ID_SUFFIXES - 1).map(id_suffix_at),
    st.integers(1, 10**6),
    st.sampled_from(AddressRole),
    st.text(LETTERS, max_size=40),
)
def test_every_link_is_read_as_it_was_written(id_suffix: str, epoch: int, role: AddressRole, mark: str) -> None:
    reset, confirm = ResetLink(id_suffix, epoch, mark, NOW), AddressLink(id_suffix, role, mark)
    assert OURS.reset_link(OURS.reset_key(reset)) == reset
    assert OURS.address_link(OURS.address_key(confirm)) == confirm


@every_purpose
def test_whatever_letter_is_changed_the_key_is_refused(purpose: Purpose) -> None:
    key = purpose.key(OURS)
    for place, letter in enumerate(key):
        for other in set(LETTERS) - {letter}:
            with pytest.raises(LinkNotOurs):
                purpose.read(OURS, f"{key[:place]}{other}{key[place + 1 :]}")


@every_purpose
@pytest.mark.parametrize(
    "spoil", [lambda key: key[:-1], lambda key: key + "A", lambda key: key[1:], lambda key: f"{key}\n"]
)
def test_a_key_that_was_not_copied_whole_is_refused(purpose: Purpose, spoil: Callable[[str], str]) -> None:
    with pytest.raises(LinkNotOurs):
        purpose.read(OURS, spoil(purpose.key(OURS)))


@every_purpose
@given(key=st.text())
def test_what_is_none_of_ours_is_refused(purpose: Purpose, key: str) -> None:
    with pytest.raises(LinkNotOurs):
        purpose.read(OURS, key)


@every_purpose
@pytest.mark.parametrize("other", PURPOSES.values(), ids=PURPOSES.keys())
def test_a_key_of_one_purpose_opens_no_other(purpose: Purpose, other: Purpose) -> None:
    if purpose is not other:
        with pytest.raises(LinkNotOurs):
            purpose.read(OURS, other.key(OURS))


@every_purpose
def test_an_older_key_still_verifies_until_it_is_taken_away(purpose: Purpose) -> None:
    mailed_before = purpose.key(links(OLD_KEY))
    assert purpose.read(links(NEW_KEY, OLD_KEY), mailed_before) == purpose.said
    assert purpose.key(links(NEW_KEY, OLD_KEY)) == purpose.key(OURS)
    with pytest.raises(LinkNotOurs):
        purpose.read(OURS, mailed_before)

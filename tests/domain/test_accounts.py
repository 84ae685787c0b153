"""利用者: the pair of IDs and the suffix they share."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts import (
    ID_SUFFIXES,
    AddressRole,
    BulkFileIssue,
    filer_id_of,
    id_suffix_at,
    payer_id_of,
    suffix_of_payer_id,
)
from chalicelib.domain.address_loads import ACCOUNTS_PER_ADDRESS, MAILS_PER_ADDRESS_AND_HOUR, AddressLoad
from chalicelib.domain.debit_accounts import DebitCounts, DebitKind
from tests.builders import (
    ADDRESS,
    NEW_ADDRESS,
    NOW,
    a_corporation,
    a_grown_account,
    a_pending_address,
    an_account,
    an_individual,
)

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
FORM = re.compile(rf"[{LETTERS}]{{2}}[0-9]{{4}}")
POSITIONS = st.integers(0, ID_SUFFIXES - 1)
SECOND = timedelta(seconds=1)
LIFETIME = timedelta(days=60)
LATER = NOW + timedelta(hours=1)
BOTH_WAIT = {
    AddressRole.MANAGEMENT: a_pending_address(),
    AddressRole.NOTIFICATION: a_pending_address(address="notice@example.jp", mark="mark-2"),
}


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


@given(POSITIONS)
def test_the_suffix_of_a_payer_id_is_that_of_its_account(position: int) -> None:
    assert suffix_of_payer_id(payer_id_of(id_suffix_at(position))) == id_suffix_at(position)


@given(POSITIONS)
def test_a_filer_id_is_no_payer_id(position: int) -> None:
    assert suffix_of_payer_id(filer_id_of(id_suffix_at(position))) is None


@given(st.text() | st.from_regex(r"KN[A-Z]{2}[0-9]{4}\s?"))
def test_what_has_a_suffix_has_the_form_of_a_payer_id(text: str) -> None:
    id_suffix = suffix_of_payer_id(text)
    assert (id_suffix is not None) is bool(re.fullmatch(rf"KN{FORM.pattern}", text))
    assert id_suffix is None or text == payer_id_of(id_suffix)


NO_PAYER_IDS = "KN KNCA628 KNCA62888 knca6288 ＫＮＣＡ６２８８ KNCA６２８８ KNCI6288 KNOA6288 KICA6288 CA6288 KNCA٦٢٨٨"


@pytest.mark.parametrize("text", ["", "KNCA6288\n", " KNCA6288", *NO_PAYER_IDS.split()])
def test_what_is_no_payer_id_has_no_suffix(text: str) -> None:
    assert suffix_of_payer_id(text) is None


@pytest.mark.parametrize(
    ("moment", "is_expired"),
    [(NOW, False), (NOW + LIFETIME - SECOND, False), (NOW + LIFETIME, True), (NOW + LIFETIME + SECOND, True)],
)
def test_a_password_expires_with_its_last_second(moment: datetime, *, is_expired: bool) -> None:
    assert an_account().is_password_expired(LIFETIME, moment) is is_expired
    assert an_account().password_expires_at(LIFETIME) == NOW + LIFETIME


def test_a_password_without_a_lifetime_never_expires() -> None:
    assert an_account().password_expires_at(None) is None
    assert not an_account().is_password_expired(None, NOW + timedelta(days=36_500))


def test_a_new_payer_password_starts_its_lifetime_and_the_next_epoch_and_lets_nobody_wait() -> None:
    account = a_grown_account()
    assert account.with_payer_password("$quick$new", LATER) == replace(
        account, payer_password_hash="$quick$new", password_set_at=LATER, epoch=4, pending={}
    )


def test_an_edit_changes_the_names_and_lets_new_addresses_wait() -> None:
    account = an_account(version=3)
    asked = {AddressRole.MANAGEMENT: a_pending_address()}
    after = account.edited(a_corporation(), "notice@example.jp", asked, LATER)
    assert after == replace(
        account,
        holder=a_corporation(),
        notification_email="notice@example.jp",
        pending=asked,
        changed_at=LATER,
        version=4,
    )
    assert after.management_email == ADDRESS


def test_the_address_asked_for_last_is_the_one_that_waits() -> None:
    account = an_account(pending=BOTH_WAIT)
    newer = a_pending_address(address="other@example.jp", mark="mark-3", asked_at=LATER)
    after = account.edited(an_individual(), None, {AddressRole.MANAGEMENT: newer}, LATER)
    assert after.pending == {**BOTH_WAIT, AddressRole.MANAGEMENT: newer}


@pytest.mark.parametrize(
    ("role", "after"),
    [(AddressRole.MANAGEMENT, NEW_ADDRESS), (AddressRole.NOTIFICATION, "notice@example.jp")],
)
def test_a_confirmed_address_takes_its_place_and_the_other_still_waits(role: AddressRole, after: str) -> None:
    before = an_account(pending=BOTH_WAIT)
    confirmed = before.with_confirmed(role, LATER)
    (other,) = set(AddressRole) - {role}
    assert confirmed.address_of(role) == after
    assert confirmed.address_of(other) == before.address_of(other)
    assert confirmed.pending == {other: BOTH_WAIT[other]}
    assert (confirmed.version, confirmed.changed_at, confirmed.epoch) == (2, LATER, before.epoch)


@pytest.mark.parametrize("role", list(AddressRole))
def test_who_no_longer_waits_is_forgotten_alone(role: AddressRole) -> None:
    account = an_account(pending=BOTH_WAIT)
    assert account.without_pending(role) == replace(
        account, pending={other: one for other, one in BOTH_WAIT.items() if other is not role}
    )
    assert an_account().without_pending(role) == an_account()


def test_what_was_never_changed_was_changed_last_when_it_was_made() -> None:
    assert an_account().last_changed_at == NOW
    assert an_account(changed_at=LATER).last_changed_at == LATER


def test_each_bulk_file_has_the_next_number() -> None:
    account = an_account().with_new_bulk_file(NOW).with_new_bulk_file(LATER)
    assert account == an_account(bulk_file=BulkFileIssue(2, LATER))


def test_a_kind_that_was_never_held_counts_nothing() -> None:
    account = an_account(debits={DebitKind.TREASURY: DebitCounts(1, 2)})
    assert [account.debits_of(kind) for kind in DebitKind] == [DebitCounts(1, 2), DebitCounts()]


def test_names_addresses_and_ids_are_an_accounts_own_words() -> None:
    account = an_account(notification_email="notice@example.jp")
    own = {"ミホン", "タロウ", "見本", "太郎", ADDRESS, "notice@example.jp", "KNCA6288", "KICA6288"}
    assert set(account.own_words) == own


def test_a_pending_address_lives_twenty_four_hours() -> None:
    assert a_pending_address().expires_at == NOW + timedelta(hours=24)

"""Changing 利用者: what every store promises."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts import Account, AddressRole
from chalicelib.domain.debit_accounts import DebitCounts, DebitKind
from chalicelib.domain.refusals import AccountMoved
from chalicelib.ports import Begin, Work
from tests.builders import (
    NOW,
    a_corporation,
    a_debit_account,
    a_grown_account,
    a_letter,
    a_pending_address,
    an_account,
    an_individual,
)

LATER = NOW + timedelta(hours=1)
MARRIED = an_individual(family_name="例", family_kana="レイ")
ASKED = {AddressRole.MANAGEMENT: a_pending_address()}
GROWN = a_grown_account()


def added(begin: Begin, account: Account) -> Account:
    with begin() as work:
        work.accounts.add(account)
    return account


def found(begin: Begin) -> Account | None:
    with begin() as work:
        return work.accounts.find("CA6288")


def change_profile(begin: Begin, before: Account, after: Account) -> None:
    with begin() as work:
        work.accounts.change_profile(before, after)


def change_passwords(begin: Begin, before: Account, after: Account) -> None:
    with begin() as work:
        work.accounts.change_passwords(before, after)


def issue_bulk_file(begin: Begin, before: Account, after: Account) -> None:
    with begin() as work:
        work.accounts.issue_bulk_file(before, after)


def add_debit_account(begin: Begin, account: Account) -> None:
    debit_account = a_debit_account(position=account.debits_of(DebitKind.TREASURY).drawn + 1)
    with begin() as work:
        work.debit_accounts.add("CA6288", debit_account, account.debits_of(DebitKind.TREASURY))


def edited(account: Account) -> Account:
    return account.edited(MARRIED, "notice@example.jp", ASKED, LATER)


def with_payer_password(account: Account) -> Account:
    return account.with_payer_password("$quick$new", LATER)


@pytest.mark.parametrize(
    "after",
    [
        edited(GROWN),
        GROWN.edited(a_corporation(), None, {}, LATER),
        GROWN.with_confirmed(AddressRole.MANAGEMENT, LATER),
        GROWN.with_confirmed(AddressRole.NOTIFICATION, LATER),
        replace(GROWN, pending={}, version=8),
    ],
    ids=["names and both addresses", "other kind, no notices", "address confirmed", "notices confirmed", "none waits"],
)
def test_a_changed_profile_is_found_as_it_was_changed(begin: Begin, after: Account) -> None:
    change_profile(begin, added(begin, GROWN), after)
    assert found(begin) == after


def test_an_address_that_is_removed_is_gone(begin: Begin) -> None:
    before = added(begin, an_account(notification_email="notice@example.jp"))
    change_profile(begin, before, before.edited(before.holder, None, {}, LATER))
    account = found(begin)
    assert account is not None
    assert account.notification_email is None


def test_of_two_who_edit_the_second_is_told(begin: Begin) -> None:
    before = added(begin, an_account())
    change_profile(begin, before, edited(before))
    with pytest.raises(AccountMoved):
        change_profile(begin, before, before.edited(a_corporation(), None, {}, LATER))
    assert found(begin) == edited(before)


def test_an_edit_from_before_a_new_password_is_refused(begin: Begin) -> None:
    before = added(begin, an_account())
    change_passwords(begin, before, with_payer_password(before))
    with pytest.raises(AccountMoved):
        change_profile(begin, before, edited(before))
    assert found(begin) == with_payer_password(before)


def test_a_new_payer_password_moves_the_epoch_and_forgets_who_waits(begin: Begin) -> None:
    change_passwords(begin, added(begin, GROWN), with_payer_password(GROWN))
    assert found(begin) == replace(GROWN, payer_password_hash="$quick$new", password_set_at=LATER, epoch=4, pending={})


def test_addresses_asked_for_meanwhile_do_not_outlive_a_new_password(begin: Begin) -> None:
    before = added(begin, an_account())
    change_profile(begin, before, edited(before))
    change_passwords(begin, before, with_payer_password(before))
    account = found(begin)
    assert account is not None
    assert (account.pending, account.holder, account.version) == ({}, MARRIED, 2)


def test_of_two_who_set_a_payer_password_the_second_is_told(begin: Begin) -> None:
    before = added(begin, an_account())
    change_passwords(begin, before, with_payer_password(before))
    with pytest.raises(AccountMoved):
        change_passwords(begin, before, before.with_payer_password("$quick$other", LATER))
    assert found(begin) == with_payer_password(before)


def test_a_new_filer_password_changes_nothing_else(begin: Begin) -> None:
    change_passwords(begin, added(begin, GROWN), replace(GROWN, filer_password_hash="$quick$new"))
    assert found(begin) == replace(GROWN, filer_password_hash="$quick$new")


@pytest.mark.parametrize("swap", [False, True], ids=["filer first", "payer first"])
def test_renewing_one_hash_leaves_the_other_as_somebody_set_it_meanwhile(begin: Begin, *, swap: bool) -> None:
    before = added(begin, an_account())
    changes = [replace(before, filer_password_hash="$quick$new"), replace(before, payer_password_hash="$quick$renewed")]
    for after in reversed(changes) if swap else changes:
        change_passwords(begin, before, after)
    assert found(begin) == replace(before, filer_password_hash="$quick$new", payer_password_hash="$quick$renewed")


def test_a_filer_password_from_before_a_new_payer_password_is_refused(begin: Begin) -> None:
    before = added(begin, an_account())
    change_passwords(begin, before, with_payer_password(before))
    with pytest.raises(AccountMoved):
        change_passwords(begin, before, replace(before, filer_password_hash="$quick$late"))


@pytest.mark.parametrize("before", [an_account(), GROWN], ids=["the first", "a later one"])
def test_a_bulk_file_is_issued_once_at_a_time(begin: Begin, before: Account) -> None:
    after = added(begin, before).with_new_bulk_file(LATER)
    issue_bulk_file(begin, before, after)
    with pytest.raises(AccountMoved):
        issue_bulk_file(begin, before, after)
    assert found(begin) == after


def test_an_edit_and_a_new_password_do_not_keep_a_bulk_file_from_being_issued(begin: Begin) -> None:
    before = added(begin, an_account())
    change_profile(begin, before, edited(before))
    change_passwords(begin, edited(before), with_payer_password(edited(before)))
    issue_bulk_file(begin, before, before.with_new_bulk_file(LATER))
    assert found(begin) == with_payer_password(edited(before)).with_new_bulk_file(LATER)


CHANGES: list[Callable[[Begin, Account], None]] = [
    lambda begin, account: change_profile(begin, account, edited(account)),
    lambda begin, account: change_passwords(begin, account, with_payer_password(account)),
    lambda begin, account: issue_bulk_file(begin, account, account.with_new_bulk_file(LATER)),
]


@pytest.mark.parametrize("change", CHANGES, ids=["profile", "passwords", "bulk file"])
def test_debit_accounts_counted_meanwhile_stay_counted(begin: Begin, change: Callable[[Begin, Account], None]) -> None:
    before = added(begin, GROWN)
    add_debit_account(begin, before)
    change(begin, before)
    account = found(begin)
    assert account is not None
    assert account.debits == {**GROWN.debits, DebitKind.TREASURY: DebitCounts(4, 6)}


@pytest.mark.parametrize("change", CHANGES, ids=["profile", "passwords", "bulk file"])
def test_a_debit_account_is_counted_whatever_else_was_changed(
    begin: Begin, change: Callable[[Begin, Account], None]
) -> None:
    before = added(begin, GROWN)
    change(begin, before)
    add_debit_account(begin, before)
    account = found(begin)
    assert account is not None
    assert account.debits_of(DebitKind.TREASURY) == DebitCounts(4, 6)


@pytest.mark.parametrize("change", CHANGES, ids=["profile", "passwords", "bulk file"])
def test_an_account_that_is_not_there_is_not_made_by_a_change(
    begin: Begin, change: Callable[[Begin, Account], None]
) -> None:
    with pytest.raises(AccountMoved):
        change(begin, an_account())
    assert found(begin) is None


def test_nothing_of_an_account_moves_when_its_command_fails(begin: Begin) -> None:
    before = added(begin, an_account())

    def change_and_tell(work: Work) -> None:
        work.letters.post(a_letter())
        work.accounts.change_profile(replace(before, version=9), edited(before))

    with pytest.raises(AccountMoved), begin() as work:
        change_and_tell(work)
    with begin() as work:
        assert (work.accounts.find("CA6288"), work.letters.find("letter-1")) == (before, None)

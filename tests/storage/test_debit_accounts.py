"""ダイレクト納付口座: what every store promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts import Account
from chalicelib.domain.debit_accounts import DebitAccount, DebitCounts, DebitKind, DepositType
from chalicelib.domain.refusals import AccountMoved, DebitAccountMoved
from chalicelib.ports import Begin
from tests.builders import NOW, a_bank_account, a_debit_account, an_account

SUFFIX = "CA6288"
LATER = NOW + timedelta(hours=1)
KINDS = list(DebitKind)


def account_with(begin: Begin, kind: DebitKind, counts: DebitCounts) -> None:
    with begin() as work:
        work.accounts.add(an_account(debits={kind: counts} if counts.drawn else {}))


def counts_of(begin: Begin, kind: DebitKind = DebitKind.TREASURY) -> DebitCounts:
    with begin() as work:
        account = work.accounts.find(SUFFIX)
    assert account is not None
    return account.debits_of(kind)


def add(begin: Begin, debit_account: DebitAccount, counts: DebitCounts | None = None) -> DebitAccount:
    with begin() as work:
        as_read = counts or counts_of(begin, debit_account.kind)
        work.debit_accounts.add(SUFFIX, debit_account, as_read)
    return debit_account


def find(begin: Begin, debit_account_id: str = "KKAA0001", id_suffix: str = SUFFIX) -> DebitAccount | None:
    with begin() as work:
        return work.debit_accounts.find(id_suffix, debit_account_id)


def change(begin: Begin, before: DebitAccount, after: DebitAccount) -> None:
    with begin() as work:
        work.debit_accounts.change(SUFFIX, before, after)


def remove(begin: Begin, debit_account: DebitAccount) -> None:
    with begin() as work:
        work.debit_accounts.remove(SUFFIX, debit_account)


def changed(before: DebitAccount) -> DebitAccount:
    bank_account = a_bank_account(deposit_type=DepositType.CURRENT, number="7654321", branch_name="駅前")
    return replace(before, bank_account=bank_account, changed_at=LATER, version=before.version + 1)


@pytest.fixture
def empty(begin: Begin) -> Account:
    """An account that holds none."""
    with begin() as work:
        work.accounts.add(an_account())
    return an_account()


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("kind", KINDS)
def test_a_debit_account_is_found_as_it_was_added_and_is_counted(begin: Begin, kind: DebitKind) -> None:
    one = add(begin, a_debit_account(kind))
    assert find(begin, one.debit_account_id) == one
    assert counts_of(begin, kind) == DebitCounts(1, 1)
    assert [counts_of(begin, other) for other in KINDS if other is not kind] == [DebitCounts()]


@pytest.mark.usefixtures("empty")
def test_a_debit_account_is_nobody_elses(begin: Begin) -> None:
    add(begin, a_debit_account())
    assert find(begin, id_suffix="CA6289") is None
    assert find(begin, "KKAA0002") is None


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("stale", [DebitCounts(), DebitCounts(1, 2)], ids=["one was added", "one is missing"])
def test_a_debit_account_added_on_stale_counts_is_refused(begin: Begin, stale: DebitCounts) -> None:
    first = add(begin, a_debit_account())
    with pytest.raises(AccountMoved):
        add(begin, a_debit_account(position=2, bank_account=a_bank_account(number="7654321")), stale)
    assert (find(begin), find(begin, "KKAA0002"), counts_of(begin)) == (first, None, DebitCounts(1, 1))


@pytest.mark.usefixtures("empty")
def test_kinds_are_counted_apart_and_do_not_disturb_each_other(begin: Begin) -> None:
    add(begin, a_debit_account(DebitKind.TREASURY), DebitCounts())
    add(begin, a_debit_account(DebitKind.LOCAL_TAX), DebitCounts())
    assert [counts_of(begin, kind) for kind in KINDS] == [DebitCounts(1, 1)] * 2


@pytest.mark.parametrize(("kind", "limit"), [(DebitKind.TREASURY, 2000), (DebitKind.LOCAL_TAX, 500)])
def test_the_last_one_fits_and_one_more_does_not(begin: Begin, kind: DebitKind, limit: int) -> None:
    account_with(begin, kind, DebitCounts(limit - 1, 3000))
    add(begin, a_debit_account(kind, 3001))
    with pytest.raises(AccountMoved):
        add(begin, a_debit_account(kind, 3002))
    assert counts_of(begin, kind) == DebitCounts(limit, 3001)


@pytest.mark.parametrize("kind", KINDS)
def test_one_that_is_removed_makes_room_but_its_id_is_not_used_again(begin: Begin, kind: DebitKind) -> None:
    account_with(begin, kind, DebitCounts(kind.limit - 1, kind.limit - 1))
    last = add(begin, a_debit_account(kind, kind.limit))
    remove(begin, last)
    assert counts_of(begin, kind) == DebitCounts(kind.limit - 1, kind.limit)
    add(begin, a_debit_account(kind, kind.limit + 1))
    assert counts_of(begin, kind) == DebitCounts(kind.limit, kind.limit + 1)


def test_nothing_is_added_to_an_account_that_is_not_there(begin: Begin) -> None:
    with pytest.raises(AccountMoved):
        add(begin, a_debit_account(), DebitCounts())
    with begin() as work:
        assert work.accounts.find(SUFFIX) is None


@pytest.mark.usefixtures("empty")
def test_a_changed_debit_account_is_found_as_it_was_changed_and_counted_once(begin: Begin) -> None:
    before = add(begin, a_debit_account())
    change(begin, before, changed(before))
    assert find(begin) == changed(before)
    assert counts_of(begin) == DebitCounts(1, 1)


@pytest.mark.usefixtures("empty")
def test_of_two_who_change_the_second_is_told(begin: Begin) -> None:
    before = add(begin, a_debit_account())
    change(begin, before, changed(before))
    with pytest.raises(DebitAccountMoved):
        change(begin, before, replace(before, version=2))
    assert find(begin) == changed(before)


@pytest.mark.usefixtures("empty")
def test_what_was_changed_since_is_not_removed(begin: Begin) -> None:
    before = add(begin, a_debit_account())
    change(begin, before, changed(before))
    with pytest.raises(DebitAccountMoved):
        remove(begin, before)
    assert (find(begin), counts_of(begin)) == (changed(before), DebitCounts(1, 1))


@pytest.mark.usefixtures("empty")
def test_a_debit_account_is_removed_once_and_counted_off_once(begin: Begin) -> None:
    before = add(begin, a_debit_account())
    add(begin, a_debit_account(position=2))
    remove(begin, before)
    with pytest.raises(DebitAccountMoved):
        remove(begin, before)
    assert (find(begin), counts_of(begin)) == (None, DebitCounts(1, 2))


@pytest.mark.usefixtures("empty")
def test_what_was_removed_is_not_changed(begin: Begin) -> None:
    before = add(begin, a_debit_account())
    remove(begin, before)
    with pytest.raises(DebitAccountMoved):
        change(begin, before, changed(before))
    assert find(begin) is None

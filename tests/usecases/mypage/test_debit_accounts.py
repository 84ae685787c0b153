"""ダイレクト納付口座: adding, up to the limit."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.capabilities.mypage.usecases_debit import Page, find_debit_account, list_debit_accounts, require_room
from chalicelib.domain.accounts import Account
from chalicelib.domain.debit_accounts import DebitCounts, DebitKind, DepositType
from chalicelib.domain.refusals import DebitAccountGone, DebitAccountsFull, SubmissionStale
from chalicelib.ports import StoreUnavailable
from tests.builders import a_bank_account, a_debit_account
from tests.fakes.store import FakeStore
from tests.usecases.mypage.steps import MyPageDesk

TREASURY, LOCAL_TAX = DebitKind.TREASURY, DebitKind.LOCAL_TAX
EVERY_KIND = pytest.mark.parametrize(
    ("kind", "first", "limit"), [(TREASURY, "KKAA0001", 2000), (LOCAL_TAX, "KLAA0001", 500)]
)


def held(store: FakeStore) -> list[str]:
    return sorted(debit_id for _, debit_id in store.rows.debit_accounts)


def with_counts(desk: MyPageDesk, store: FakeStore, kind: DebitKind, counts: DebitCounts) -> Account:
    account = replace(desk.open_account(), debits={kind: counts})
    store.rows.accounts[account.id_suffix] = account
    return account


@EVERY_KIND
def test_the_first_of_each_kind_is_number_one(desk: MyPageDesk, kind: DebitKind, first: str, limit: int) -> None:
    desk.open_account()
    debit = desk.added(kind=kind)
    assert debit == a_debit_account(kind, 1)
    assert debit.debit_account_id == first
    assert desk.counts(kind) == DebitCounts(1, 1)
    assert limit == kind.limit


def test_what_was_typed_is_what_is_stored(desk: MyPageDesk) -> None:
    desk.open_account()
    other: dict[str, Any] = {
        "deposit_type": DepositType.CURRENT,
        "number": "0000007",
        "branch_code": "002",
        "branch_name": "東",
    }
    debit_id = desk.add_debit(desk.debit_form(**other))
    assert desk.debit(debit_id).bank_account == a_bank_account(**other)


def test_an_id_is_never_used_twice(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    first, second = desk.added("debit-1"), desk.added("debit-2")
    desk.remove_debit(second)
    desk.remove_debit(first, "remove-2")
    assert desk.added("debit-3").debit_account_id == "KKAA0003"
    assert desk.counts() == DebitCounts(1, 3)
    assert held(store) == ["KKAA0003"]


def test_kinds_and_accounts_are_counted_apart(desk: MyPageDesk) -> None:
    other = desk.open_account(id_suffix="CA0001")
    desk.open_account()
    desk.added("debit-1")
    assert desk.added("debit-2", LOCAL_TAX).debit_account_id == "KLAA0001"
    assert desk.add_debit(desk.debit_form("debit-3"), account=other) == "KKAA0001"
    assert desk.account("CA0001").debits_of(TREASURY) == DebitCounts(1, 1)


def test_an_account_sees_its_own_alone(desk: MyPageDesk) -> None:
    other = desk.open_account(id_suffix="CA0001")
    account = desk.open_account()
    debit = desk.added()
    with pytest.raises(DebitAccountGone):
        find_debit_account(desk.begin, other, debit.debit_account_id)
    assert list_debit_accounts(desk.begin, other, TREASURY, Page(50)).accounts == ()
    assert list_debit_accounts(desk.begin, desk.account(), TREASURY, Page(50)).accounts == (debit,)
    assert account.debits_of(TREASURY) == DebitCounts()


@EVERY_KIND
def test_the_last_one_fits_and_one_more_does_not(
    desk: MyPageDesk, store: FakeStore, kind: DebitKind, first: str, limit: int
) -> None:
    with_counts(desk, store, kind, DebitCounts(limit - 1, limit + 5))
    last = desk.added(kind=kind)
    assert last.debit_account_id == f"{first[:4]}{limit + 6:04d}"
    draft, before = desk.debit_form("debit-2"), store.snapshot()
    with pytest.raises(DebitAccountsFull) as refused:
        desk.add_debit(draft, kind)
    assert refused.value.limit == limit
    assert store.snapshot().debit_accounts == before.debit_accounts
    assert store.snapshot().letters == before.letters
    desk.remove_debit(last)
    assert desk.add_debit(draft, kind)


def test_the_form_is_not_even_shown_when_there_is_no_room(desk: MyPageDesk, store: FakeStore) -> None:
    require_room(with_counts(desk, store, LOCAL_TAX, DebitCounts(499, 499)), LOCAL_TAX)
    with pytest.raises(DebitAccountsFull):
        require_room(replace(desk.account(), debits={LOCAL_TAX: DebitCounts(500, 500)}), LOCAL_TAX)


def test_one_that_takes_the_last_place_at_the_same_moment_is_enough(desk: MyPageDesk, store: FakeStore) -> None:
    with_counts(desk, store, LOCAL_TAX, DebitCounts(499, 499))
    ours, theirs = desk.debit_form("debit-1"), desk.debit_form("debit-2")
    store.rivals = [lambda: desk.add_debit(theirs, LOCAL_TAX)]
    with pytest.raises(DebitAccountsFull):
        desk.add_debit(ours, LOCAL_TAX)
    assert desk.counts(LOCAL_TAX) == DebitCounts(500, 500)


def test_two_tabs_at_once_both_get_an_id(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    ours, theirs = desk.debit_form("debit-1"), desk.debit_form("debit-2")
    store.rivals = [lambda: desk.add_debit(theirs)]
    assert desk.add_debit(ours) == "KKAA0002"
    assert held(store) == ["KKAA0001", "KKAA0002"]
    assert len(store.rows.letters) == 2


def test_an_id_that_came_and_went_meanwhile_is_not_used_again(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    ours = desk.debit_form("debit-1")
    store.rivals = [lambda: desk.remove_debit(desk.added("debit-2"))]
    assert desk.add_debit(ours) == "KKAA0002"
    assert desk.counts() == DebitCounts(1, 2)


def test_the_same_form_sent_again_gets_the_same_id(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    draft = desk.debit_form()
    assert desk.add_debit(draft) == "KKAA0001"
    before = store.snapshot()
    assert desk.add_debit(draft) == "KKAA0001"
    assert store.snapshot() == before


def test_two_clicks_at_once_get_the_same_id(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    draft = desk.debit_form()
    store.rivals = [lambda: desk.add_debit(draft)]
    assert desk.add_debit(draft) == "KKAA0001"
    assert held(store) == ["KKAA0001"]
    assert len(store.rows.letters) == 1


def test_after_a_lost_answer_the_same_form_gets_its_id(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    draft = desk.debit_form()
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.add_debit(draft)
    assert desk.add_debit(draft) == "KKAA0001"
    assert held(store) == ["KKAA0001"]


def test_the_last_place_is_the_same_forms_when_it_is_sent_again(desk: MyPageDesk, store: FakeStore) -> None:
    with_counts(desk, store, LOCAL_TAX, DebitCounts(499, 499))
    draft = desk.debit_form()
    assert desk.add_debit(draft, LOCAL_TAX) == desk.add_debit(draft, LOCAL_TAX)


def test_a_form_typed_anew_in_another_tab_is_not_confirmed_by_the_old_page(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    draft = desk.debit_form()
    store.rivals = [lambda: desk.retype(draft, {**draft.values, "account_number": "7654321"})]
    with pytest.raises(SubmissionStale):
        desk.add_debit(draft)
    assert held(store) == []

"""ダイレクト納付口座: changing and removing."""

from dataclasses import replace

import pytest

from chalicelib.domain.debit_accounts import DebitCounts
from chalicelib.domain.letters import LetterName
from chalicelib.domain.refusals import DebitAccountChanged, DebitAccountGone
from chalicelib.ports import StoreUnavailable
from tests.builders import ADDRESS, a_bank_account
from tests.fakes.store import FakeStore, nobody
from tests.usecases.mypage.outbox import Outbox
from tests.usecases.mypage.steps import MyPageDesk


def held(store: FakeStore) -> list[str]:
    return sorted(debit_id for _, debit_id in store.rows.debit_accounts)


def test_a_changed_one_keeps_its_id_and_its_birthday(desk: MyPageDesk) -> None:
    desk.open_account()
    before = desk.added()
    assert desk.change_debit(desk.debit_form("change-1", before, number="7654321")) == before.debit_account_id
    assert desk.debit(before.debit_account_id) == replace(
        before, bank_account=a_bank_account(number="7654321"), version=2
    )
    assert desk.counts() == DebitCounts(1, 1)


def test_the_same_change_sent_again_is_made_once(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    debit = desk.added()
    draft = desk.debit_form("change-1", debit, number="7654321")
    store.rivals = [lambda: desk.change_debit(draft)]
    assert desk.change_debit(draft) == desk.change_debit(draft) == debit.debit_account_id
    assert desk.debit(debit.debit_account_id).version == 2
    assert len(store.rows.letters) == 2


@pytest.mark.parametrize("moment", ["before", "at_the_look", "at_the_command"])
def test_of_two_changes_the_second_is_told(desk: MyPageDesk, store: FakeStore, moment: str) -> None:
    desk.open_account()
    debit = desk.added()
    ours, theirs = (desk.debit_form(name, debit, number=number) for name, number in (("a", "1"), ("b", "2")))
    if moment == "before":
        desk.change_debit(theirs)
    elif moment == "at_the_command":
        store.rivals = [lambda: desk.change_debit(theirs)]
    else:
        store.rivals_at_reads = [*nobody(2), lambda: desk.change_debit(theirs)]
    with pytest.raises(DebitAccountChanged):
        desk.change_debit(ours)
    assert desk.debit(debit.debit_account_id).bank_account.number == "2"
    assert desk.newest(ours).result is None


def test_one_that_was_deleted_is_not_changed(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    debit = desk.added()
    draft = desk.debit_form("change-1", debit)
    desk.remove_debit(debit)
    with pytest.raises(DebitAccountGone):
        desk.change_debit(draft)
    assert held(store) == []


def test_one_that_is_deleted_at_the_same_moment_is_gone(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    debit = desk.added()
    draft = desk.debit_form("change-1", debit)
    store.rivals = [lambda: desk.remove_debit(debit)]
    with pytest.raises(DebitAccountGone):
        desk.change_debit(draft)
    assert held(store) == []
    assert desk.counts() == DebitCounts(0, 1)


def test_of_two_who_delete_the_second_is_told(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    debit = desk.added()
    store.rivals = [lambda: desk.remove_debit(debit, "remove-2")]
    with pytest.raises(DebitAccountGone):
        desk.remove_debit(debit)
    with pytest.raises(DebitAccountGone):
        desk.remove_debit(debit, "remove-3")
    assert desk.counts() == DebitCounts(0, 1)
    assert len(store.rows.letters) == 2


def test_the_same_deletion_sent_again_is_done(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    debit = desk.added()
    store.rivals = [lambda: desk.remove_debit(debit)]
    for _ in range(2):
        desk.remove_debit(debit)
    assert desk.counts() == DebitCounts(0, 1)
    assert len(store.rows.letters) == 2


def test_after_a_lost_answer_the_same_deletion_is_done(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    debit = desk.added()
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.remove_debit(debit)
    desk.remove_debit(debit)
    assert desk.counts() == DebitCounts(0, 1)


@pytest.mark.parametrize("is_late", [False, True])
def test_one_that_was_changed_since_is_not_deleted(desk: MyPageDesk, store: FakeStore, *, is_late: bool) -> None:
    desk.open_account()
    debit = desk.added()
    draft = desk.debit_form("change-1", debit, number="7654321")
    if is_late:
        store.rivals = [lambda: desk.change_debit(draft)]
    else:
        desk.change_debit(draft)
    with pytest.raises(DebitAccountChanged):
        desk.remove_debit(debit)
    assert held(store) == ["KKAA0001"]


def test_one_form_deletes_one(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    first, second = desk.added("debit-1"), desk.added("debit-2")
    desk.remove_debit(first)
    with pytest.raises(DebitAccountChanged):
        desk.remove_debit(second)
    assert held(store) == ["KKAA0002"]


def test_every_change_is_told_to_the_management_address(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account(language="en")
    debit = desk.added()
    desk.change_debit(desk.debit_form("change-1", debit))
    desk.remove_debit(desk.debit(debit.debit_account_id))
    assert posted.names == [(LetterName.DEBIT_ACCOUNT_CHANGED, ADDRESS)] * 3
    assert [letter.facts["change"] for letter in posted.letters] == ["added", "changed", "removed"]
    assert {letter.language for letter in posted.letters} == {"en"}
    assert dict(posted.letters[0].facts) == {
        "payer_id": "KNCA6288",
        "debit_account_id": "KKAA0001",
        "change": "added",
        "changed_at": "2019-09-24T00:55:50+00:00",
    }
    assert desk.mails_to(ADDRESS) == 3

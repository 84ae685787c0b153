"""My Page's debit accounts, addresses and files by many at once: exact limits, no ID twice, one winner."""

from collections.abc import Callable
from functools import partial

import pytest

from chalicelib.capabilities.mypage.usecases_bulk_file import issue_bulk_file
from chalicelib.capabilities.mypage.usecases_profile import ProfileMoved
from chalicelib.domain.accounts import AddressRole
from chalicelib.domain.debit_accounts import DebitCounts, DebitKind
from chalicelib.domain.links import AddressLink
from chalicelib.domain.refusals import (
    AddressFull,
    AddressLinkDead,
    DebitAccountChanged,
    DebitAccountGone,
    DebitAccountsFull,
)
from chalicelib.ports import Begin
from chalicelib.storage.accounts import DRAWN, HELD, AccountRow
from chalicelib.storage.debit_accounts import DebitAccountRow
from chalicelib.storage.letters import LetterRow
from tests.builders import ADDRESS, NEW_ADDRESS, NOW, a_pending_address
from tests.fakes.outside import FakeChance
from tests.races.conftest import at_once
from tests.usecases.mypage.steps import OWN, MyPageDesk

KINDS = pytest.mark.parametrize("kind", DebitKind)
CROWD = 10


@pytest.fixture
def desk(begin: Begin) -> MyPageDesk:
    """Somebody with an account."""
    desk = MyPageDesk(begin, FakeChance())
    desk.open_account()
    return desk


def set_counts(kind: DebitKind, counts: DebitCounts) -> None:
    """As if so many had been added and removed, which would take a while."""
    AccountRow(OWN).update(actions=[HELD[kind].set(counts.held), DRAWN[kind].set(counts.drawn)])


def held() -> list[str]:
    return sorted(row.debit_account_id for row in DebitAccountRow.scan())


def letters() -> int:
    return len(list(LetterRow.scan()))


@KINDS
def test_of_ten_adds_at_once_near_the_limit_exactly_five_get_in(desk: MyPageDesk, kind: DebitKind) -> None:
    set_counts(kind, DebitCounts(kind.limit - 5, kind.limit + 7))
    drafts = [desk.debit_form(f"debit-{number}") for number in range(CROWD)]
    outcomes = at_once([partial(desk.add_debit, draft, kind) for draft in drafts])
    assert outcomes.count(DebitAccountsFull) == 5
    assert sorted(one for one in outcomes if isinstance(one, str)) == held()
    assert len(held()) == letters() == 5
    assert desk.counts(kind) == DebitCounts(kind.limit, kind.limit + 12)


def test_ten_adds_at_once_get_ten_ids(desk: MyPageDesk) -> None:
    drafts = [desk.debit_form(f"debit-{number}") for number in range(CROWD)]
    outcomes = at_once([partial(desk.add_debit, draft) for draft in drafts])
    assert sorted(map(str, outcomes)) == held() == [f"KKAA{number:04d}" for number in range(1, 11)]
    assert desk.counts() == DebitCounts(10, 10)


def test_ten_clicks_on_one_form_add_one(desk: MyPageDesk) -> None:
    draft = desk.debit_form()
    assert at_once([partial(desk.add_debit, draft)] * CROWD) == ["KKAA0001"] * CROWD
    assert (desk.counts(), letters()) == (DebitCounts(1, 1), 1)


def test_of_many_changes_and_deletions_at_once_one_wins(desk: MyPageDesk) -> None:
    debit = desk.added()
    changes = [partial(desk.change_debit, desk.debit_form(f"change-{number}", debit)) for number in range(4)]
    removals = [partial(desk.remove_debit, debit, f"remove-{number}") for number in range(4)]
    outcomes = at_once([*changes, *removals])
    told = [one for one in outcomes if one in {DebitAccountChanged, DebitAccountGone}]
    assert len(told) == 7
    assert letters() == 2
    assert desk.counts() == DebitCounts(len(held()), 1)


def test_adding_and_deleting_at_once_keeps_the_count_true(desk: MyPageDesk) -> None:
    debits = [desk.added(f"debit-{number}") for number in range(4)]
    drafts = [desk.debit_form(f"more-{number}") for number in range(4)]
    removals = [partial(desk.remove_debit, debit, f"remove-{debit.debit_account_id}") for debit in debits]
    at_once([*removals, *(partial(desk.add_debit, draft) for draft in drafts)])
    assert desk.counts() == DebitCounts(4, 8)
    assert held() == [f"KKAA{number:04d}" for number in range(5, 9)]


def test_an_id_that_came_and_went_since_the_form_was_read_is_not_used_again(desk: MyPageDesk) -> None:
    account, draft = desk.account(), desk.debit_form("debit-1")
    desk.remove_debit(desk.added("debit-2"))
    assert desk.add_debit(draft, account=account) == "KKAA0002"
    assert desk.counts() == DebitCounts(1, 2)


def told_of_the_move(desk: MyPageDesk, name: str) -> Callable[[], object]:
    """Edit the profile, as opened before the race."""
    draft = desk.profile_form(name, given_name=name)

    def act() -> object:
        try:
            return desk.change_profile(draft)
        except ProfileMoved:
            return ProfileMoved

    return act


def test_of_many_tabs_that_edit_at_once_one_wins_and_all_others_are_told(desk: MyPageDesk) -> None:
    acts = [told_of_the_move(desk, f"profile-{number}") for number in range(8)]
    outcomes = at_once(acts)
    assert outcomes.count(True) == 1
    assert outcomes.count(ProfileMoved) == 7
    assert desk.account().version == 2


def links(desk: MyPageDesk) -> dict[AddressRole, AddressLink]:
    pending = desk.edit(management_email=NEW_ADDRESS, notification_email="third@example.jp").pending
    return {role: AddressLink(OWN, role, one.mark) for role, one in pending.items()}


def test_both_links_in_many_tabs_at_once_put_both_addresses_in_place_once(desk: MyPageDesk) -> None:
    acts = [
        partial(desk.confirm, link, f"{role}-{number}") for role, link in links(desk).items() for number in range(4)
    ]
    outcomes = at_once(acts)
    assert outcomes.count(True) == 2
    assert outcomes.count(AddressLinkDead) == 6
    account = desk.account()
    assert (account.management_email, account.notification_email) == (NEW_ADDRESS, "third@example.jp")
    assert (desk.accounts_of(ADDRESS), desk.accounts_of(NEW_ADDRESS)) == (0, 1)


def test_the_hundredth_place_of_an_address_is_taken_once(desk: MyPageDesk) -> None:
    suffixes = [f"CA000{number}" for number in range(4)]
    acts = []
    for number, suffix in enumerate(suffixes):
        desk.open_account(id_suffix=suffix, management_email=f"person-{number}@example.jp")
        acts.append(partial(desk.confirm, waiting(desk, suffix), f"confirm-{number}"))
    for _ in range(99):
        with desk.begin() as work:
            work.addresses.count_account(NEW_ADDRESS)
    outcomes = at_once(acts)
    assert (outcomes.count(True), outcomes.count(AddressFull)) == (1, 3)
    assert desk.accounts_of(NEW_ADDRESS) == 100


def waiting(desk: MyPageDesk, id_suffix: str) -> AddressLink:
    """A link of that account to the address that all of them want."""
    before = desk.account(id_suffix)
    pending = a_pending_address(mark=f"mark-{id_suffix}")
    after = before.edited(before.holder, None, {AddressRole.MANAGEMENT: pending}, NOW)
    with desk.begin() as work:
        work.accounts.change_profile(before, after)
    return AddressLink(id_suffix, AddressRole.MANAGEMENT, pending.mark)


def test_of_many_tabs_that_issue_a_file_at_once_one_does_and_it_is_good(desk: MyPageDesk) -> None:
    account = desk.account()
    acts = [partial(issue_bulk_file, desk.begin, account, f"form-{number}", NOW) for number in range(8)]
    assert at_once(acts).count(True) == 1
    assert desk.account().bulk_file.serial == 1

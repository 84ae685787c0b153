"""The link to a new address."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.capabilities.mypage.usecases import Credentials, judge
from chalicelib.domain.accounts import AddressRole
from chalicelib.domain.address_loads import ACCOUNTS_PER_ADDRESS
from chalicelib.domain.letters import LetterName
from chalicelib.domain.links import AddressLink
from chalicelib.domain.refusals import AddressFull, AddressLinkDead, AddressLinkExpired
from chalicelib.ports import StoreUnavailable
from tests.builders import ADDRESS, NEW_ADDRESS, NOW, PAYER_PASSWORD, an_individual
from tests.fakes.store import FakeStore
from tests.usecases.mypage.outbox import Outbox
from tests.usecases.mypage.steps import OWN, SECOND, MyPageDesk, a_visit

DAY = timedelta(hours=24)
THIRD = "third@example.jp"
MANAGEMENT, NOTIFICATION = AddressRole.MANAGEMENT, AddressRole.NOTIFICATION


@pytest.fixture
def link(desk: MyPageDesk, posted: Outbox) -> AddressLink:
    """What was mailed to a new management address, now."""
    desk.open_account()
    desk.edit(management_email=NEW_ADDRESS)
    (link,) = posted.address_links()
    return link


@pytest.fixture
def links(desk: MyPageDesk, posted: Outbox) -> dict[AddressRole, AddressLink]:
    """Those for both addresses."""
    desk.open_account()
    desk.edit(management_email=NEW_ADDRESS, notification_email=THIRD)
    return {link.role: link for link in posted.address_links()}


def test_the_new_address_takes_the_old_ones_place(desk: MyPageDesk, link: AddressLink) -> None:
    before, later = desk.account(), NOW + SECOND
    assert desk.confirm(link, now=later)
    assert desk.account() == replace(
        before, management_email=NEW_ADDRESS, pending={}, changed_at=later, version=before.version + 1
    )


def test_the_old_address_is_told(desk: MyPageDesk, posted: Outbox, link: AddressLink) -> None:
    assert desk.confirm(link)
    letter = posted.only(LetterName.ADDRESS_CHANGED)
    assert letter.to == ADDRESS
    assert dict(letter.facts) == {
        "payer_id": "KNCA6288",
        "role": "management",
        "changed_at": "2019-09-24T00:55:50+00:00",
    }


def test_letters_after_the_change_go_to_the_new_address(desk: MyPageDesk, posted: Outbox, link: AddressLink) -> None:
    assert desk.confirm(link)
    assert desk.change_password()
    assert posted.only(LetterName.PASSWORD_CHANGED).to == NEW_ADDRESS


def test_the_count_of_accounts_moves_along(desk: MyPageDesk, store: FakeStore, link: AddressLink) -> None:
    assert desk.confirm(link)
    assert (desk.accounts_of(ADDRESS), desk.accounts_of(NEW_ADDRESS)) == (0, 1)
    assert sum(store.rows.accounts_of.values()) == 1


def test_another_spelling_of_the_own_address_moves_no_count(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    desk.edit(management_email="TARO@example.jp")
    (link,) = posted.address_links()
    assert desk.confirm(link)
    assert desk.account().management_email == "TARO@example.jp"
    assert desk.accounts_of(ADDRESS) == 1


def test_a_second_address_counts_for_no_account(desk: MyPageDesk, links: dict[AddressRole, AddressLink]) -> None:
    assert desk.confirm(links[NOTIFICATION])
    account = desk.account()
    assert (account.management_email, account.notification_email) == (ADDRESS, THIRD)
    assert (desk.accounts_of(ADDRESS), desk.accounts_of(THIRD)) == (1, 0)


@pytest.mark.parametrize("first", AddressRole)
def test_each_address_is_confirmed_by_its_own_link(
    desk: MyPageDesk, links: dict[AddressRole, AddressLink], first: AddressRole
) -> None:
    order = [first, *(role for role in AddressRole if role is not first)]
    for number, role in enumerate(order):
        assert desk.confirm(links[role], f"confirm-{number}")
    account = desk.account()
    assert (account.management_email, account.notification_email) == (NEW_ADDRESS, THIRD)


def test_a_link_does_not_confirm_the_other_role(desk: MyPageDesk, links: dict[AddressRole, AddressLink]) -> None:
    with pytest.raises(AddressLinkDead):
        desk.confirm(replace(links[MANAGEMENT], role=NOTIFICATION))


def test_both_confirmed_at_the_same_moment_are_both_in_place(
    desk: MyPageDesk, store: FakeStore, links: dict[AddressRole, AddressLink]
) -> None:
    store.rivals = [lambda: desk.confirm(links[NOTIFICATION], "confirm-2")]
    assert desk.confirm(links[MANAGEMENT])
    account = desk.account()
    assert (account.management_email, account.notification_email) == (NEW_ADDRESS, THIRD)


def test_an_edit_at_the_same_moment_is_kept_beside_the_new_address(
    desk: MyPageDesk, store: FakeStore, links: dict[AddressRole, AddressLink]
) -> None:
    draft = desk.profile_form("profile-2", given_name="次郎", management_email=NEW_ADDRESS, notification_email="")
    store.rivals = [lambda: desk.change_profile(draft)]
    with pytest.raises(AddressLinkDead):
        desk.confirm(links[NOTIFICATION])
    account = desk.account()
    assert (account.holder, account.notification_email) == (an_individual(given_name="次郎"), None)


def test_a_full_address_takes_no_account_more(desk: MyPageDesk, store: FakeStore, link: AddressLink) -> None:
    store.rows.accounts_of[NEW_ADDRESS] = ACCOUNTS_PER_ADDRESS
    before = store.snapshot()
    with pytest.raises(AddressFull):
        desk.confirm(link)
    assert store.snapshot() == before
    store.rows.accounts_of[NEW_ADDRESS] -= 1
    assert desk.confirm(link)
    assert desk.accounts_of(NEW_ADDRESS) == ACCOUNTS_PER_ADDRESS


def test_a_full_address_costs_no_try(desk: MyPageDesk, store: FakeStore, link: AddressLink) -> None:
    store.rows.accounts_of[NEW_ADDRESS] = ACCOUNTS_PER_ADDRESS
    account = desk.account()
    for _ in range(6):
        assert judge(desk.begin, desk.hasher, Credentials(OWN, PAYER_PASSWORD), a_visit(), lambda _: account)
        with pytest.raises(AddressFull):
            desk.confirm(link)
    assert desk.sign_in()


def test_a_full_address_is_still_a_second_address(
    desk: MyPageDesk, store: FakeStore, links: dict[AddressRole, AddressLink]
) -> None:
    store.rows.accounts_of[THIRD] = ACCOUNTS_PER_ADDRESS
    assert desk.confirm(links[NOTIFICATION])


def test_the_link_lives_24_hours_to_the_second(desk: MyPageDesk, link: AddressLink) -> None:
    with pytest.raises(AddressLinkExpired):
        desk.confirm(link, now=NOW + DAY)
    assert desk.confirm(link, now=NOW + DAY - SECOND)


def test_the_link_works_once(desk: MyPageDesk, link: AddressLink) -> None:
    assert desk.confirm(link)
    with pytest.raises(AddressLinkDead):
        desk.confirm(link, "confirm-2")


def test_the_same_form_sent_again_is_done(desk: MyPageDesk, store: FakeStore, link: AddressLink) -> None:
    assert desk.confirm(link)
    before = store.snapshot()
    assert not desk.confirm(link)
    assert store.snapshot() == before


def test_two_clicks_at_once_confirm_once(desk: MyPageDesk, store: FakeStore, link: AddressLink) -> None:
    store.rivals = [lambda: desk.confirm(link)]
    assert desk.confirm(link)
    assert (desk.accounts_of(ADDRESS), desk.accounts_of(NEW_ADDRESS)) == (0, 1)
    assert desk.account().version == 3


def test_of_two_tabs_at_once_the_second_is_told(desk: MyPageDesk, store: FakeStore, link: AddressLink) -> None:
    store.rivals = [lambda: desk.confirm(link, "confirm-2")]
    with pytest.raises(AddressLinkDead):
        desk.confirm(link)
    assert (desk.accounts_of(ADDRESS), desk.accounts_of(NEW_ADDRESS)) == (0, 1)


def test_after_a_lost_answer_the_same_form_is_done(desk: MyPageDesk, store: FakeStore, link: AddressLink) -> None:
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.confirm(link)
    assert not desk.confirm(link)
    assert desk.account().management_email == NEW_ADDRESS


def test_a_password_changed_at_the_same_moment_kills_the_link(
    desk: MyPageDesk, store: FakeStore, link: AddressLink
) -> None:
    account = desk.account()
    store.rivals = [lambda: desk.set_password(account)]
    with pytest.raises(AddressLinkDead):
        desk.confirm(link)
    assert desk.account().management_email == ADDRESS
    assert desk.accounts_of(NEW_ADDRESS) == 0


def test_confirming_clears_the_count_of_wrong_passwords(desk: MyPageDesk, link: AddressLink) -> None:
    desk.guess(4)
    assert desk.confirm(link)
    desk.guess(4)
    assert desk.sign_in()


def test_nobody_confirms_for_an_account_that_is_not_there(desk: MyPageDesk, link: AddressLink) -> None:
    assert link.id_suffix == OWN
    with pytest.raises(AddressLinkDead):
        desk.confirm(replace(link, id_suffix="ZZ0000"))

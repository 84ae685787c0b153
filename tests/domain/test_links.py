"""Links of My Page: when they open something, and what their letters keep of them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts import Account, AddressRole
from chalicelib.domain.links import (
    RESET_LINK_LIFETIME,
    AddressLink,
    ResetLink,
    address_link_in,
    address_mark,
    reset_link_in,
)
from chalicelib.domain.refusals import AddressLinkDead, AddressLinkExpired, ResetLinkDead, ResetLinkExpired
from tests.builders import ADDRESS, NEW_ADDRESS, NOW, a_pending_address, an_account

SECOND = timedelta(seconds=1)
DAY = timedelta(hours=24)
RESET = ResetLink("CA6288", 1, address_mark(ADDRESS), NOW)
CONFIRM = AddressLink("CA6288", AddressRole.MANAGEMENT, "mark-1")
WAITING = an_account(pending={AddressRole.MANAGEMENT: a_pending_address()})


@pytest.mark.parametrize("now", [NOW, NOW + timedelta(minutes=30) - SECOND])
def test_a_reset_link_opens_its_account_for_half_an_hour(now: datetime) -> None:
    assert RESET.require_open(an_account(), now) == an_account()
    assert timedelta(minutes=30) == RESET_LINK_LIFETIME


@pytest.mark.parametrize("late", [timedelta(0), SECOND, DAY])
def test_a_reset_link_is_dead_from_its_last_second(late: timedelta) -> None:
    with pytest.raises(ResetLinkExpired):
        RESET.require_open(an_account(), NOW + RESET_LINK_LIFETIME + late)


@pytest.mark.parametrize(
    "account",
    [
        None,
        an_account().with_payer_password("$quick$new", NOW),
        an_account(epoch=0),
        an_account(management_email=NEW_ADDRESS),
        WAITING.with_confirmed(AddressRole.MANAGEMENT, NOW),
    ],
    ids=["gone", "password set since", "of another epoch", "other address", "address confirmed since"],
)
def test_a_reset_link_dies_with_the_password_and_the_address_it_was_made_for(account: Account | None) -> None:
    with pytest.raises(ResetLinkDead):
        RESET.require_open(account, NOW)


def test_a_reset_link_that_is_late_is_late_whatever_became_of_its_account() -> None:
    for account in (None, an_account(epoch=9), an_account(management_email=NEW_ADDRESS)):
        with pytest.raises(ResetLinkExpired):
            RESET.require_open(account, NOW + RESET_LINK_LIFETIME)


@pytest.mark.parametrize(
    "account",
    [
        an_account(management_email="TARO@Example.JP"),
        an_account(notification_email=NEW_ADDRESS),
        an_account(version=9),
        an_account(filer_password_hash="$quick$new"),
        WAITING,
    ],
    ids=["same address otherwise written", "notices", "edited", "filer password", "an address waits"],
)
def test_a_reset_link_outlives_what_does_not_concern_it(account: Account) -> None:
    assert RESET.require_open(account, NOW) == account


@pytest.mark.parametrize("now", [NOW, NOW + DAY - SECOND])
def test_an_address_link_opens_its_account_for_a_day(now: datetime) -> None:
    assert CONFIRM.require_open(WAITING, now) == WAITING


@pytest.mark.parametrize("late", [timedelta(0), SECOND, DAY])
def test_an_address_link_is_dead_from_its_last_second(late: timedelta) -> None:
    with pytest.raises(AddressLinkExpired):
        CONFIRM.require_open(WAITING, NOW + DAY + late)


@pytest.mark.parametrize(
    "account",
    [
        None,
        an_account(),
        an_account(pending={AddressRole.MANAGEMENT: a_pending_address(mark="mark-2")}),
        an_account(pending={AddressRole.NOTIFICATION: a_pending_address()}),
        WAITING.with_confirmed(AddressRole.MANAGEMENT, NOW),
        WAITING.with_payer_password("$quick$new", NOW),
    ],
    ids=["gone", "nobody waits", "a newer one", "another role", "used", "password set since"],
)
@pytest.mark.parametrize("now", [NOW, NOW + DAY])
def test_an_address_link_dies_with_what_waits_for_it(account: Account | None, now: datetime) -> None:
    with pytest.raises(AddressLinkDead):
        CONFIRM.require_open(account, now)


@pytest.mark.parametrize("role", list(AddressRole))
def test_each_of_two_addresses_waits_for_its_own_link(role: AddressRole) -> None:
    account = an_account(pending={one: a_pending_address(mark=f"mark-of-{one}") for one in AddressRole})
    assert AddressLink("CA6288", role, f"mark-of-{role}").require_open(account, NOW) == account


@given(st.builds(ResetLink, st.text(), st.integers(1), st.text(), st.just(NOW)))
def test_a_letter_keeps_a_reset_link_whole(link: ResetLink) -> None:
    assert reset_link_in(link.facts()) == link


def test_the_letter_of_a_reset_link_says_when_it_ends() -> None:
    assert RESET.facts()["expires_at"] == "2019-09-24T01:25:50+00:00"


@pytest.mark.parametrize("role", list(AddressRole))
def test_a_letter_keeps_an_address_link_whole(role: AddressRole) -> None:
    link = replace(CONFIRM, role=role)
    assert address_link_in(link.facts()) == link


def test_facts_are_plain_strings() -> None:
    assert all(type(fact) is str for link in (RESET, CONFIRM) for fact in link.facts().values())


@pytest.mark.parametrize("spelling", ["TARO@EXAMPLE.JP", "ｔａｒｏ@example.jp", '"taro"@example.jp'])
def test_the_mark_of_an_address_is_one_however_it_is_spelled(spelling: str) -> None:
    assert address_mark(spelling) == address_mark(ADDRESS)


def test_the_mark_of_an_address_does_not_show_it() -> None:
    assert address_mark(NEW_ADDRESS) != address_mark(ADDRESS)
    assert len(address_mark(ADDRESS)) == 16
    assert "taro" not in address_mark(ADDRESS)

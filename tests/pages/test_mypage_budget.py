"""How many calls of DynamoDB each request of My Page makes, whatever the account holds."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.accounts import Account
from chalicelib.domain.debit_accounts import DebitKind
from tests.builders import ADDRESS, PAYER_PASSWORD
from tests.pages.mypage_steps import (
    BANK,
    HOME,
    NEW_PASSWORD,
    TREASURY,
    WRONG,
    hold,
    sign_in,
    store_account,
    try_to_sign_in,
)
from tests.pages.portal import LOCAL, OpenPortal, opened
from tests.pages.visitor import Visitor
from tests.tables import begin_on_tables, empty_tables

MOST_FOR_A_PAGE = 3


def _calls(portal: OpenPortal, function: str) -> int:
    return max(int(line["calls"]) for line in portal.lines if line.get("function") == function)


def _signed_in(portal: OpenPortal) -> tuple[Visitor, Account]:
    visitor = Visitor(portal)
    account = store_account(portal)
    sign_in(visitor, account)
    return visitor, account


def test_no_page_behind_the_sign_in_makes_more_than_three_calls(metered: OpenPortal) -> None:
    visitor, account = _signed_in(metered)
    for kind in DebitKind:
        hold(metered, account, kind, 3)
    del metered.lines[:]
    pages = (
        HOME,
        "/mypage/profile",
        "/mypage/filer-password",
        TREASURY,
        f"{TREASURY}/new",
        f"{TREASURY}/KKAA0001",
        f"{TREASURY}/KKAA0001/change",
        f"{TREASURY}/KKAA0001/delete",
        "/mypage/bulk-payment-file",
        "/mypage/sign-ins",
        "/mypage/password",
    )
    for path in pages:
        visitor.get(path)
    assert max(line["calls"] for line in metered.lines) <= MOST_FOR_A_PAGE
    assert _calls(metered, "show_home") == MOST_FOR_A_PAGE
    assert _calls(metered, "show_profile") == 1


def _cost_of_list(number: int) -> list[tuple[int, bool]]:
    empty_tables()
    with opened(LOCAL, begin_on_tables()) as portal:
        visitor, account = _signed_in(portal)
        hold(portal, account, DebitKind.TREASURY, number)
        del portal.lines[:]
        visitor.get(HOME)
        visitor.get(TREASURY)
        return [(line["calls"], line["units"] < 10) for line in portal.lines]


def test_lists_of_any_length_cost_the_same_calls(metered: OpenPortal) -> None:
    assert _cost_of_list(2) == _cost_of_list(120)


def test_what_is_sent_makes_the_calls_it_was_designed_to_make(metered: OpenPortal) -> None:
    visitor, _ = _signed_in(metered)
    assert _calls(metered, "post_sign_in") == 4
    visitor.get("/mypage/profile")
    visitor.submit("/mypage/profile", family_name="鶴")
    assert _calls(metered, "post_profile") == 2
    visitor.submit("/mypage/profile/check")
    assert _calls(metered, "post_profile_check") == 3
    visitor.get(f"{TREASURY}/new")
    visitor.submit(f"{TREASURY}/new", **BANK)
    visitor.submit(f"{TREASURY}/check")
    assert _calls(metered, "post_debit_account_check") == 3


Past = Callable[[OpenPortal], None]


def _unknown(_: OpenPortal) -> None:
    """Nobody has the ID."""


def _known(portal: OpenPortal) -> None:
    store_account(portal)


def _locked(portal: OpenPortal) -> None:
    store_account(portal)
    for _ in range(5):
        try_to_sign_in(Visitor(portal), "KNCA6288", WRONG)


def _unknown_and_locked(portal: OpenPortal) -> None:
    for _ in range(5):
        try_to_sign_in(Visitor(portal), "KNCA6288", WRONG)


@pytest.mark.parametrize("past", [_unknown, _known, _locked, _unknown_and_locked])
def test_a_refused_sign_in_costs_the_same_whoever_it_is(metered: OpenPortal, past: Past) -> None:
    past(metered)
    del metered.lines[:]
    try_to_sign_in(Visitor(metered), "KNCA6288", WRONG)
    assert _calls(metered, "post_sign_in") == 3


@pytest.mark.parametrize(("past", "address"), [(_unknown, ADDRESS), (_known, ADDRESS), (_known, "else@example.jp")])
def test_asking_for_a_link_costs_the_same_whoever_it_is(metered: OpenPortal, past: Past, address: str) -> None:
    past(metered)
    visitor = Visitor(metered)
    visitor.get("/mypage/password-reset")
    visitor.submit("/mypage/password-reset", payer_id="KNCA6288", management_email=address)
    assert _calls(metered, "post_reset") == 2


def test_changing_the_password_makes_three_calls(metered: OpenPortal) -> None:
    store_account(metered)
    visitor = Visitor(metered)
    visitor.get("/mypage/password")
    typed: dict[str, Any] = {"current_password": PAYER_PASSWORD, "new_password": NEW_PASSWORD}
    visitor.submit("/mypage/password", payer_id="KNCA6288", new_password_confirmation=NEW_PASSWORD, **typed)
    assert _calls(metered, "post_password_change") == 3

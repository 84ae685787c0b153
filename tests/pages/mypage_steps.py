"""What people do in My Page, one screen a function."""

from dataclasses import replace
from typing import Any

from chalicelib.domain.accounts import Account
from chalicelib.domain.debit_accounts import DebitCounts, DebitKind, debit_account_id
from tests.builders import PAYER_PASSWORD, a_debit_account, an_account
from tests.pages.portal import OpenPortal
from tests.pages.visitor import Shown, Visitor

LOGIN, HOME = "/mypage/login", "/mypage"
TREASURY, LOCAL_TAX = "/mypage/treasury-accounts", "/mypage/local-tax-accounts"
NEW_PASSWORD = "eleven quiet lanterns on a hill"
WRONG = "wrong password of nobody"
BANK: dict[str, Any] = {
    "holder_kana": "カナリヤマ ハナコ",
    "bank_name": "0001",
    "branch_name": "001",
    "deposit_type": "ordinary",
    "account_number": "1234567",
}


def store_account(portal: OpenPortal, **other: Any) -> Account:
    """An account that signs in with `PAYER_PASSWORD`, its password set just now."""
    account = an_account(**{"password_set_at": portal.clock.now, "created_at": portal.clock.now, **other})
    with portal.world().begin() as work:
        work.accounts.add(account)
    return account


def stored(portal: OpenPortal, account: Account) -> Account:
    """The account as it is stored now."""
    with portal.world().begin() as work:
        found = work.accounts.find(account.id_suffix)
    assert found is not None
    return found


def hold(portal: OpenPortal, account: Account, kind: DebitKind, number: int) -> None:
    """Let the account hold so many debit accounts of a kind."""
    for position in range(number):
        debit = replace(a_debit_account(kind), debit_account_id=debit_account_id(kind, position + 1))
        with portal.world().begin() as work:
            work.debit_accounts.add(account.id_suffix, debit, DebitCounts(position, position))


def try_to_sign_in(visitor: Visitor, payer_id: str, password: str, *, expect: int = 422) -> Shown:
    """Fill in マイページログイン."""
    visitor.get(LOGIN)
    return visitor.submit(LOGIN, payer_id=payer_id, payer_password=password, expect=expect)


def sign_in(visitor: Visitor, account: Account, password: str = PAYER_PASSWORD) -> Shown:
    """To My Page."""
    return try_to_sign_in(visitor, account.payer_id, password, expect=200)


def signed_in(visitor: Visitor, **other: Any) -> Account:
    """Somebody with an account, signed in."""
    account = store_account(visitor.portal, **other)
    sign_in(visitor, account)
    return account


def add_debit_account(visitor: Visitor, path: str = TREASURY, **other: Any) -> Shown:
    """To the detail page of a new one."""
    visitor.get(f"{path}/new")
    visitor.submit(f"{path}/new", **{**BANK, **other})
    return visitor.submit(f"{path}/check")

"""利用者: what every store promises."""

import pytest

from chalicelib.domain.accounts import Account
from chalicelib.domain.refusals import UserIdTaken
from chalicelib.ports import Begin
from tests.builders import a_corporation, a_grown_account, an_account


@pytest.mark.parametrize(
    "account",
    [
        an_account(),
        an_account(holder=a_corporation(), language="en", notification_email="notice@example.jp"),
        a_grown_account(),
    ],
    ids=["individual", "corporation with a second address", "grown"],
)
def test_an_account_is_found_as_it_was_added(begin: Begin, account: Account) -> None:
    with begin() as work:
        assert work.accounts.find("CA6288") is None
        work.accounts.add(account)
    with begin() as work:
        assert work.accounts.find("CA6288") == account


def test_a_suffix_is_given_once(begin: Begin) -> None:
    first = an_account()
    with begin() as work:
        work.accounts.add(first)
    with pytest.raises(UserIdTaken), begin() as work:
        work.accounts.add(an_account(management_email="jiro@example.jp"))
    with begin() as work:
        assert work.accounts.find("CA6288") == first
        assert work.accounts.find("CA6289") is None

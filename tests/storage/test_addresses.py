"""What each mail address has had: what every store promises."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.address_loads import ACCOUNTS_PER_ADDRESS, MAILS_PER_ADDRESS_AND_HOUR, AddressLoad
from chalicelib.domain.refusals import AccountsLimitReached, MailLimitReached
from chalicelib.ports import Begin
from tests.builders import ADDRESS, NEW_ADDRESS, NOW

HOUR_BEGINS = datetime(2019, 9, 24, 0, 0, 0, tzinfo=UTC)
LAST_SECOND = datetime(2019, 9, 24, 0, 59, 59, tzinfo=UTC)
NEXT_HOUR = datetime(2019, 9, 24, 1, 0, 0, tzinfo=UTC)


def load(begin: Begin, address: str = ADDRESS, now: datetime = NOW) -> AddressLoad:
    with begin() as work:
        return work.addresses.load(address, now)


def count_mails(begin: Begin, times: int, now: datetime = NOW) -> None:
    for _ in range(times):
        with begin() as work:
            work.addresses.count_mail(ADDRESS, now)


def count_accounts(begin: Begin, times: int) -> None:
    for _ in range(times):
        with begin() as work:
            work.addresses.count_account(ADDRESS)


def test_an_unknown_address_has_had_nothing(begin: Begin) -> None:
    assert load(begin) == AddressLoad(0, 0)


def test_accounts_and_mails_are_counted_apart(begin: Begin) -> None:
    count_accounts(begin, 2)
    count_mails(begin, 3)
    assert load(begin) == AddressLoad(accounts=2, mails_this_hour=3)


def test_both_are_counted_in_one_command(begin: Begin) -> None:
    with begin() as work:
        work.addresses.count_account(ADDRESS)
        work.addresses.count_due_mail(ADDRESS, NOW)
    assert load(begin) == AddressLoad(1, 1)


@pytest.mark.parametrize("spelling", ["TARO@EXAMPLE.JP", '"taro"@example.jp', "ｔａｒｏ@example.jp"])
def test_an_address_is_one_however_it_is_spelled(begin: Begin, spelling: str) -> None:
    count_accounts(begin, 1)
    count_mails(begin, 1)
    assert load(begin, spelling) == AddressLoad(1, 1)


def test_other_addresses_are_others(begin: Begin) -> None:
    count_accounts(begin, 1)
    count_mails(begin, 1)
    assert load(begin, "jiro@example.jp") == AddressLoad(0, 0)


def test_the_hundredth_account_fits_and_the_next_does_not(begin: Begin) -> None:
    count_accounts(begin, ACCOUNTS_PER_ADDRESS)
    assert load(begin).is_full
    with pytest.raises(AccountsLimitReached):
        count_accounts(begin, 1)
    assert load(begin).accounts == ACCOUNTS_PER_ADDRESS == 100


def test_the_twentieth_mail_fits_and_the_next_does_not(begin: Begin) -> None:
    count_mails(begin, MAILS_PER_ADDRESS_AND_HOUR - 1)
    assert load(begin).may_be_mailed
    count_mails(begin, 1)
    assert not load(begin).may_be_mailed
    with pytest.raises(MailLimitReached):
        count_mails(begin, 1)
    assert load(begin).mails_this_hour == MAILS_PER_ADDRESS_AND_HOUR == 20


def test_an_hour_ends_at_the_full_hour(begin: Begin) -> None:
    count_mails(begin, 1, HOUR_BEGINS)
    count_mails(begin, MAILS_PER_ADDRESS_AND_HOUR - 1, LAST_SECOND)
    with pytest.raises(MailLimitReached):
        count_mails(begin, 1, LAST_SECOND)
    count_mails(begin, 1, NEXT_HOUR)
    assert load(begin, now=NEXT_HOUR).mails_this_hour == 1
    assert load(begin, now=HOUR_BEGINS).mails_this_hour == MAILS_PER_ADDRESS_AND_HOUR


def test_the_same_hour_of_another_day_is_another_hour(begin: Begin) -> None:
    count_mails(begin, 1)
    assert load(begin, now=NOW + timedelta(days=1)).mails_this_hour == 0


def test_a_due_mail_is_counted_beyond_the_limit_and_uses_up_the_allowance(begin: Begin) -> None:
    count_mails(begin, MAILS_PER_ADDRESS_AND_HOUR - 1)
    for _ in range(2):
        with begin() as work:
            work.addresses.count_due_mail(ADDRESS, NOW)
    assert load(begin).mails_this_hour == MAILS_PER_ADDRESS_AND_HOUR + 1
    with pytest.raises(MailLimitReached):
        count_mails(begin, 1)


def test_an_account_that_is_released_makes_room_for_another(begin: Begin) -> None:
    count_accounts(begin, ACCOUNTS_PER_ADDRESS)
    with begin() as work:
        work.addresses.release_account("TARO@example.jp")
    assert load(begin).accounts == ACCOUNTS_PER_ADDRESS - 1
    count_accounts(begin, 1)
    with pytest.raises(AccountsLimitReached):
        count_accounts(begin, 1)


def test_an_account_moves_from_one_address_to_another_in_one_command(begin: Begin) -> None:
    count_accounts(begin, 3)
    with begin() as work:
        work.addresses.release_account(ADDRESS)
        work.addresses.count_account(NEW_ADDRESS)
    assert (load(begin).accounts, load(begin, NEW_ADDRESS).accounts) == (2, 1)


@pytest.mark.parametrize("had", [0, MAILS_PER_ADDRESS_AND_HOUR - 2])
def test_two_mails_are_counted_at_once_while_both_fit(begin: Begin, had: int) -> None:
    count_mails(begin, had)
    with begin() as work:
        work.addresses.count_mail(ADDRESS, NOW, mails=2)
    assert load(begin).mails_this_hour == had + 2


@pytest.mark.parametrize("had", [MAILS_PER_ADDRESS_AND_HOUR - 1, MAILS_PER_ADDRESS_AND_HOUR])
def test_of_two_mails_none_is_counted_when_only_one_fits(begin: Begin, had: int) -> None:
    count_mails(begin, had)
    with pytest.raises(MailLimitReached), begin() as work:
        work.addresses.count_mail(ADDRESS, NOW, mails=2)
    assert load(begin).mails_this_hour == had

"""The lists of ダイレクト納付口座, a page at a time: what every store promises."""

import pytest

from chalicelib.domain.debit_accounts import DebitAccount, DebitCounts, DebitKind, DebitPage
from chalicelib.ports import Begin
from chalicelib.storage.connection import meter
from tests.builders import a_debit_account, an_account

SUFFIX = "CA6288"
KINDS = list(DebitKind)
MANY = 45
# Their IDs go from AA9800 to AB0020: the letters move on in the middle.
POSITIONS = [9800 + 5 * number for number in range(MANY)]


def fill(begin: Begin, kind: DebitKind, count: int, id_suffix: str = SUFFIX) -> list[DebitAccount]:
    """So many of the kind, the newest first, so that their order is not that in which they came."""
    debit_accounts = [a_debit_account(kind, position) for position in POSITIONS[:count]]
    for drawn, one in enumerate(reversed(debit_accounts)):
        with begin() as work:
            work.debit_accounts.add(id_suffix, one, DebitCounts(drawn, drawn))
    return debit_accounts


@pytest.fixture(autouse=True)
def accounts(begin: Begin) -> None:
    """Two of them."""
    with begin() as work:
        work.accounts.add(an_account())
        work.accounts.add(an_account(id_suffix="CA6289"))


def page(
    begin: Begin, kind: DebitKind, limit: int, *, after: str | None = None, before: str | None = None
) -> DebitPage:
    with begin() as work:
        return work.debit_accounts.page(SUFFIX, kind, limit, after=after, before=before)


def there_and_back(begin: Begin, kind: DebitKind, limit: int) -> tuple[list[DebitPage], list[DebitPage]]:
    """Every page to the end of the list, and from there every page to its beginning, in the order of the list."""
    there = [page(begin, kind, limit)]
    while there[-1].after:
        there.append(page(begin, kind, limit, after=there[-1].after))
    back = [there[-1]]
    while back[0].before:
        back.insert(0, page(begin, kind, limit, before=back[0].before))
    return there, back


def accounts_on(pages: list[DebitPage]) -> list[DebitAccount]:
    return [account for one in pages for account in one.accounts]


def test_pages_lose_and_repeat_nothing_there_and_back_at_every_size(begin: Begin) -> None:
    in_order = {kind: fill(begin, kind, MANY) for kind in KINDS}
    for kind, debit_accounts in in_order.items():
        for limit in (1, 2, 7, 9, 10, 20, MANY - 1, MANY, MANY + 1):
            there, back = there_and_back(begin, kind, limit)
            assert accounts_on(there) == accounts_on(back) == debit_accounts
            assert there == back or MANY % limit


def test_an_empty_list_is_one_page_that_leads_nowhere(begin: Begin) -> None:
    fill(begin, DebitKind.LOCAL_TAX, 1)
    assert page(begin, DebitKind.TREASURY, 20) == DebitPage(())


def test_a_list_that_fits_leads_nowhere(begin: Begin) -> None:
    debit_accounts = fill(begin, DebitKind.TREASURY, 3)
    assert page(begin, DebitKind.TREASURY, 3) == DebitPage(tuple(debit_accounts))


def test_a_page_in_the_middle_leads_both_ways(begin: Begin) -> None:
    first, second, third = fill(begin, DebitKind.TREASURY, 3)
    middle = DebitPage((second,), before=second.debit_account_id, after=second.debit_account_id)
    assert page(begin, DebitKind.TREASURY, 1, after=first.debit_account_id) == middle
    assert page(begin, DebitKind.TREASURY, 1, before=third.debit_account_id) == middle


def test_nobody_sees_the_list_of_another(begin: Begin) -> None:
    fill(begin, DebitKind.TREASURY, 3, "CA6289")
    assert page(begin, DebitKind.TREASURY, 20) == DebitPage(())


def test_a_page_goes_on_though_the_one_it_begins_behind_was_removed(begin: Begin) -> None:
    first, second, third = fill(begin, DebitKind.TREASURY, 3)
    for removed in (first, third):
        with begin() as work:
            work.debit_accounts.remove(SUFFIX, removed)
    assert page(begin, DebitKind.TREASURY, 20, after=first.debit_account_id).accounts == (second,)
    assert page(begin, DebitKind.TREASURY, 20, before=third.debit_account_id).accounts == (second,)


def test_a_page_is_one_call_and_costs_the_same_however_many_there_are(stored: Begin) -> None:
    costs = []
    for more in (3, MANY):
        with stored() as work:
            work.accounts.add(an_account(id_suffix=f"CA{more:04d}"))
        fill(stored, DebitKind.TREASURY, more, f"CA{more:04d}")
        meter.reset()
        with stored() as work:
            shown = work.debit_accounts.page(f"CA{more:04d}", DebitKind.TREASURY, 2)
        costs.append((meter.calls, meter.units))
        assert len(shown.accounts) == 2
    assert costs[0] == costs[1]
    assert costs[0][0] == 1

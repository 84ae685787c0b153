"""ログイン履歴 and known browsers: what every store promises."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.accounts import Account
from chalicelib.domain.sign_ins import SIGN_INS_KEPT, Origin, SignIn, SignInPage, SignInResult
from chalicelib.ports import Begin
from chalicelib.storage.connection import meter
from tests.builders import NOW, a_sign_in, an_account

SECOND = timedelta(seconds=1)
KNOWN, UNKNOWN = "CA6288", "ZZ9999"
BROWSER = "browser-1"


def noted(begin: Begin, *sign_ins: SignIn, id_suffix: str = KNOWN) -> list[SignIn]:
    for sign_in in sign_ins:
        with begin() as work:
            work.sign_ins.add(id_suffix, sign_in)
    return list(sign_ins)


def page(
    begin: Begin, limit: int = 20, now: datetime = NOW, after: str | None = None, id_suffix: str = KNOWN
) -> SignInPage:
    with begin() as work:
        return work.sign_ins.page(id_suffix, limit, now, after)


def listed(begin: Begin, limit: int = 20, id_suffix: str = KNOWN) -> list[SignIn]:
    """Every page in turn."""
    shown = page(begin, limit, id_suffix=id_suffix)
    sign_ins = list(shown.sign_ins)
    while shown.after:
        shown = page(begin, limit, after=shown.after, id_suffix=id_suffix)
        sign_ins += shown.sign_ins
    return sign_ins


def look_up(begin: Begin, id_suffix: str = KNOWN, browser: str = BROWSER) -> tuple[Account | None, bool]:
    with begin() as work:
        return work.sign_ins.look_up(id_suffix, browser)


def remember(begin: Begin, id_suffix: str = KNOWN, browser: str = BROWSER) -> None:
    with begin() as work:
        work.sign_ins.remember_browser(id_suffix, browser, NOW)


def tries(count: int, apart: timedelta = timedelta(hours=7)) -> list[SignIn]:
    """Newest first."""
    results = [SignInResult.SIGNED_IN, SignInResult.WRONG_PASSWORD, SignInResult.PASSWORD_EXPIRED]
    return [a_sign_in(at=NOW - apart * number, result=results[number % 3]) for number in range(count)]


def test_without_tries_there_is_an_empty_page(begin: Begin) -> None:
    assert page(begin) == SignInPage((), None)


def test_a_try_is_listed_as_it_was_noted(begin: Begin) -> None:
    (one,) = noted(begin, a_sign_in(origin=Origin("2001:db8::x", "", "Linux"), result=SignInResult.PASSWORD_EXPIRED))
    assert page(begin) == SignInPage((one,), None)


def test_the_newest_try_comes_first_in_whatever_order_they_came(begin: Begin) -> None:
    newest_first = tries(5)
    noted(begin, *newest_first[::2], *newest_first[1::2])
    assert listed(begin) == newest_first


def test_two_tries_in_one_second_are_two(begin: Begin) -> None:
    both = noted(begin, a_sign_in(result=SignInResult.WRONG_PASSWORD), a_sign_in())
    assert sorted(listed(begin), key=lambda one: one.result) == sorted(both, key=lambda one: one.result)


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8])
def test_pages_lose_and_repeat_nothing(begin: Begin, limit: int) -> None:
    newest_first = noted(begin, *tries(7))
    assert listed(begin, limit) == newest_first


def test_a_page_that_is_just_full_is_the_last(begin: Begin) -> None:
    noted(begin, *tries(3))
    assert page(begin, limit=3).after is None
    assert page(begin, limit=2).after is not None


def test_tries_that_come_between_two_pages_move_nothing(begin: Begin) -> None:
    older = noted(begin, *tries(4))
    first = page(begin, limit=2)
    noted(begin, a_sign_in(at=NOW + SECOND))
    assert [*first.sign_ins, *page(begin, limit=9, after=first.after).sign_ins] == older


def test_a_try_is_listed_for_ninety_days_and_not_a_second_longer(begin: Begin) -> None:
    (one,) = noted(begin, a_sign_in())
    assert page(begin, now=NOW + SIGN_INS_KEPT - SECOND).sign_ins == (one,)
    assert page(begin, now=NOW + SIGN_INS_KEPT).sign_ins == ()
    assert timedelta(days=90) == SIGN_INS_KEPT


@pytest.mark.parametrize("after", ["0", "\u00e9", "~~~", "x" * 5000, "2019", "no moment"])
def test_whatever_text_is_asked_for_as_a_page_is_answered(begin: Begin, after: str) -> None:
    noted(begin, *tries(3))
    assert set(page(begin, after=after).sign_ins) <= set(tries(3))


def test_a_page_asked_for_again_after_ninety_days_is_empty(begin: Begin) -> None:
    noted(begin, *tries(3))
    asked = page(begin, limit=1).after
    assert page(begin, now=NOW + 2 * SIGN_INS_KEPT, after=asked) == SignInPage((), None)


def test_tries_at_a_locked_id_are_kept_once_an_hour(begin: Begin) -> None:
    hour = NOW.replace(minute=0, second=0)
    locked = [a_sign_in(at=hour + timedelta(minutes=minute), result=SignInResult.LOCKED) for minute in (0, 30, 59, 60)]
    noted(begin, *locked)
    assert listed(begin) == [locked[3], locked[2]]


def test_tries_at_a_locked_id_stand_behind_those_that_locked_it(begin: Begin) -> None:
    wrong = [a_sign_in(at=NOW + SECOND * number, result=SignInResult.WRONG_PASSWORD) for number in range(5)]
    locked = a_sign_in(at=NOW + SECOND * 9, result=SignInResult.LOCKED)
    noted(begin, *wrong, locked)
    assert page(begin, now=NOW + SECOND * 10).sign_ins == (locked, *reversed(wrong))


def test_tries_stand_under_a_suffix_that_is_nobodys(begin: Begin) -> None:
    wrong = noted(begin, a_sign_in(result=SignInResult.WRONG_PASSWORD), id_suffix=UNKNOWN)
    assert listed(begin, id_suffix=UNKNOWN) == wrong
    assert listed(begin, id_suffix=KNOWN) == []


def test_nobody_is_looked_up_like_anybody(begin: Begin) -> None:
    assert look_up(begin, UNKNOWN) == (None, False)


def test_a_browser_is_known_once_it_signed_in(begin: Begin) -> None:
    with begin() as work:
        work.accounts.add(an_account())
    assert look_up(begin) == (an_account(), False)
    remember(begin)
    remember(begin)
    assert look_up(begin) == (an_account(), True)
    assert look_up(begin, browser="browser-2") == (an_account(), False)


def test_a_browser_is_known_to_one_account_only(begin: Begin) -> None:
    with begin() as work:
        work.accounts.add(an_account())
    remember(begin, UNKNOWN)
    assert look_up(begin) == (an_account(), False)
    assert look_up(begin, UNKNOWN) == (None, True)


def test_a_known_browser_is_no_try(begin: Begin) -> None:
    remember(begin)
    assert listed(begin) == []


def test_a_try_and_its_browser_are_noted_in_one_command(begin: Begin) -> None:
    with begin() as work:
        work.sign_ins.add(KNOWN, a_sign_in())
        work.sign_ins.remember_browser(KNOWN, BROWSER, NOW)
    assert listed(begin) == [a_sign_in()]
    assert look_up(begin) == (None, True)


@pytest.mark.parametrize("is_there", [True, False])
def test_looking_up_is_one_call_whether_or_not_there_is_anybody(stored: Begin, *, is_there: bool) -> None:
    if is_there:
        with stored() as work:
            work.accounts.add(an_account())
    meter.reset()
    look_up(stored)
    assert meter.calls == 1


def test_a_page_is_one_call_however_many_there_are(stored: Begin) -> None:
    noted(stored, *(replace(one, origin=Origin("x" * 40)) for one in tries(30)))
    meter.reset()
    page(stored, limit=5)
    assert meter.calls == 1

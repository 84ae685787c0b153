"""ダイレクト納付口座 on screen: found banks, checked numbers, lists of any length."""

from typing import Any

import pytest

from chalicelib.domain.debit_accounts import DebitCounts, DebitKind
from chalicelib.domain.letters import LetterName
from tests.pages.mypage_steps import BANK, HOME, LOCAL_TAX, TREASURY, add_debit_account, hold, signed_in, stored
from tests.pages.visitor import Visitor
from tests.pages.words import sentence

BOTH = pytest.mark.parametrize(
    ("path", "kind", "first"),
    [(TREASURY, DebitKind.TREASURY, "KKAA0001"), (LOCAL_TAX, DebitKind.LOCAL_TAX, "KLAA0001")],
)


@BOTH
def test_an_account_is_added_after_a_look_at_it(visitor: Visitor, path: str, kind: DebitKind, first: str) -> None:
    account = signed_in(visitor)
    add_debit_account(visitor, path)
    assert visitor.page.path.startswith(f"{path}/{first}")
    assert stored(visitor.portal, account).debits_of(kind) == DebitCounts(1, 1)
    assert first in visitor.get(path).text
    assert first in visitor.get(HOME).text
    visitor.portal.deliver_letters()
    assert visitor.portal.sender.sent[-1].name is LetterName.DEBIT_ACCOUNT_CHANGED


def test_the_holder_is_written_as_banks_write_it(visitor: Visitor) -> None:
    signed_in(visitor)
    add_debit_account(visitor, holder_kana="ぎょうせいしょし")
    assert "ギヨウセイシヨシ" in visitor.page.text


def test_a_short_number_is_filled_up_with_zeros(visitor: Visitor) -> None:
    signed_in(visitor)
    add_debit_account(visitor, account_number="１２３４５")
    assert "0012345" in visitor.page.text


def _problem(visitor: Visitor, field: str, **typed: Any) -> str:
    visitor.get(f"{TREASURY}/new")
    visitor.submit(f"{TREASURY}/new", expect=422, **{**BANK, **typed})
    assert visitor.page.wrong_fields == [field]
    return visitor.page.problem(field)


def test_letters_in_a_number_are_named(visitor: Visitor) -> None:
    signed_in(visitor)
    said = _problem(visitor, "account_number", account_number="12A4567")
    assert sentence("account_number", "not_digits", character="A") in said
    assert visitor.page.form(f"{TREASURY}/new").values["account_number"] == "12A4567"


def test_kanji_in_the_holder_are_named(visitor: Visitor) -> None:
    signed_in(visitor)
    said = _problem(visitor, "holder_kana", holder_kana="鶴")
    assert sentence("holder_kana", "not_bank_kana", character="鶴") in said


def test_a_bank_that_nobody_knows_is_said(visitor: Visitor) -> None:
    signed_in(visitor)
    visitor.get(f"{TREASURY}/new")
    visitor.submit(f"{TREASURY}/new", expect=422, **{**BANK, "bank_name": "存在しない銀行"})
    assert sentence("bank_name", "nothing_found") in visitor.page.problem("bank_name")


def test_a_branch_of_another_bank_is_none(visitor: Visitor) -> None:
    signed_in(visitor)
    visitor.get(f"{TREASURY}/new")
    visitor.post(
        visitor.page.form(f"{TREASURY}/new").action,
        {
            **visitor.page.form(f"{TREASURY}/new").values,
            **BANK,
            "bank_code": "0001",
            "branch_name": "",
            "branch_code": "999",
        },
        expect=422,
    )
    assert visitor.page.wrong_fields == ["branch_name"]


def test_without_scripts_a_bank_is_found_by_its_name(visitor: Visitor) -> None:
    signed_in(visitor)
    visitor.get(f"{TREASURY}/new")
    form = visitor.page.form(f"{TREASURY}/new")
    visitor.post(form.action, {**form.values, "holder_kana": "カナリヤ", "bank_name": "みずほ", "search": "bank"})
    form = visitor.page.form(f"{TREASURY}/new")
    assert "0001" in visitor.page.body
    assert form.values["holder_kana"] == "カナリヤ"


def test_fifty_stand_on_a_page_and_paging_finds_them_all(visitor: Visitor) -> None:
    account = signed_in(visitor)
    hold(visitor.portal, account, DebitKind.TREASURY, 120)
    visitor.get(TREASURY)
    seen = []
    while True:
        seen.append([word for word in visitor.page.text.split() if word.startswith("KKAA")])
        later = [door for door in visitor.page.doors() if "after=" in door]
        if not later:
            break
        visitor.get(later[0])
    assert [len(set(page)) for page in seen] == [50, 50, 20]
    assert len({one for page in seen for one in page}) == 120


def test_an_account_is_found_by_its_id(visitor: Visitor) -> None:
    account = signed_in(visitor)
    hold(visitor.portal, account, DebitKind.TREASURY, 3)
    visitor.get(TREASURY)
    assert visitor.submit(f"{TREASURY}/find", debit_account_id="ｋｋａａ０００２").path == f"{TREASURY}/KKAA0002"
    visitor.get(TREASURY)
    visitor.submit(f"{TREASURY}/find", debit_account_id="KKZZ9999", expect=410)
    assert visitor.page.outcome == "debit_account_gone"


def test_an_account_is_changed(visitor: Visitor) -> None:
    account = signed_in(visitor)
    hold(visitor.portal, account, DebitKind.TREASURY, 1)
    visitor.get(f"{TREASURY}/KKAA0001/change")
    visitor.submit("/change", **{**BANK, "account_number": "7654321"})
    visitor.submit(f"{TREASURY}/check")
    assert "7654321" in visitor.page.text


def test_a_change_of_what_was_changed_elsewhere_is_told_and_loses_nothing(visitor: Visitor) -> None:
    account = signed_in(visitor)
    hold(visitor.portal, account, DebitKind.TREASURY, 1)
    tab = visitor.another_tab()
    for window, number in ((visitor, "7654321"), (tab, "1111111")):
        window.get(f"{TREASURY}/KKAA0001/change")
        window.submit("/change", **{**BANK, "account_number": number})
    visitor.submit(f"{TREASURY}/check")
    tab.submit(f"{TREASURY}/check", expect=409)
    assert "7654321" in tab.page.text
    assert tab.page.form("/change").values["account_number"] == "1111111"
    tab.submit("/change")
    tab.submit(f"{TREASURY}/check")
    assert "1111111" in tab.page.text


def test_an_account_is_deleted_after_a_look_at_it(visitor: Visitor) -> None:
    account = signed_in(visitor)
    hold(visitor.portal, account, DebitKind.TREASURY, 1)
    visitor.get(f"{TREASURY}/KKAA0001/delete")
    tab = visitor.another_tab()
    tab.get(f"{TREASURY}/KKAA0001/delete")
    again = visitor.another_tab()
    again.page = visitor.page
    visitor.submit("/delete")
    assert visitor.page.path.startswith(f"{TREASURY}?")
    again.submit("/delete")
    tab.submit("/delete", expect=410)
    assert stored(visitor.portal, account).debits_of(DebitKind.TREASURY) == DebitCounts(0, 1)


def test_an_id_of_the_other_kind_or_of_nobody_is_gone(visitor: Visitor) -> None:
    account = signed_in(visitor)
    hold(visitor.portal, account, DebitKind.LOCAL_TAX, 1)
    for path in (f"{TREASURY}/KLAA0001", f"{LOCAL_TAX}/KLAA0002", f"{TREASURY}/x"):
        visitor.get(path, expect=410)


def test_nobody_sees_an_account_of_somebody_else(visitor: Visitor, stranger: Visitor) -> None:
    account = signed_in(visitor)
    hold(visitor.portal, account, DebitKind.TREASURY, 1)
    signed_in(stranger, id_suffix="AB1234")
    stranger.get(f"{TREASURY}/KKAA0001", expect=410)


def test_when_the_limit_is_reached_no_form_is_shown(visitor: Visitor) -> None:
    signed_in(visitor, debits={DebitKind.LOCAL_TAX: DebitCounts(500, 500)})
    visitor.get(f"{LOCAL_TAX}/new", expect=409)
    assert visitor.page.outcome == "debit_accounts_full"
    visitor.get(f"{TREASURY}/new")

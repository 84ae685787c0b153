"""ダイレクト納付口座, and how a browser comes to see its pages."""

from playwright.sync_api import expect

from tests.browser.gallery import States
from tests.browser.members import LOCAL_TAX, TREASURY, company, enter, owner_of_many, somebody
from tests.browser.visitor import Visitor

STATES = States()
_state = STATES.state
FILLED = {"holder_kana": "みほん たろう", "deposit_type": "current", "account_number": "12345"}
_FIRST = f"{TREASURY}/KKAA0001"
_OTHER_VERSION = "field => { field.value = '999'; }"


def _entry(visitor: Visitor, language: str = "ja") -> None:
    enter(visitor, somebody(visitor))
    visitor.open(f"{TREASURY}/new?lang={language}")


def send_search(visitor: Visitor, name: str, words: str) -> None:
    """Search as pages without scripts do."""
    field = visitor.page.locator(f"[name={name}_name]")
    field.fill(words)
    with visitor.page.expect_navigation():
        field.evaluate(
            "(field, name) => field.form.requestSubmit(field.form.querySelector(`.listed-search[value=${name}]`))", name
        )


@_state
def debit_list_empty(visitor: Visitor) -> None:
    enter(visitor, somebody(visitor))
    visitor.open(LOCAL_TAX)


@_state
def debit_list(visitor: Visitor) -> None:
    company(visitor)
    visitor.open(f"{TREASURY}?done=removed")


@_state
def debit_list_first_page(visitor: Visitor) -> None:
    enter(visitor, owner_of_many(visitor))
    visitor.open(f"{TREASURY}?before=KKAA0006")
    assert visitor.page.locator("tbody tr").count() == 5


@_state
def debit_list_middle_page(visitor: Visitor) -> None:
    enter(visitor, owner_of_many(visitor))
    visitor.open(f"{TREASURY}?after=KKAA0100")


@_state
def debit_full(visitor: Visitor) -> None:
    enter(visitor, owner_of_many(visitor))
    assert visitor.open(f"{TREASURY}/new").status == 409


@_state
def debit_gone(visitor: Visitor) -> None:
    company(visitor)
    visitor.open(LOCAL_TAX)
    visitor.type({"debit_account_id": "KLZZ9999"})
    assert visitor.press("探す").status == 410


@_state
def debit_entry(visitor: Visitor) -> None:
    _entry(visitor)


@_state
def debit_entry_empty(visitor: Visitor) -> None:
    _entry(visitor)
    assert visitor.press("次へ").status == 422


@_state
def debit_entry_refused(visitor: Visitor) -> None:
    _entry(visitor)
    visitor.type({"holder_kana": "鶴", "account_number": "12A4567", "bank_name": "存在しない銀行"})
    assert visitor.press("次へ").status == 422


@_state
def english_debit_entry_refused(visitor: Visitor) -> None:
    _entry(visitor, "en")
    visitor.type(
        {"holder_kana": "鶴", "account_number": "123456789", "bank_name": "みずほ", "branch_name": "ほんてんのほん"}
    )
    assert visitor.go_on().status == 422


@_state
def debit_bank_offered(visitor: Visitor) -> None:
    _entry(visitor)
    visitor.page.locator("#bank_name").press_sequentially("みず")
    expect(visitor.page.get_by_role("option").first).to_be_visible()


@_state
def debit_bank_options(visitor: Visitor) -> None:
    _entry(visitor)
    send_search(visitor, "bank", "みず")
    assert visitor.page.locator(".listed-options").is_visible()


@_state
def debit_bank_chosen(visitor: Visitor) -> None:
    _entry(visitor)
    visitor.type(FILLED)
    send_search(visitor, "bank", "0001")
    assert visitor.page.locator("[name=bank_code]").input_value() == "0001"


@_state
def debit_branch_options(visitor: Visitor) -> None:
    debit_bank_chosen(visitor)
    send_search(visitor, "branch", "シン")
    assert visitor.page.locator(".listed-options").is_visible()


@_state
def debit_bank_not_found(visitor: Visitor) -> None:
    _entry(visitor)
    send_search(visitor, "bank", "存在しない銀行")


def _fill_in(visitor: Visitor) -> None:
    visitor.type(FILLED)
    send_search(visitor, "bank", "0001")
    send_search(visitor, "branch", "001")


@_state
def debit_check(visitor: Visitor) -> None:
    _entry(visitor)
    _fill_in(visitor)
    visitor.press("次へ")
    assert visitor.path == f"{TREASURY}/check"


@_state
def debit_detail(visitor: Visitor) -> None:
    company(visitor)
    visitor.open(f"{_FIRST}?done=added")


@_state
def debit_change(visitor: Visitor) -> None:
    company(visitor)
    visitor.open(f"{_FIRST}/change")


@_state
def debit_changed_elsewhere(visitor: Visitor) -> None:
    debit_change(visitor)
    visitor.page.locator("main [name=version]").evaluate(_OTHER_VERSION)
    visitor.press("次へ")
    assert visitor.press("変更").status == 409


@_state
def debit_delete(visitor: Visitor) -> None:
    company(visitor)
    visitor.open(f"{_FIRST}/delete")

"""My Page without a mouse, and what those hear who do not see it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Arrive
from tests.browser.keyboard import enter as press
from tests.browser.keyboard import tab_to, write
from tests.browser.members import HOME, LOGIN, TREASURY, enter, somebody, traveller
from tests.browser.visitor import Visitor

NEW = f"{TREASURY}/new"


@pytest.fixture
def bank(visitor: Visitor) -> Iterator[Locator]:
    """The field for the bank, reached."""
    enter(visitor, somebody(visitor))
    visitor.open(NEW)
    field = visitor.page.get_by_role("combobox", name="金融機関名")
    tab_to(visitor, field)
    yield field
    expect(visitor.page.locator(".listed-said").first).to_have_attribute("role", "status")


def _write_bank(bank: Locator, words: str) -> Locator:
    """What is offered for `words`."""
    bank.press_sequentially(words)
    expect(bank).to_have_attribute("aria-expanded", "true")
    return bank.page.locator(f"#{bank.get_attribute('aria-controls')}").get_by_role("option")


def _pointed_at(bank: Locator) -> Locator:
    expect(bank).to_have_attribute("aria-activedescendant", "bank_name-list-0")
    return bank.page.locator(f"#{bank.get_attribute('aria-activedescendant')}")


def test_signing_in_needs_no_mouse(visitor: Visitor) -> None:
    member = traveller(visitor)
    visitor.portal.kept.pop(member.payer_id, None)
    visitor.open(LOGIN)
    write(visitor, {"payer_id": member.payer_id.lower(), "payer_password": member.password})
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    assert visitor.path == HOME
    press(visitor, "button", "ログアウト")
    assert visitor.path == "/mypage/signed-out"


def test_a_debit_account_needs_no_mouse(visitor: Visitor) -> None:
    enter(visitor, somebody(visitor))
    visitor.open(TREASURY)
    press(visitor, "link", "新規作成")
    write(visitor, {"holder_kana": "みほん たろう"})
    for name, words in (("金融機関名", "みずほ"), ("本支店名", "とうきょう")):
        field = visitor.page.get_by_role("combobox", name=name)
        tab_to(visitor, field)
        _write_bank(field, words)
        visitor.page.keyboard.press("ArrowDown")
        visitor.page.keyboard.press("Enter")
        expect(field).to_have_attribute("aria-expanded", "false")
    tab_to(visitor, visitor.page.locator("[name=deposit_type]").first)
    visitor.page.keyboard.press("ArrowDown")
    write(visitor, {"account_number": "1234567"})
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    assert visitor.path == f"{TREASURY}/check"
    for words in ("みずほ", "東京営業部", "当座"):
        assert visitor.page.get_by_text(words, exact=True).is_visible(), words


def test_what_is_offered_is_told(bank: Locator) -> None:
    expect(bank).to_have_attribute("aria-autocomplete", "list")
    expect(bank).to_have_attribute("aria-expanded", "false")
    options = _write_bank(bank, "みず")
    said = bank.page.locator("[data-listed=bank_name] [role=status]")
    expect(said).to_have_text(f"候補：{options.count()}件")
    bank.press("ArrowDown")
    option = _pointed_at(bank)
    expect(option).to_have_attribute("aria-selected", "true")
    expect(option).to_contain_text("みずほ")
    bank.press("Enter")
    expect(said).to_have_text("選択しました みずほ 0001")
    expect(bank).to_have_value("みずほ")
    expect(bank).to_be_focused()
    expect(bank).not_to_have_attribute("aria-activedescendant", "bank_name-list-0")
    expect(bank.page.locator("#bank_name-badge")).to_have_text("OK")


def test_arrows_go_round(bank: Locator) -> None:
    last = _write_bank(bank, "みず").count() - 1
    for key, place in (("ArrowUp", last), ("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        bank.press(key)
        expect(bank).to_have_attribute("aria-activedescendant", f"bank_name-list-{place}")
        expect(bank.page.locator("[role=option][aria-selected=true]")).to_have_count(1)


def test_escape_closes_what_is_offered_and_keeps_what_was_typed(bank: Locator) -> None:
    _write_bank(bank, "みず")
    bank.press("Escape")
    expect(bank).to_have_attribute("aria-expanded", "false")
    expect(bank.page.get_by_role("listbox")).to_be_hidden()
    expect(bank).to_have_value("みず")
    bank.press("ArrowDown")
    expect(bank).to_have_attribute("aria-expanded", "true")


def test_enter_never_sends_the_form_while_something_is_offered(bank: Locator) -> None:
    _write_bank(bank, "みず")
    bank.press("Enter")
    option = _pointed_at(bank)
    bank.press("Enter")
    expect(option).to_be_hidden()
    expect(bank).to_have_value("みずほ")
    assert bank.page.url.partition("?")[0].endswith(NEW)


def test_who_types_the_whole_name_and_goes_on_has_chosen(bank: Locator) -> None:
    bank.press_sequentially("ﾐｽﾞﾎ")
    bank.press("Tab")
    expect(bank.page.locator("input[type=hidden][name=bank_code]")).to_have_value("0001")
    expect(bank).to_have_value("みずほ")


def test_nothing_found_is_said_and_seen(bank: Locator) -> None:
    bank.press_sequentially("存在しない銀行")
    said = bank.page.locator("[data-listed=bank_name] [role=status]")
    expect(said).to_contain_text("候補がありません")
    expect(said).to_be_visible()
    expect(bank).to_have_attribute("aria-expanded", "false")


def test_a_branch_asks_for_its_bank_first(bank: Locator) -> None:
    branch = bank.page.get_by_role("combobox", name="本支店名")
    branch.press_sequentially("新宿")
    expect(bank.page.locator("[data-listed=branch_name] [role=status]")).to_have_text("先に金融機関を選んでください。")


def test_another_bank_takes_its_branch_away(bank: Locator) -> None:
    bank.press_sequentially("0001")
    bank.press("Tab")
    branch = bank.page.get_by_role("combobox", name="本支店名")
    branch.press_sequentially("001")
    branch.press("Tab")
    expect(branch).to_have_value("東京営業部")
    bank.fill("0005")
    bank.press("Tab")
    expect(bank.page.locator("input[type=hidden][name=bank_code]")).to_have_value("0005")
    expect(branch).to_have_value("")


def test_when_the_lists_cannot_be_had_buttons_search(arrive: Arrive) -> None:
    visitor = arrive(is_alone=True)
    enter(visitor, somebody(visitor))
    visitor.page.route("**/mypage/banks?**", lambda route: route.fulfill(status=503))
    visitor.open(NEW)
    field = visitor.page.get_by_role("combobox", name="金融機関名")
    field.press_sequentially("みず")
    expect(visitor.page.get_by_text("候補を表示できませんでした")).to_be_visible()
    visitor.press("金融機関を探す")
    visitor.page.get_by_role("radio", name="みずほ 0001").check()
    visitor.complaints[:] = [one for one in visitor.complaints if "503" not in one]

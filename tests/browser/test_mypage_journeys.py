"""My Page from the sign-in to the sign-out, for everybody and in every window."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Arrive
from tests.browser.inspection import DESK, PHONE, fits
from tests.browser.members import BULK_FILE, HOME, LOCAL_TAX, LOGIN, TREASURY, enter, newcomer, traveller
from tests.browser.steps import follow, look_up, sign_in
from tests.browser.visitor import Visitor

FORGOTTEN_NO_MORE = "eleven quiet lanterns on a hill"
FILE_NAME = "まとめ納付管理ファイル_{}用.json"
EVERY_WINDOW = pytest.mark.parametrize(
    ("width", "has_scripts"),
    [(DESK, True), (DESK, False), (PHONE, True), (PHONE, False)],
    ids=["desk-scripts", "desk-plain", "phone-scripts", "phone-plain"],
)
BOTH_WIDTHS = pytest.mark.parametrize(
    ("width", "has_scripts"), [(DESK, True), (PHONE, False)], ids=["desk-scripts", "phone-plain"]
)
BOTH = pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])


def _fits(visitor: Visitor) -> None:
    with visitor.measuring():
        fits(visitor)


def _add(visitor: Visitor) -> str:
    """A debit account; the answer is its ID."""
    visitor.type({"holder_kana": "みほん　はなこ", "deposit_type": "ordinary", "account_number": "１２３４５"})
    look_up(visitor, "bank", "みずほ", "0001")
    look_up(visitor, "branch", "とうきょう", "001")
    _fits(visitor)
    visitor.press("次へ")
    for words in ("ミホン　ハナコ", "みずほ", "東京営業部", "0012345"):
        assert visitor.page.get_by_text(words, exact=True).is_visible(), words
    _fits(visitor)
    visitor.press("登録")
    return visitor.path.rpartition("/")[2]


@EVERY_WINDOW
def test_a_debit_account_is_added_changed_and_deleted(arrive: Arrive, width: int, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(width, has_scripts=has_scripts)
    sign_in(visitor, traveller(visitor))
    assert visitor.path == HOME
    path = TREASURY if has_scripts else LOCAL_TAX
    visitor.open(path)
    follow(visitor, "新規作成")
    debit_id = _add(visitor)
    assert visitor.page.get_by_text("口座を登録しました").is_visible()
    follow(visitor, "変更")
    visitor.type({"account_number": "7654321"})
    visitor.press("次へ")
    visitor.press("変更")
    assert visitor.page.get_by_text("7654321").is_visible()
    follow(visitor, "一覧へ")
    visitor.type({"debit_account_id": debit_id.lower()})
    visitor.press("探す")
    follow(visitor, "削除")
    visitor.press("削除")
    assert visitor.path == path
    assert visitor.page.get_by_text("口座を削除しました").is_visible()
    assert visitor.page.get_by_text(debit_id).count() == 0
    visitor.open(HOME)
    visitor.press("ログアウト")
    assert visitor.path == "/mypage/signed-out"
    visitor.open(HOME)
    assert visitor.path == LOGIN


@BOTH
def test_banks_and_branches_are_found_by_name_kana_and_code(arrive: Arrive, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(has_scripts=has_scripts)
    enter(visitor, traveller(visitor))
    for bank, branch in (("みずほ", "東京営業部"), ("ﾐｽﾞﾎ", "トウキョウ"), ("０００１", "001")):
        visitor.open(f"{TREASURY}/new")
        look_up(visitor, "bank", bank, "0001")
        look_up(visitor, "branch", branch, "001")
        assert visitor.page.locator("[name=branch_name]").input_value() in {"東京営業部", branch}


@BOTH_WIDTHS
def test_a_forgotten_password_is_set_anew_through_the_mailed_link(
    arrive: Arrive,
    width: int,
    has_scripts: bool,  # noqa: FBT001 - a parameter
) -> None:
    visitor = arrive(width, has_scripts=has_scripts)
    member = newcomer(visitor)
    visitor.open(LOGIN)
    follow(visitor, "パスワード初期化")
    letters = len(visitor.portal.mails_to(member.email))
    visitor.type({"payer_id": member.payer_id, "management_email": member.email})
    visitor.press("送信")
    assert visitor.path == "/mypage/password-reset/sent"
    visitor.portal.wait_for_mails(member.email, letters + 1)
    visitor.open(visitor.portal.mailed_path(member.email))
    _fits(visitor)
    visitor.type({"new_password": FORGOTTEN_NO_MORE, "new_password_confirmation": FORGOTTEN_NO_MORE})
    visitor.press("変更")
    follow(visitor, "ログインへ戻る")
    sign_in(visitor, member, FORGOTTEN_NO_MORE)
    assert visitor.path == HOME


@BOTH_WIDTHS
def test_a_new_address_is_confirmed_through_its_link(arrive: Arrive, width: int, has_scripts: bool) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(width, has_scripts=has_scripts)
    member = traveller(visitor)
    enter(visitor, member)
    visitor.open(HOME)
    follow(visitor, "利用者情報変更")
    visitor.type({"family_name": "旅", "notification_email": visitor.email})
    visitor.press("次へ")
    visitor.press("登録")
    assert visitor.path == "/mypage/profile/done"
    assert visitor.page.get_by_text(visitor.email).is_visible()
    visitor.open(visitor.portal.mailed_path(visitor.email))
    visitor.type({"payer_password": member.password})
    visitor.press("変更")
    assert visitor.path == "/mypage/address/confirmed"
    visitor.open(HOME)
    assert visitor.page.locator(".record").filter(has_text="通知用").get_by_text(visitor.email).is_visible()


@BOTH
def test_the_bulk_payment_file_is_saved_under_the_manuals_name(
    arrive: Arrive,
    has_scripts: bool,  # noqa: FBT001 - a parameter
    tmp_path: Path,
) -> None:
    visitor = arrive(has_scripts=has_scripts)
    member = traveller(visitor)
    enter(visitor, member)
    visitor.open(BULK_FILE)
    word = "発行し直して保存" if visitor.page.get_by_role("link", name="ダウンロード").count() else "発行して保存"
    with visitor.page.expect_download() as saving:
        visitor.page.get_by_role("button", name=word).click()
    short_name = visitor.page.locator(".brand-line").inner_text().partition("（")[0]
    assert saving.value.suggested_filename == FILE_NAME.format(short_name)
    saving.value.save_as(tmp_path / "file.json")
    issued = json.loads((tmp_path / "file.json").read_text(encoding="utf-8"))
    assert issued["payer_id"] == member.payer_id
    assert urlsplit(visitor.page.url).path == BULK_FILE
    visitor.page.reload()
    with visitor.page.expect_download() as again:
        visitor.page.get_by_role("link", name="ダウンロード").click()
    again.value.save_as(tmp_path / "again.json")
    assert json.loads((tmp_path / "again.json").read_text(encoding="utf-8")) == issued

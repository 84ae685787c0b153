"""口座名義 and 口座番号: what is kept, shown again and refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.domain.bank_kana import first_not_of_holder
from chalicelib.forms.bank_fields import AccountNumberField, BankKanaField
from chalicelib.forms.base import Form
from chalicelib.forms.problems import Problem
from chalicelib.forms.text import to_bank_kana

ANY_TEXT = st.text(st.characters(exclude_categories=()))
KEYBOARD = st.text("ｶﾞﾊﾟゔがヵゕｯゃッカ\u3099\u309a゛゜ﾞﾟー-－ｰ〜・･·\u3000 \t\u200baＡ1１。｡、､¥\\＼｢」(（見\n")
FINE = {"holder": "ミホン　タロウ", "number": "0012345"}


class AccountForm(Form):
    """Both."""

    holder = BankKanaField()
    number = AccountNumberField()


def _problems(**typed: str) -> dict[str, Problem]:
    form = AccountForm({**FINE, **typed})
    form.validate()
    return {field.name: problem for field, problem in form.problems()}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("みほん たろう", "ミホン　タロウ"),
        ("ﾐﾎﾝ ﾀﾛｳ", "ミホン　タロウ"),
        ("  ミホン \u3000 タロウ ", "ミホン　タロウ"),
        ("ミッキャョヮヵヶ", "ミツキヤヨワカケ"),
        ("ｷｭｳｮ ｧｨ", "キユウヨ　アイ"),
        ("きゅうょ", "キユウヨ"),
        ("ｶﾞﾊﾟヴ", "ガパヴ"),
        ("ヵ゛", "ガ"),
        ("ラーメン-ヤ", "ラ－メン－ヤ"),
        ("ｶ)ﾐﾎﾝ", "カ）ミホン"),
        ("カ)みほん・しょうじ", "カ）ミホン．シヨウジ"),
        ("abcＸyz 1２", "ＡＢＣＸＹＺ　１２"),
        ("｢ﾐ｣､｡/.,¥\\", "「ミ」，．／．，￥￥"),
    ],
)
def test_a_holder_of_every_keyboard_is_written_as_banks_have_it(typed: str, kept: str) -> None:
    form = AccountForm({**FINE, "holder": typed})
    assert form.validate()
    assert form.values()["holder"] == form.holder.data == kept
    assert first_not_of_holder(kept) is None


@given(text=ANY_TEXT | KEYBOARD)
@example(text="ヵ\u309b")
@example(text="ｯﾞ")
def test_converting_twice_changes_nothing(text: str) -> None:
    assert to_bank_kana(to_bank_kana(text)) == to_bank_kana(text)


@pytest.mark.parametrize(
    ("typed", "character"),
    [("ミホン太郎", "太"), ("ミホン&", "＆"), ("ヲミホン", "ヲ"), ("〜", "〜"), ("㈱ミホン", "㈱")],
)
def test_a_holder_names_the_letter_that_banks_do_not_take(typed: str, character: str) -> None:
    assert _problems(holder=typed) == {"holder": Problem("not_bank_kana", character=character)}


def test_a_holder_that_cannot_be_taken_is_shown_again() -> None:
    form = AccountForm({**FINE, "holder": "みほん太郎"})
    form.validate()
    assert form.holder.data == "ミホン太郎"
    assert form.values()["holder"] == ""


def test_a_holder_is_as_long_as_in_half_width() -> None:
    assert _problems(holder="ア" * 30) == _problems(holder="ガ" * 15) == {}
    too_long = {"holder": Problem("too_long", limit=30)}
    assert _problems(holder="ア" * 31) == _problems(holder="ガ" * 15 + "ア") == too_long


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1234567", "1234567"),
        ("１２３４５６７", "1234567"),
        ("12", "0000012"),
        (" 001-234 ", "0001234"),
        ("1ー2－3", "0000123"),
    ],
)
def test_an_account_number_has_seven_digits(typed: str, kept: str) -> None:
    form = AccountForm({**FINE, "number": typed})
    assert form.validate()
    assert form.values()["number"] == form.number.data == kept
    assert AccountForm(values=form.values()).number.data == kept


@pytest.mark.parametrize(
    ("typed", "character"),
    [("12a4567", "a"), ("普通1234567", "普"), ("12.5", "."), ("一二三", "一"), ("١٢", "١"), ("²", "²")],
)
def test_an_account_number_names_what_is_no_digit(typed: str, character: str) -> None:
    assert _problems(number=typed) == {"number": Problem("not_digits", character=character)}


def test_a_number_that_is_none_is_shown_again_without_zeros() -> None:
    form = AccountForm({**FINE, "number": "１２ａ"})
    form.validate()
    assert form.number.data == "12a"
    assert form.values()["number"] == ""


def test_an_account_number_has_no_eighth_digit() -> None:
    form = AccountForm({**FINE, "number": "12345678"})
    form.validate()
    assert form.number.errors == [Problem("too_long", limit=7)]
    assert form.number.data == "12345678"


@pytest.mark.parametrize(
    "text", ["私の口座名義はミホンタロウと申しますがこの欄に入るでしょうかどうか", "口座の番号は1234567です"]
)
def test_what_does_not_belong_is_named_before_the_length(text: str) -> None:
    assert _problems(holder=text, number=text)["holder"].code == "not_bank_kana"
    assert _problems(holder=text, number=text)["number"].code == "not_digits"


@pytest.mark.parametrize("field", list(FINE))
@pytest.mark.parametrize("nothing", ["", "　", "\u200b"])
def test_both_are_asked_for(field: str, nothing: str) -> None:
    assert _problems(**{field: nothing}) == {field: Problem("required")}


@pytest.mark.parametrize("field", list(FINE))
def test_both_refuse_forbidden_characters(field: str) -> None:
    assert _problems(**{field: "1\u202e"})[field].code == "forbidden_character"
    assert _problems(**{field: "1\n2"})[field].code == "line_break"


def test_the_number_asks_for_digits_and_is_not_remembered() -> None:
    number = AccountForm().number
    assert (number.inputmode, number.autocomplete) == ("numeric", "off")


@given(ANY_TEXT)
def test_any_text_is_taken_or_refused_but_never_breaks(text: str) -> None:
    form = AccountForm({"holder": text, "number": text})
    form.validate()
    assert len(form.values()["number"]) in {0, 7}
    assert first_not_of_holder(form.values()["holder"]) is None

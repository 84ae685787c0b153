"""Conversions of what people type."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.domain.characters import first_not_kana
from chalicelib.forms.text import to_ascii, to_kana, to_name

ANY_TEXT = st.text(st.characters(exclude_categories=()))
KEYBOARD = st.text("ｶﾞﾊﾟゔがカ\u3099\u309a゛゜ﾞﾟー-－ｰ〜・･·\u3000 \u00a0\t\u200baＡ1１。｡@＠神﨑𠮷\n")
LETTERS = st.text(st.characters(categories=["Lo", "Lu", "Ll"], min_codepoint=0x3400, max_codepoint=0x3FFFF))
CONVERSIONS = pytest.mark.parametrize("convert", [to_kana, to_name, to_ascii])
HYPHENS = "-‐‑‒–—―−－﹣─━"
SPACES = " \t\u00a0\u1680\u2000\u2009\u200a\u202f\u205f\u3000"

Convert = Callable[[str], str]


@pytest.mark.parametrize(
    ("typed", "kana"),
    [
        ("ｹｲｼﾞ", "ケイジ"),
        ("けいじ", "ケイジ"),
        ("ケイジ", "ケイジ"),
        ("ゔぁいおりん", "ヴァイオリン"),
        ("ﾊﾟｰﾃｨｰ", "パーティー"),
        ("か゛は゜", "ガパ"),
        ("かﾞ", "ガ"),
        ("ハ\u309aカ\u3099", "パガ"),
        ("ケイ\u200bジ", "ケイジ"),
        (" ヤマダ 　タロウ ", "ヤマダ　タロウ"),
        ("ジャン･ポール", "ジャン・ポール"),
        ("ジャン·ポール", "ジャン・ポール"),
    ],
)
def test_furigana_of_every_keyboard_becomes_full_width_katakana(typed: str, kana: str) -> None:
    assert to_kana(typed) == kana
    assert first_not_kana(kana) is None


@pytest.mark.parametrize("text", ["タ郎", "ラ〜メン", "ラ～メン", "ア゛", "１２"])
def test_what_is_not_furigana_stays_to_be_named(text: str) -> None:
    assert to_kana(text) == text


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ABC-12 & Co.", "ＡＢＣ－１２　＆　Ｃｏ．"),
        ("ｶﾞｿﾘﾝｽﾀﾝﾄﾞ", "ガソリンスタンド"),
        (" 軽自  太郎 ", "軽自　太郎"),
        ("見本(12345678)", "見本（１２３４５６７８）"),
        ("けいじ", "けいじ"),
        ("スーパー〜見本", "スーパー〜見本"),
        ("José", "Ｊｏｓé"),
    ],
)
def test_a_name_is_full_width(typed: str, name: str) -> None:
    assert to_name(typed) == name


@pytest.mark.parametrize(
    "name",
    ["\ufa19", "\ufa11", "髙", "𠮷", "辻\U000e0100", "\ufa1e", "か\u3099", "カ\u3099", "\u212b", "㈱", "①", "\u2f08"],
)
def test_the_letters_of_a_name_are_never_normalised(name: str) -> None:
    assert to_name(name) == name


@pytest.mark.parametrize(
    ("typed", "ascii_text"),
    [
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ。ｊｐ", "taro@example.jp"),
        (" taro @ example.jp\u3000", "taro@example.jp"),
        ("ＫＮＣＡ６２８８", "KNCA6288"),
        ("2112ー2310－5000‐30459", "2112-2310-5000-30459"),
        ("taro@ラーメン.jp", "taro@ラーメン.jp"),
        ("aーー1", "a--1"),
    ],
)
def test_addresses_and_ids_are_half_width_without_spaces(typed: str, ascii_text: str) -> None:
    assert to_ascii(typed) == ascii_text


@pytest.mark.parametrize("hyphen", HYPHENS)
def test_every_hyphen_is_one_hyphen(hyphen: str) -> None:
    assert to_kana(f"ア{hyphen}ト") == "アート"
    assert to_name(f"見{hyphen}本") == "見－本"
    assert to_ascii(f"a{hyphen}b") == "a-b"


@pytest.mark.parametrize("space", SPACES)
def test_every_space_is_one_space(space: str) -> None:
    assert to_kana(f"{space}ア{space}{space}ト{space}") == "ア\u3000ト"
    assert to_name(f"{space}見{space}本{space}") == "見\u3000本"
    assert to_ascii(f"{space}a{space}b{space}") == "ab"


@CONVERSIONS
@pytest.mark.parametrize("control", ["\n", "\r", "\x00", "\u202e", "\ud83d", "\u2028"])
def test_what_must_be_refused_is_not_converted_away(convert: Convert, control: str) -> None:
    assert convert(f"{control}x{control}").count(control) == 2


@CONVERSIONS
@given(text=ANY_TEXT | KEYBOARD)
@example(text="カ\u3099\u3099")
@example(text="ー\u200b-")
def test_converting_twice_changes_nothing(convert: Convert, text: str) -> None:
    assert convert(convert(text)) == convert(text)


@CONVERSIONS
@given(text=LETTERS.filter(lambda text: not any("\uff00" <= letter <= "\uffef" for letter in text)))
def test_letters_stay_as_they_are(convert: Convert, text: str) -> None:
    assert convert(text) == text


@given(ANY_TEXT | KEYBOARD)
def test_a_name_keeps_every_letter(text: str) -> None:
    def kanji(word: str) -> list[str]:
        return [letter for letter in word if "\u3400" <= letter <= "\u9fff" or letter > "\U0001ffff"]

    assert kanji(to_name(text)) == kanji(text)

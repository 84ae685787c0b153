"""Which characters may be stored, and how they are named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.characters import (
    Forbidden,
    display_of,
    first_forbidden,
    first_not_kana,
    folded,
    without_invisible,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    "name",
    [
        "\ufa19﨑髙𠮷",
        "神",
        "辻\U000e0100",
        "葛\ufe00城",
        "か\u3099",
        "Ｊｏｓé　Ñúñez",
        "ＣＡＦＥ☆ＳＴＡＲ",
        "㈱見本",
        "한국",
        "محمد",
        "क्\u200dष",
        "Ünïcödé",
        "〜ー－‐・　",
        "＃１＊",
        "株式会社見本©",
    ],
)
def test_letters_of_every_script_may_be_stored(name: str) -> None:
    assert first_forbidden(name) is None


@pytest.mark.parametrize(
    ("text", "character", "kind"),
    [
        ("太\x00郎", "\x00", "control"),
        ("太\t郎", "\t", "control"),
        ("太\r\n郎", "\r", "control"),
        ("太\x85郎", "\x85", "control"),
        ("太\u2028郎", "\u2028", "control"),
        ("太\u202e郎", "\u202e", "bidi"),
        ("太\u2067郎", "\u2067", "bidi"),
        ("太\u200f郎", "\u200f", "bidi"),
        ("太\ud83d郎", "\ud83d", "surrogate"),
        ("\udc00", "\udc00", "surrogate"),
        ("太\ue000郎", "\ue000", "other"),
        ("太\ufffd郎", "\ufffd", "other"),
        ("太\uffff郎", "\uffff", "other"),
        ("太\U0001fffe郎", "\U0001fffe", "other"),
        ("太\u200b郎", "\u200b", "other"),
        ("太\u200d郎", "\u200d", "other"),
        ("\u3164", "\u3164", "other"),
        ("a\U000e0100", "\U000e0100", "other"),
    ],
)
def test_what_may_never_be_stored_is_found_with_its_kind(text: str, character: str, kind: str) -> None:
    assert first_forbidden(text) == Forbidden(character, kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "emoji",
    [
        "😀",
        "☺",
        "❤",
        "❤\ufe0f",
        "©\ufe0f",
        "1\ufe0f\u20e3",
        "👍🏽",
        "🇯🇵",
        "👨\u200d👩\u200d👧",
        "🏴\U000e0067\U000e0062\U000e007f",
        "🀄",
        "⭐",
        "\ufe0f",
    ],
)
def test_an_emoji_is_found_whole(emoji: str) -> None:
    assert first_forbidden(f"太{emoji}郎" if emoji != "\ufe0f" else emoji) == Forbidden(emoji, "emoji")


def test_the_first_of_several_is_reported() -> None:
    assert first_forbidden("a😀\u202e") == Forbidden("😀", "emoji")
    assert first_forbidden("a\u202e😀") == Forbidden("\u202e", "bidi")


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("郎", "郎"),
        ("😀", "😀"),
        ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
        ("\u202e", "U+202E"),
        ("\x00", "U+0000"),
        ("\ud83d", "U+D83D"),
        ("\u3164", "U+3164"),
        ("\u3099", "U+3099"),
        ("\U000e0100", "U+E0100"),
    ],
)
def test_a_message_shows_a_character_or_its_code_point_when_it_cannot_be_seen(character: str, shown: str) -> None:
    assert display_of(character) == shown


def test_only_what_nobody_sees_is_taken_away_for_showing_again() -> None:
    assert without_invisible("太\x00\u202e\ud83d郎😀\n外") == "太郎😀外"


@given(ANY_TEXT)
def test_what_is_shown_again_can_always_be_written_into_a_page(text: str) -> None:
    shown = without_invisible(text)
    shown.encode()
    found = first_forbidden(shown)
    assert found is None or found.kind in {"emoji", "other"}


@given(st.text(st.characters(codec="shift_jis_2004", exclude_categories=["Cc", "So", "Cf"])))
def test_japanese_text_is_never_touched(text: str) -> None:
    assert without_invisible(text) == text


@pytest.mark.parametrize("kana", ["ケイジ", "ヴァーヵヶ", "ジャン・ポール", "ヤマダ　タロウ", "ㇰ", ""])
def test_katakana_with_its_marks_is_furigana(kana: str) -> None:
    assert first_not_kana(kana) is None


@pytest.mark.parametrize(
    ("text", "first"), [("タ郎", "郎"), ("たロウ", "た"), ("ｱ", "ｱ"), ("ア イ", " "), ("ラ〜メン", "〜"), ("ヽ", "ヽ")]
)
def test_the_first_character_that_is_not_furigana_is_named(text: str, first: str) -> None:
    assert first_not_kana(text) == first


def test_a_comparing_key_knows_neither_case_nor_width() -> None:
    assert folded("ＭａｄｏGUCHI ｶﾞ") == folded("madoguchi　ガ")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)

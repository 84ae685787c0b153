"""How banks and branches are found, and which letters banks take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.bank_kana import first_not_of_holder, holder_length
from chalicelib.domain.bank_search import bank_keys, best_matches, branch_keys, search_key
from chalicelib.domain.banks import Bank, Branch

ANY_TEXT = st.text(st.characters(exclude_categories=()))

CENTRE = Bank("0101", "見本中央", "ミホンチユウオウ")
CREDIT = Bank("1501", "見本信金", "ミホンシンキン")
FARMERS = Bank("5010", "見本農協", "ミホンノウキヨウ")
LABOUR = Bank("2901", "見本労金", "ミホンロウキン")
MARKED = Bank("0401", "ＡＢ・ラーメン、ツー", "エ－ビ－ラ－メンツ－")
OTHER = Bank("0102", "東見本", "ヒガシミホン")
BANKS = (OTHER, FARMERS, LABOUR, CREDIT, CENTRE, MARKED)

HILL = Branch("101", "見本ケ丘", "ミホンガオカ")
EIGHT = Branch("018", "〇一八", "ゼロイチハチ")
BRANCHES = (EIGHT, HILL)


def _banks(query: str, limit: int = 20) -> list[Bank]:
    return best_matches(query, [(bank, bank_keys(bank)) for bank in BANKS], limit)


def _found(query: str, *branches: Branch) -> list[Branch]:
    return best_matches(query, [(branch, branch_keys(branch)) for branch in branches], 20)


def _branches(query: str) -> list[Branch]:
    return _found(query, *BRANCHES)


@pytest.mark.parametrize(
    "query",
    [
        "見本中央",
        "見本中央銀行",
        "見本 中央",
        "みほんちゅうおう",
        "ミホンチユウオウ",
        "ﾐﾎﾝﾁｭｳｵｳ",
        "みほんちゅうおう銀行",
        "みほんちゅうおうぎんこう",
        "0101",
        "０１０１",
        "\u30000101 ",
        "中央",
    ],
)
def test_a_bank_is_found_by_name_kana_and_code_in_every_width(query: str) -> None:
    assert _banks(query) == [CENTRE]


@pytest.mark.parametrize(
    ("query", "bank"),
    [
        ("見本信金", CREDIT),
        ("見本信用金庫", CREDIT),
        ("みほんしんようきんこ", CREDIT),
        ("みほん信用金庫", CREDIT),
        ("見本農業協同組合", FARMERS),
        ("ＪＡ見本", FARMERS),
        ("JA見本農協", FARMERS),
        ("見本労働金庫", LABOUR),
        ("見本ろうきん", LABOUR),
    ],
)
def test_a_short_form_is_found_in_full(query: str, bank: Bank) -> None:
    assert _banks(query) == [bank]


@pytest.mark.parametrize("typed", ["みほんちゅうおうぎんこう", "見本中央銀行"])
def test_it_is_found_at_every_letter_of_typing(typed: str) -> None:
    assert all(CENTRE in _banks(typed[:end]) for end in range(1, len(typed) + 1))


@pytest.mark.parametrize(
    "query", ["abラーメン", "ＡＢ・らーめん", "ab らーめん", "えーびーらーめん", "エ－ビ－", "エ-ビ‐ラーメンツー"]
)
def test_signs_case_and_long_vowel_marks_make_no_difference(query: str) -> None:
    assert _banks(query) == [MARKED]


def test_what_begins_so_comes_before_what_only_has_it_and_then_codes_decide() -> None:
    assert _banks("見本") == [CENTRE, CREDIT, LABOUR, FARMERS, OTHER]


def test_the_very_name_comes_before_what_begins_with_it() -> None:
    longer = Branch("001", "見本ケ丘東", "ミホンガオカヒガシ")
    assert _found("見本ヶ丘", longer, HILL) == [HILL, longer]


def test_the_very_code_comes_first() -> None:
    named_so = Branch("001", "一〇一", "イチゼロイチ")
    assert _found("101", named_so, HILL) == [HILL]


def test_a_code_is_found_by_how_it_begins_and_not_by_a_part() -> None:
    assert _banks("01") == [CENTRE, OTHER]
    assert _banks("101") == []


def test_no_more_are_found_than_asked_for() -> None:
    assert _banks("見本", limit=2) == [CENTRE, CREDIT]


@pytest.mark.parametrize("nothing", ["", " ", "\u3000", "・", "()", "\u200b"])
def test_nothing_finds_nothing(nothing: str) -> None:
    assert _banks(nothing) == []


@pytest.mark.parametrize(
    "query", ["見本ヶ丘", "見本ケ丘支店", "みほんがおか", "みほんがおか支店", "ﾐﾎﾝｶﾞｵｶｼﾃﾝ", "10", "みほんがおか支所"]
)
def test_a_branch_is_found_with_and_without_what_branches_are_called(query: str) -> None:
    assert _branches(query) == [HILL]


@pytest.mark.parametrize("query", ["018", "○一八", "〇一八", "ぜろいちはち"])
def test_a_numbered_branch_is_found_by_every_circle(query: str) -> None:
    assert _branches(query) == [EIGHT]


def test_kana_that_sound_alike_are_alike() -> None:
    assert search_key("アイヅ") == search_key("あいず")


@given(ANY_TEXT)
def test_any_text_may_be_searched_for(text: str) -> None:
    assert set(_banks(text)) <= set(BANKS)
    assert search_key(search_key(text)) == search_key(text)


@pytest.mark.parametrize("text", ["", "カ）ミホン", "ミホン　タロウ", "ヴ", "０９ＡＺ", "－．／「」，￥"])
def test_banks_take_these_letters(text: str) -> None:
    assert first_not_of_holder(text) is None


@pytest.mark.parametrize("letter", "ァッャョヮヵヲヰヱー・々見あaａ1()゛ヷ、＆\n")
def test_banks_take_no_others(letter: str) -> None:
    assert first_not_of_holder(f"ミ{letter}ホン") == letter


def test_a_voiced_letter_counts_as_two() -> None:
    assert holder_length("ガパア－　") == 7

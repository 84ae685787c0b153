"""Conversions of what people type: widths, spaces and hyphens, never the letters themselves.

Each conversion is idempotent and accepts any text. Line breaks and other controls stay, so that they can be refused.
Not `jaconv.normalize` and no NFC or NFKC: they change 〜 and the kanji of names (U+FA19 神 becomes 神).
"""

import re
import unicodedata

import jaconv

from chalicelib.domain.bank_kana import SMALL_KANA

_ZERO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_HYPHENS = re.compile("[-\u02d7\u2010-\u2015\u2043\u207b\u208b\u2212\u2500\u2501\ufe58\ufe63\uff0d]")
_MIDDLE_DOTS = re.compile("[\u00b7\u2022\u2027\u2219\u22c5]")
_KANA_MARK = re.compile("([ァ-ヺヽ])([\u3099\u309a\u309b\u309c])")
_COMBINING_MARKS = {"\u3099": "\u3099", "\u309b": "\u3099", "\u309a": "\u309a", "\u309c": "\u309a"}
_HYPHEN_TYPED_AS_LONG_VOWEL = re.compile("(?<![ぁ-ゖァ-ヺー])ー+")

_TO_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_TO_ASCII = {full: code for code, full in _TO_FULL_WIDTH.items()} | {ord("。"): ".", ord("｡"): "."}
_LONE_MARKS = {ord("ﾞ"): "゛", ord("ﾟ"): "゜"}
_CAPITALS = {code: code - 0x20 for code in range(ord("ａ"), ord("ｚ") + 1)}
_TO_BANK_SIGNS = {ord(typed): sign for typed, sign in zip("ー・。、＼¥", "－．．，￥￥", strict=True)}


def to_kana(text: str) -> str:
    """Furigana: full-width katakana of half-width katakana and hiragana; every hyphen is a long-vowel mark."""
    kana = jaconv.hira2kata(_full_width_kana(_one_space(text)))
    return _HYPHENS.sub("ー", _MIDDLE_DOTS.sub("・", _KANA_MARK.sub(_joined, kana)))


def to_name(text: str) -> str:
    """A name in 全角: full-width letters, digits, signs and katakana; hyphens become the full-width one (U+FF0D)."""
    return _HYPHENS.sub("\uff0d", _full_width_kana(_one_space(text))).translate(_TO_FULL_WIDTH)


def to_bank_kana(text: str) -> str:
    """A holder's name as banks take it, in full width: small kana and letters made large, signs the few they have."""
    kana = _KANA_MARK.sub(_joined, to_kana(text).translate(SMALL_KANA))
    return kana.translate(_TO_FULL_WIDTH).translate(_CAPITALS).translate(_TO_BANK_SIGNS)


def to_ascii(text: str) -> str:
    """Mail addresses, IDs and numbers: half-width, without any space; hyphens become the ASCII one, 。 a full stop.

    A long-vowel mark is a hyphen where no kana stands before it: input methods put it where "-" was typed.
    """
    bare = _SPACES.sub("", _ZERO_WIDTH.sub("", text)).translate(_TO_ASCII).replace("ｰ", "ー")
    return _HYPHENS.sub("-", _HYPHEN_TYPED_AS_LONG_VOWEL.sub(lambda run: "-" * len(run.group()), bare))


def _one_space(text: str) -> str:
    return _SPACES.sub("\u3000", _ZERO_WIDTH.sub("", text)).strip("\u3000")


def _full_width_kana(text: str) -> str:
    return jaconv.h2z(text).translate(_LONE_MARKS)


def _joined(match: re.Match[str]) -> str:
    """カ and a voiced mark typed apart are ガ; marks that join with nothing stay, to be refused by name."""
    joined = unicodedata.normalize("NFC", match[1] + _COMBINING_MARKS[match[2]])
    return joined if len(joined) == 1 else match.group()

"""The letters that banks take for a holder's name (口座名義): katakana without small ones, and a few signs."""

import re
import unicodedata

HOLDER_LIMIT = 30
"""Most half-width letters of a holder's name."""

SMALL_KANA = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
"""Small katakana made large, for `str.translate`."""

_NOT_HOLDER = re.compile("[^アイウエオカ-ヂツ-モヤユヨラ-ロワンヴ０-９Ａ-Ｚ（）．－／「」，￥\u3000]")


def first_not_of_holder(text: str) -> str | None:
    """The first character of a full-width `text` that banks do not take, or None; ヲ is one of those."""
    match = _NOT_HOLDER.search(text)
    return match.group() if match else None


def holder_length(text: str) -> int:
    """How long `text` is in half-width letters, where ガ counts as two."""
    return len(unicodedata.normalize("NFD", text))

"""Which characters may be stored, and how a message shows one that may not (spec: terms.md, "Text input").

Letters of every script are welcome, rare kanji and ideographic variation sequences included. Nothing here changes what
is stored; `folded` makes keys for comparing only.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, cast

NAME_LIMIT = 100
"""Most code points of a name."""

ADDRESS_LIMIT = 254
"""Most code points of a mail address (RFC 5321, 4.5.3.1.3: a path of 256 octets with its angle brackets)."""

CharacterKind = Literal["control", "bidi", "surrogate", "emoji", "other"]

# emoji-data.txt (Unicode 17), Emoji=Yes; left out are signs that are ordinary text unless a selector makes them emoji:
# © ® ™ ‼ ⁉ ℹ, arrows, squares and triangles, Ⓜ 〰 〽 ㊗ ㊙.
_PICTURES = (
    "\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d\u2620\u2622"
    "\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b"
    "\u267e\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5"
    "\u26c8\u26ce\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2705\u2708-\u270d\u270f"
    "\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763\u2764"
    "\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff"
)
_CONTROLS = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
_BIDI = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SURROGATES = r"\ud800-\udfff"
_IDEOGRAPHS = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FLAG = "[\U0001f1e6-\U0001f1ff]{1,2}"
_PICTURE = f"(?:[{_PICTURES}]|[^{_CONTROLS}{_BIDI}{_SURROGATES}](?=[\ufe0f\u20e3]))"
_MODIFIER = "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"

_KINDS: dict[CharacterKind, str] = {
    "control": f"[{_CONTROLS}]",
    "bidi": f"[{_BIDI}]",
    "surrogate": f"[{_SURROGATES}]",
    "emoji": f"{_FLAG}|{_PICTURE}(?:{_MODIFIER}|\u200d{_PICTURE})*|[\ufe0f\u20e3]",
    "other": "|".join(
        (
            # Invisible: formatting, tags, and fillers that would pass for a name.
            r"[\xad\u115f\u1160\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\U000e0000-\U000e00ff]",
            # Left behind by broken decoding; private use (外字); noncharacters.
            r"[\ufff9-\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\ufdd0-\ufdef\ufffe\uffff]",
            "[" + "".join(chr(plane << 16 | end) for plane in range(1, 15) for end in (0xFFFE, 0xFFFF)) + "]",
            # Joiners, but in scripts that are written with them (Arabic to Myanmar, Khmer, Mongolian).
            r"(?<![\u0600-\u109f\u1780-\u18af])[\u200c\u200d]",
            # Variation selectors, but behind an ideograph.
            f"(?<![{_IDEOGRAPHS}])[\ufe00-\ufe0e\U000e0100-\U000e01ef]",
        )
    ),
}
_FORBIDDEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))

_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Cs", "Me", "Mn", "Zl", "Zp", "Zs"})
_INVISIBLE_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc")
_NOT_KANA = re.compile("[^\u30a1-\u30fc\u31f0-\u31ff\u3000]")


@dataclass(frozen=True)
class Forbidden:
    """One character that may never be stored: itself (a whole emoji sequence, where it is one) and its kind."""

    character: str
    kind: CharacterKind


def first_forbidden(text: str) -> Forbidden | None:
    """The first character of `text` that may never be stored, or None.

    "control" are the C0 and C1 controls and Unicode's line and paragraph separators, "bidi" all of Bidi_Control,
    "surrogate" unpaired surrogates, "other" invisible formatting, fillers, private use and noncharacters.
    """
    match = _FORBIDDEN.search(text)
    return Forbidden(match.group(), cast("CharacterKind", match.lastgroup)) if match else None


def without_invisible(text: str) -> str:
    """`text` as a page may show it again: without the forbidden characters that nobody could see to delete."""
    return _FORBIDDEN.sub(lambda match: match.group() if is_visible(match.group()) else "", text)


def is_visible(character: str) -> bool:
    """Whether whoever typed `character` (or a sequence beginning with it) sees it; private use shows on their side."""
    return character[0] not in _INVISIBLE_LETTERS and unicodedata.category(character[0]) not in _INVISIBLE_CATEGORIES


def display_of(character: str) -> str:
    """How a message names `character`: itself, or its code point, such as U+202E, when it cannot be seen."""
    return character if is_visible(character) else f"U+{ord(character[0]):04X}"


def first_not_kana(text: str) -> str | None:
    """The first character that furigana may not have, or None.

    Furigana is full-width katakana, the long-vowel mark, the middle dot and the full-width space.
    """
    match = _NOT_KANA.search(text)
    return match.group() if match else None


def folded(text: str) -> str:
    """A key for comparing without case and width: NFKC caseless matching (The Unicode Standard, D147). Never stored."""
    decomposed = unicodedata.normalize("NFD", text).casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", decomposed).casefold())

"""検索キー: what stands below a two-dimensional code, to be typed where it cannot be scanned (spec: terms.md)."""

import re

from chalicelib.domain.check_digits import is_checked, with_check_digit

KEY_DIGITS, SINGLE_KEY_DIGITS = 15, 14
_SHAPE = re.compile(r"[0-9]{16}|K[0-9]{15}", re.ASCII)
_SINGLE = "K"


def lookup_key(random_digits: str) -> str:
    """The key from 15 digits by chance: 16 digits, the last of which checks the others."""
    return with_check_digit(random_digits)


def single_lookup_key(random_digits: str) -> str:
    """The key of a single vehicle's code from 14 digits by chance: K and 15 digits."""
    return _SINGLE + with_check_digit(random_digits)


def is_lookup_key(text: str) -> bool:
    """Whether `text` has the form of a key. Not whether it was ever given out."""
    return bool(_SHAPE.fullmatch(text)) and is_checked(text.removeprefix(_SINGLE))


def is_single(key: str) -> bool:
    """Whether a well-formed key is that of a single vehicle."""
    return key.startswith(_SINGLE)


def grouped_key(key: str) -> str:
    """The key as people read it: 9999 9999 9999 9999."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))

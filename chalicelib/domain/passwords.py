"""Rules of passwords (納付利用者パスワード, 一括利用者パスワード and the others; spec: terms.md, "Passwords")."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from chalicelib.domain.addresses import split_address
from chalicelib.domain.characters import folded

PASSWORD_LIMIT = 128
"""Most code points of any secret; nothing longer is ever hashed."""

Objection = Literal["too_short", "too_long", "same_as_own"]

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


@dataclass(frozen=True)
class PasswordRules:
    """How long a password is at least and at most, in code points after `prepared`."""

    min_length: int = 15
    max_length: int = PASSWORD_LIMIT


def prepared(typed: str) -> str:
    """The password as it is measured and hashed, so that the same keys on another system give the same hash.

    RFC 8265, OpaqueString: every space becomes the ASCII space, then NFC. Case and width stay, nothing is trimmed.
    Every door that takes a secret applies it.
    """
    return unicodedata.normalize("NFC", _SPACES.sub(" ", typed))


def objection_to(password: str, rules: PasswordRules, own_words: Iterable[str] = ()) -> Objection | None:
    """Why a prepared password is refused, or None.

    `own_words`: the person's names, IDs and mail addresses, and the service's names. A password is "the same" as one
    of them, as the part of an address before the @, or as two of them in a row, when letters and digits agree without
    regard to case and width.
    """
    if len(password) < rules.min_length:
        return "too_short"
    if len(password) > rules.max_length:
        return "too_long"
    key = _letters_and_digits(password)
    if key and key in {_letters_and_digits(word) for word in _spellings(own_words)}:
        return "same_as_own"
    return None


def _spellings(own_words: Iterable[str]) -> Iterator[str]:
    """Every word, the local part of every address, and every two different words in a row."""
    words = [word for word in own_words if word]
    yield from words
    yield from (split_address(word)[0] for word in words if "@" in word)
    yield from ("".join(pair) for pair in permutations(words, 2))


def _letters_and_digits(text: str) -> str:
    return "".join(character for character in folded(text) if character.isalnum())

"""What is wrong with one field, as a code; its words live in templates/texts/problems.html."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

Code = Literal[
    "required",
    "too_long",
    "too_short",
    "mismatch",
    "not_kana",
    "forbidden_character",
    "not_an_address",
    "address_not_sendable",
    "unknown_choice",
    "must_consent",
    "both_or_neither",
    "common_password",
    "same_as_own",
    "line_break",
    "not_a_payer_id",
    "credentials_wrong",
    "same_as_current",
    "not_bank_kana",
    "not_digits",
    "choose_from_list",
    "nothing_found",
]
CODES: frozenset[str] = frozenset(get_args(Code))


@dataclass(frozen=True, init=False)
class Problem:
    """One thing to put right.

    Parameters by code: too_long and too_short(limit: code points), mismatch(of: name of the other field),
    not_kana(character), not_bank_kana(character), not_digits(character), forbidden_character(character, kind);
    `character` is ready to be shown.
    """

    code: Code
    params: Mapping[str, str | int]

    def __init__(self, code: Code, **params: str | int) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "params", MappingProxyType(params))

    def __hash__(self) -> int:
        """By value, as equality is."""
        return hash((self.code, tuple(sorted(self.params.items()))))

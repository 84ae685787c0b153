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
    "not_an_application_number",
    "application_secret_wrong",
    "passcode_wrong",
    "not_on_certificate",
    "not_a_plate_number",
    "not_a_code",
    "unknown_office",
    "not_of_procedure",
    "day_not_ahead",
    "not_a_day",
    "not_correctable_field",
    "not_a_filer_id",
    "not_a_scrivener_number",
    "number_stands_twice",
    "officer_secrets_wrong",
    "only_for_bulk_payment",
    "not_at_this_step",
    "day_not_past",
    "not_a_reference",
    "comes_with_the_other",
]
CODES: frozenset[str] = frozenset(get_args(Code))


@dataclass(frozen=True, init=False)
class Problem:
    """One thing to put right.

    Parameters by code: too_long and too_short(limit: code points), mismatch(of: name of the other field),
    not_kana(character), not_bank_kana(character), not_digits(character), not_a_code(character),
    forbidden_character(character, kind),
    not_on_certificate(character, extended: "yes" when the field for 高水準文字 can take it, "no" when no field can,
    "never" when the procedure has no such field); `character` is ready to be shown.
    """

    code: Code
    params: Mapping[str, str | int]

    def __init__(self, code: Code, **params: str | int) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "params", MappingProxyType(params))

    def __hash__(self) -> int:
        """By value, as equality is."""
        return hash((self.code, tuple(sorted(self.params.items()))))

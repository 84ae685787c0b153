"""Fields of bank accounts."""

import re
from typing import Any

from wtforms.form import BaseForm

from chalicelib.domain.bank_kana import HOLDER_LIMIT, first_not_of_holder, holder_length
from chalicelib.domain.characters import display_of
from chalicelib.forms.fields import AsciiField, TextField
from chalicelib.forms.problems import Problem
from chalicelib.forms.text import to_bank_kana

_NUMBER_DIGITS = 7
_NOT_DIGIT = re.compile("[^0-9]")


class _BankField(TextField):
    """A text whose letters are judged before its length: an address typed by mistake is not merely too long."""

    def problem(self, form: BaseForm) -> Problem | None:
        """As of every text, but the field's own flaw comes before the length."""
        found = super().problem(form)
        return (self.flaw(form) or found) if found and found.code == "too_long" else found


class BankKanaField(_BankField):
    """口座名義 in the letters that banks take; small kana are made large."""

    limit = HOLDER_LIMIT

    def converted(self, text: str) -> str:
        """Full-width katakana without small letters, capital letters, digits and signs."""
        return to_bank_kana(text)

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """The first character that banks do not take, or too long when written in half width."""
        character = first_not_of_holder(self.typed)
        if character:
            return Problem("not_bank_kana", character=display_of(character))
        return Problem("too_long", limit=self.limit) if holder_length(self.typed) > self.limit else None


class AccountNumberField(_BankField, AsciiField):
    """口座番号: seven digits; zeros in front may be left out, hyphens are dropped."""

    limit = _NUMBER_DIGITS
    inputmode = "numeric"

    def __init__(self, *, autocomplete: str = "off", **options: Any) -> None:
        super().__init__(autocomplete=autocomplete, **options)

    def converted(self, text: str) -> str:
        """Half-width, without hyphens."""
        return super().converted(text).replace("-", "")

    def take(self, text: str) -> None:
        """Convert it; a number gets its zeros."""
        super().take(text)
        if self.typed and not _NOT_DIGIT.search(self.typed):
            self.data = self.typed.zfill(_NUMBER_DIGITS)

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """The first character that is no digit."""
        match = _NOT_DIGIT.search(self.typed)
        return Problem("not_digits", character=display_of(match.group())) if match else None

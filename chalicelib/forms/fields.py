"""Field types that need no library of their own; addresses and new passwords have their own modules."""

import re
from collections.abc import Iterable
from typing import Any

from wtforms.form import BaseForm

from chalicelib.domain.characters import (
    NAME_LIMIT,
    display_of,
    first_forbidden,
    first_not_kana,
    without_invisible,
)
from chalicelib.forms.base import Field
from chalicelib.forms.problems import Problem
from chalicelib.forms.text import to_ascii, to_kana, to_name

_LINE_BREAKS = re.compile("[\n\v\f\r\x85\u2028\u2029]")


class TextField(Field):
    """One line of text. `typed` is all of it, converted; `data` is that without what nobody could see to delete."""

    data: str
    limit = NAME_LIMIT

    def converted(self, text: str) -> str:
        """The text as it will be stored."""
        return text

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """What is wrong with a text that is neither empty nor too long nor holds a forbidden character."""
        return None

    def take(self, text: str) -> None:
        """Convert it."""
        self.typed = self.converted(text)
        self.data = without_invisible(self.typed)

    def problem(self, form: BaseForm) -> Problem | None:
        """The first of: line break, forbidden character, empty, too long, the field's own flaw."""
        broken = broken_text(self.typed)
        if broken:
            return broken
        if not self.typed:
            return Problem("required") if self.is_required else None
        if len(self.typed) > self.limit:
            return Problem("too_long", limit=self.limit)
        return self.flaw(form)


class NameField(TextField):
    """A name in 全角; any letter that Unicode has."""

    def converted(self, text: str) -> str:
        """Full-width letters, digits and katakana."""
        return to_name(text)


class KanaField(TextField):
    """フリガナ."""

    def converted(self, text: str) -> str:
        """Full-width katakana."""
        return to_kana(text)

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """The first character that is not katakana."""
        character = first_not_kana(self.typed)
        return Problem("not_kana", character=display_of(character)) if character else None


class AsciiField(TextField):
    """IDs and numbers: half-width and without spaces."""

    def converted(self, text: str) -> str:
        """Half-width."""
        return to_ascii(text)


class ChoiceField(Field):
    """One of a few values; `choices` are those values, for the template to go through."""

    data: str
    input_type = "radio"

    def __init__(self, *, choices: Iterable[str], **options: Any) -> None:
        super().__init__(**options)
        self.choices = tuple(choices)

    def take(self, text: str) -> None:
        """Keep it when it was offered."""
        self.typed = text
        self.data = text if text in self.choices else ""

    def problem(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """Nothing chosen, or something that was not offered."""
        if self.typed and not self.data:
            return Problem("unknown_choice")
        return Problem("required") if self.is_required and not self.typed else None


class ConsentField(Field):
    """A box that has to be ticked; it is sent with any value, or not at all."""

    data: bool
    input_type = "checkbox"

    def take(self, text: str) -> None:
        """Any text is a tick."""
        self.data = bool(text.strip())

    def problem(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """Not ticked."""
        return None if self.data or not self.is_required else Problem("must_consent")

    @property
    def value(self) -> str:
        """A word or nothing."""
        return "yes" if self.data else ""


def broken_text(text: str) -> Problem | None:
    """The first line break or forbidden character."""
    found = first_forbidden(text)
    if not found:
        return None
    if _LINE_BREAKS.fullmatch(found.character):
        return Problem("line_break")
    return Problem("forbidden_character", character=display_of(found.character), kind=found.kind)

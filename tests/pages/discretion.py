"""What people typed and what opens doors, so that tests can look for it where it must not be."""

from dataclasses import dataclass, field

from chalicelib.forms.text import to_ascii, to_kana, to_name

_NAMES_NOBODY = frozenset({"kind", "consent", "csrf_token", "submission_id", "key", "purpose", "procedure"})
_SHORT = 3


@dataclass
class Discretion:
    """`typed`: names and addresses. `passwords`. `cookies`: values that name a browser. `tokens`: the rest."""

    typed: set[str] = field(default_factory=set)
    passwords: set[str] = field(default_factory=set)
    cookies: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)

    def note_typed(self, name: str, text: str) -> None:
        """Somebody typed this."""
        if "password" in name:
            self.passwords.add(text)
        elif name not in _NAMES_NOBODY:
            self.typed.add(text)

    def converted(self) -> set[str]:
        """What was typed, in every spelling a page may show."""
        spelled = {spell(text) for text in self.typed for spell in (str, to_name, to_kana, to_ascii)}
        return {text for text in spelled if text}

    def never_shown(self) -> set[str]:
        """Passwords that are not also somebody's name, and the names of browsers and drafts."""
        shown = self.converted()
        own = {text for text in self.passwords if not any(text in other for other in shown)}
        return {text for text in own | self.cookies if len(text) > _SHORT}

    def never_logged(self) -> set[str]:
        """Everything that names a person or opens a door."""
        return {text for text in self.converted() | self.passwords | self.cookies | self.tokens if _is_telling(text)}


def _is_telling(text: str) -> bool:
    return len(text) > _SHORT or not text.isascii()

"""Fields of secrets: they are never prefilled, never shown again and never part of a draft."""

import re
from typing import Any

from wtforms.form import BaseForm

from chalicelib.domain.characters import display_of, first_forbidden
from chalicelib.domain.passwords import PASSWORD_LIMIT, prepared
from chalicelib.forms.base import Field
from chalicelib.forms.problems import Problem

_UNTYPEABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class SecretField(Field):
    """A secret to be compared with a stored one, or a new one without rules of its own.

    `secret` is what was typed, ready to be hashed; `data`, which a page may show, is always empty.
    """

    data: str
    input_type = "password"

    def __init__(self, *, autocomplete: str = "current-password", **options: Any) -> None:
        super().__init__(autocomplete=autocomplete, **options)

    def take(self, text: str) -> None:
        """Keep it where no template looks."""
        self.data, self.secret = "", prepared(text)

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """What is wrong with a secret that is neither empty nor too long nor holds a control character."""
        return None

    def problem(self, form: BaseForm) -> Problem | None:
        """The first of: empty, too long, a control or broken character, the field's own flaw."""
        if not self.secret:
            return Problem("required") if self.is_required else None
        if len(self.secret) > PASSWORD_LIMIT:
            return Problem("too_long", limit=PASSWORD_LIMIT)
        return self._untypeable() or self.flaw(form)

    def _untypeable(self) -> Problem | None:
        found = _UNTYPEABLE.search(self.secret)
        forbidden = first_forbidden(found.group()) if found else None
        if not forbidden:
            return None
        return Problem("forbidden_character", character=display_of(forbidden.character), kind=forbidden.kind)

    @property
    def value(self) -> None:
        """Nothing."""
        return


class SecretConfirmationField(SecretField):
    """The secret once more; `of` is the field it repeats, declared before it."""

    def __init__(self, *, of: str, autocomplete: str = "new-password", **options: Any) -> None:
        super().__init__(autocomplete=autocomplete, **options)
        self.of = of

    def flaw(self, form: BaseForm) -> Problem | None:
        """Whether it differs from a first one that is itself fine."""
        first = form[self.of]
        if isinstance(first, SecretField) and first.is_acceptable and first.secret != self.secret:
            return Problem("mismatch", of=self.of)
        return None

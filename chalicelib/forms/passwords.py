"""Fields of new passwords. Apart from the other fields because zxcvbn takes 29 ms and 10 MiB to import."""

import re
from collections.abc import Iterable, Mapping
from itertools import permutations
from threading import Lock
from typing import Any

from wtforms.form import BaseForm
from zxcvbn import zxcvbn
from zxcvbn.matching import RANKED_DICTIONARIES

from chalicelib.domain.addresses import split_address
from chalicelib.domain.characters import folded
from chalicelib.domain.passwords import PasswordRules, objection_to
from chalicelib.forms.base import Form
from chalicelib.forms.problems import Problem
from chalicelib.forms.secret_fields import SecretField

FEWEST_GUESSES = 10**8
"""Fewer guesses than this make a password common: zxcvbn's own line to "safe from guessing online" (score 3)."""

_CUT = 72
_SEPARATORS = ("", " ", "-", "_", ".")
_MOST_PARTS = 60  # they are combined by twos: programs may send names of hundreds of words
_one_at_a_time = Lock()


class PasswordForm(Form):
    """A form that sets passwords: it knows the rules and the words that the person's passwords may not be."""

    def __init__(
        self,
        typed: Mapping[str, str] | None = None,
        *,
        rules: PasswordRules,
        own_words: Iterable[str] = (),
        values: Mapping[str, str] | None = None,
    ) -> None:
        self.rules = rules
        self.own_words = tuple(own_words)
        super().__init__(typed, values=values)


class NewPasswordField(SecretField):
    """A new password; its form is a `PasswordForm`."""

    def __init__(self, *, autocomplete: str = "new-password", **options: Any) -> None:
        super().__init__(autocomplete=autocomplete, **options)

    def flaw(self, form: BaseForm) -> Problem | None:
        """Too short or too long by the rules, the person's own word, or too easily guessed."""
        if not isinstance(form, PasswordForm):
            raise TypeError("a new password needs a PasswordForm")
        objection = objection_to(self.secret, form.rules, form.own_words)
        if objection == "too_short":
            return Problem(objection, limit=form.rules.min_length)
        if objection == "too_long":
            return Problem(objection, limit=form.rules.max_length)
        if objection:
            return Problem(objection)
        return Problem("common_password") if is_common(self.secret, form.own_words) else None


def is_common(password: str, own_words: Iterable[str] = ()) -> bool:
    """Whether somebody who has lists of leaked passwords, and knows the person, guesses it in `FEWEST_GUESSES`.

    zxcvbn refuses more than 72 characters, so the beginning of a longer password has to be good enough by itself.
    """
    beginning = folded(password)[:_CUT]
    if not beginning:
        return True
    with _one_at_a_time:  # zxcvbn keeps the words in a table that all its callers share
        try:
            return bool(zxcvbn(beginning, _guessable(own_words))["guesses"] < FEWEST_GUESSES)
        finally:
            RANKED_DICTIONARIES.pop("user_inputs", None)


def _guessable(own_words: Iterable[str]) -> list[str]:
    """The person's words as they come to mind: in parts, whole, and two parts in a row."""
    whole = [folded(spelling) for word in own_words for spelling in (word, split_address(word)[0]) if spelling]
    parts = list(dict.fromkeys(part for word in whole for part in re.split(r"[\W_]+", word) if part))[:_MOST_PARTS]
    pairs = [separator.join(pair) for separator in _SEPARATORS for pair in permutations(parts, 2)]
    return [*parts, *whole, *pairs]

"""Fields of mail addresses. Apart from the other fields because email-validator takes 37 ms to import."""

from typing import Any

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from wtforms.form import BaseForm

from chalicelib.domain.addresses import comparison_key, split_address, with_quoted_local
from chalicelib.domain.characters import ADDRESS_LIMIT
from chalicelib.forms.fields import AsciiField, broken_text
from chalicelib.forms.problems import Problem


class EmailField(AsciiField):
    """A mail address that we can send to, stored in ASCII: an international domain as xn--, no needless quotes.

    The input is of type text: browsers refuse full-width letters and old carriers' dots in fields of type email.
    """

    limit = ADDRESS_LIMIT
    inputmode = "email"

    def __init__(self, *, autocomplete: str = "email", **options: Any) -> None:
        super().__init__(autocomplete=autocomplete, **options)

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """Not an address, or none that mail could be sent to; else `data` becomes what is stored."""
        stored = sendable_address(self.typed)
        if stored is None:
            return Problem("address_not_sendable" if _is_address(self.typed) else "not_an_address")
        self.data = stored
        return None


class EmailConfirmationField(AsciiField):
    """The address once more; `of` is the field it repeats, declared before it. As required as that one."""

    limit = ADDRESS_LIMIT
    inputmode = "email"

    def __init__(self, *, of: str, autocomplete: str = "email", **options: Any) -> None:
        super().__init__(autocomplete=autocomplete, **options)
        self.of = of
        self.is_confirmed = False

    def problem(self, form: BaseForm) -> Problem | None:
        """Of two optional fields only one was filled; else as every text."""
        if not self.is_required and bool(self.typed) != bool(form[self.of].data):
            return broken_text(self.typed) or Problem("both_or_neither")
        return super().problem(form)

    def flaw(self, form: BaseForm) -> Problem | None:
        """Whether it differs from a first one that is itself fine; else both hold the same."""
        first = form[self.of]
        if not isinstance(first, EmailField) or not first.is_acceptable:
            return None
        if comparison_key(sendable_address(self.typed) or self.typed) != comparison_key(first.data):
            return Problem("mismatch", of=self.of)
        self.data = first.data
        self.is_confirmed = True
        return None

    @property
    def is_ok(self) -> bool:
        """Whether it was compared and is the same."""
        return self.is_confirmed


def sendable_address(typed: str) -> str | None:
    """The address as it is stored, or None when no mail can be sent to it. Nothing is looked up."""
    stored = _checked(typed)
    return stored if stored and stored.isascii() and '"' not in stored and len(stored) <= ADDRESS_LIMIT else None


def _is_address(typed: str) -> bool:
    """Whether it is an address at all, if only on somebody's own network or with letters that we cannot send to."""
    local, domain = split_address(typed)
    if local and domain.rpartition(".")[2].lower() in SPECIAL_USE_DOMAIN_NAMES:
        return True
    return _checked(typed, beyond_our_mail=True) is not None


def _checked(typed: str, *, beyond_our_mail: bool = False) -> str | None:
    try:
        checked = validate_email(
            with_quoted_local(typed),
            check_deliverability=False,
            allow_quoted_local=True,
            allow_smtputf8=beyond_our_mail,
            allow_domain_literal=beyond_our_mail,
            strict=True,
        )
    except EmailNotValidError:
        return None
    return "@".join(split_address(checked.ascii_email or checked.normalized))

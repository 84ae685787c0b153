"""Tokens of business software: short-lived, and dead as soon as the filer password is another."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.accounts import Account

FILER_TOKEN_LIFETIME = timedelta(minutes=15)


def password_mark(password_hash: str) -> str:
    """Stands for a password's hash in a token, so that the token dies with it: 64 bits, in hexadecimal."""
    return hashlib.sha256(password_hash.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class FilerToken:
    """Whose software asked for it, with which password, and when."""

    id_suffix: str
    password_mark: str
    issued_at: datetime

    def is_good(self, account: Account | None, now: datetime) -> bool:
        """Whether it still opens the account."""
        if account is None or now >= self.issued_at + FILER_TOKEN_LIFETIME:
            return False
        return password_mark(account.filer_password_hash) == self.password_mark

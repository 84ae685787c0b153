"""ダイレクト納付口座: bank accounts from which payments are debited (manual 4; spec: mypage.md)."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = 10_000
_ACCOUNT_ID = re.compile(r"K[KL][A-Z]{2}[0-9]{4}", re.ASCII)


class DebitKind(StrEnum):
    """国庫金 (taxes and fees of the state) or 地方税; the value is how IDs of the kind begin."""

    TREASURY = "KK"
    LOCAL_TAX = "KL"

    @property
    def limit(self) -> int:
        """How many of the kind one account may hold."""
        return {DebitKind.TREASURY: 2000, DebitKind.LOCAL_TAX: 500}[self]


class DepositType(StrEnum):
    """預金種目."""

    ORDINARY = "ordinary"
    CURRENT = "current"


@dataclass(frozen=True)
class BankAccount:
    """口座: where the money lies. Names of bank and branch as they were published when it was stored.

    `holder_kana` in the banks' letters (full width, without small ones), `number` seven digits.
    """

    bank_code: str
    bank_name: str
    branch_code: str
    branch_name: str
    deposit_type: DepositType
    number: str
    holder_kana: str


@dataclass(frozen=True)
class DebitAccount:
    """ダイレクト納付口座, for 国庫金 or for 地方税; `version` guards edits."""

    debit_account_id: str
    bank_account: BankAccount
    created_at: datetime
    changed_at: datetime
    version: int = 1

    @property
    def kind(self) -> DebitKind:
        """Which list it stands in."""
        return DebitKind(self.debit_account_id[:2])


@dataclass(frozen=True)
class DebitCounts:
    """Of one kind: how many an account holds, and how many IDs were ever drawn (none is used twice)."""

    held: int = 0
    drawn: int = 0


@dataclass(frozen=True)
class DebitPage:
    """Some debit accounts in the order of their IDs; `after` and `before` lead on, None where the list ends."""

    accounts: tuple[DebitAccount, ...]
    before: str | None = None
    after: str | None = None


def debit_account_id(kind: DebitKind, position: int) -> str:
    """The ID at `position`, counted from 1: KKAA0001, …, KKAA9999, KKAB0000."""
    letters, digits = divmod(position, _DIGITS)
    first, second = divmod(letters, len(_LETTERS))
    return f"{kind.value}{_LETTERS[first]}{_LETTERS[second]}{digits:04d}"


def is_debit_account_id(text: str, kind: DebitKind) -> bool:
    """Whether `text` has the form of an ID of the kind."""
    return bool(_ACCOUNT_ID.fullmatch(text)) and text.startswith(kind.value)

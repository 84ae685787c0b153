"""利用者: an account and its pair of IDs (manual 1, chapter 3; spec: mypage.md)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.debit_accounts import DebitCounts, DebitKind
from chalicelib.domain.holders import Holder

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = 10_000
_PAYER_ID = re.compile(f"KN([{_LETTERS}]{{2}}[0-9]{{4}})", re.ASCII)
_FILER_ID = re.compile(f"KI([{_LETTERS}]{{2}}[0-9]{{4}})", re.ASCII)
ID_SUFFIXES = len(_LETTERS) ** 2 * _DIGITS
ADDRESS_LINK_LIFETIME = timedelta(hours=24)


def id_suffix_at(position: int) -> str:
    """The suffix at `position` of all 5,760,000: two letters without I and O, then four digits, such as CA6288."""
    letters, digits = divmod(position, _DIGITS)
    first, second = divmod(letters, len(_LETTERS))
    return f"{_LETTERS[first]}{_LETTERS[second]}{digits:04d}"


def payer_id_of(id_suffix: str) -> str:
    """納付利用者ID: the ID that signs in to My Page."""
    return f"KN{id_suffix}"


def filer_id_of(id_suffix: str) -> str:
    """一括利用者ID: the ID that business software files with."""
    return f"KI{id_suffix}"


def suffix_of_payer_id(payer_id: str) -> str | None:
    """The suffix of a 納付利用者ID in capitals; None when `payer_id` does not have the form of one."""
    match = _PAYER_ID.fullmatch(payer_id)
    return match[1] if match else None


def suffix_of_filer_id(filer_id: str) -> str | None:
    """The suffix of a 一括利用者ID in capitals; None when `filer_id` does not have the form of one."""
    match = _FILER_ID.fullmatch(filer_id)
    return match[1] if match else None


class AddressRole(StrEnum):
    """What an account's address is for: 利用者管理用, 申請状況通知用."""

    MANAGEMENT = "management"
    NOTIFICATION = "notification"


@dataclass(frozen=True)
class PendingAddress:
    """A new address that nobody confirmed yet; `mark` names the one link that can."""

    address: str
    mark: str
    asked_at: datetime

    @property
    def expires_at(self) -> datetime:
        """The first moment at which its link no longer works."""
        return self.asked_at + ADDRESS_LINK_LIFETIME


@dataclass(frozen=True)
class BulkFileIssue:
    """まとめ納付管理ファイル: which one is good. Serial 0: none was issued."""

    serial: int = 0
    issued_at: datetime | None = None


@dataclass(frozen=True)
class Account:
    """利用者: one row is the pair of IDs, so both are unique when the suffix is.

    Password hashes are Argon2id in PHC form. `epoch` ends all sessions when it moves; `version` guards edits of names
    and addresses; `debits` counts the debit accounts of each kind; `pending` are addresses that wait for their link.
    """

    id_suffix: str
    holder: Holder
    management_email: str
    notification_email: str | None
    payer_password_hash: str
    filer_password_hash: str
    password_set_at: datetime
    created_at: datetime
    language: str
    changed_at: datetime | None = None
    epoch: int = 1
    version: int = 1
    pending: Mapping[AddressRole, PendingAddress] = field(default_factory=dict)
    debits: Mapping[DebitKind, DebitCounts] = field(default_factory=dict)
    bulk_file: BulkFileIssue = field(default_factory=BulkFileIssue)

    @property
    def payer_id(self) -> str:
        """納付利用者ID."""
        return payer_id_of(self.id_suffix)

    @property
    def filer_id(self) -> str:
        """一括利用者ID."""
        return filer_id_of(self.id_suffix)

    @property
    def last_changed_at(self) -> datetime:
        """利用者情報更新日時."""
        return self.changed_at or self.created_at

    @property
    def own_words(self) -> tuple[str, ...]:
        """What no password of this account may be: its names, addresses and IDs."""
        addresses = (self.management_email, self.notification_email or "")
        return (*vars(self.holder).values(), *addresses, self.payer_id, self.filer_id)

    def address_of(self, role: AddressRole) -> str | None:
        """The confirmed address of that role."""
        return self.management_email if role is AddressRole.MANAGEMENT else self.notification_email

    def debits_of(self, kind: DebitKind) -> DebitCounts:
        """The counts of one kind."""
        return self.debits.get(kind, DebitCounts())

    def password_expires_at(self, lifetime: timedelta | None) -> datetime | None:
        """The first moment at which the payer password only opens the change screen; None when it never expires."""
        return self.password_set_at + lifetime if lifetime else None

    def is_password_expired(self, lifetime: timedelta | None, now: datetime) -> bool:
        """Whether that moment has come."""
        expires_at = self.password_expires_at(lifetime)
        return expires_at is not None and now >= expires_at

    def with_payer_password(self, password_hash: str, now: datetime) -> "Account":
        """The account with a new payer password: all sessions end, and mailed links die."""
        return replace(self, payer_password_hash=password_hash, password_set_at=now, epoch=self.epoch + 1, pending={})

    def edited(
        self, holder: Holder, notification_email: str | None, asked: Mapping[AddressRole, PendingAddress], now: datetime
    ) -> "Account":
        """The account with new names; addresses that were `asked` for wait beside those that stay."""
        return replace(
            self,
            holder=holder,
            notification_email=notification_email,
            pending={**self.pending, **asked},
            changed_at=now,
            version=self.version + 1,
        )

    def without_pending(self, role: AddressRole) -> "Account":
        """The account once nobody waits for an address of that role any more."""
        return replace(self, pending={key: value for key, value in self.pending.items() if key is not role})

    def with_confirmed(self, role: AddressRole, now: datetime) -> "Account":
        """The account once the new address of that role was confirmed."""
        address = self.pending[role].address
        settled = replace(self.without_pending(role), changed_at=now, version=self.version + 1)
        if role is AddressRole.MANAGEMENT:
            return replace(settled, management_email=address)
        return replace(settled, notification_email=address)

    def with_new_bulk_file(self, now: datetime) -> "Account":
        """The account once a bulk payment file was issued; all before it are dead."""
        return replace(self, bulk_file=BulkFileIssue(self.bulk_file.serial + 1, now))

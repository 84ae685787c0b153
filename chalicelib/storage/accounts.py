"""Table of 利用者."""

from collections.abc import Sequence
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.domain.accounts import Account, BulkFileIssue
from chalicelib.domain.debit_accounts import DebitCounts, DebitKind
from chalicelib.domain.refusals import AccountMoved, UserIdTaken
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found, table_name
from chalicelib.storage.digests import Digest
from chalicelib.storage.holders import holder_from_row, holder_to_row
from chalicelib.storage.pending_addresses import pending_from_row, pending_to_row
from chalicelib.storage.writes import Writes


class AccountsByAddress(GlobalSecondaryIndex["AccountRow"]):
    """Which accounts an address holds."""

    class Meta:
        """A projection of the keys: the index holds nothing about people."""

        index_name = "by_address"
        projection = KeysOnlyProjection()

    address_key = UnicodeAttribute(hash_key=True)


class AccountRow(Row):
    """One account: the pair of IDs that share a suffix."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("accounts")

    id_suffix = UnicodeAttribute(hash_key=True)
    by_address = AccountsByAddress()
    address_key = UnicodeAttribute()
    holder = JSONAttribute()
    management_email = UnicodeAttribute()
    notification_email = UnicodeAttribute(null=True)
    payer_password_hash = UnicodeAttribute()
    filer_password_hash = UnicodeAttribute()
    password_set_at = MomentAttribute()
    created_at = MomentAttribute()
    language = UnicodeAttribute()
    changed_at = MomentAttribute(null=True)
    epoch = NumberAttribute()
    version = NumberAttribute()
    pending = JSONAttribute(null=True)
    treasury_held = NumberAttribute(null=True)
    treasury_drawn = NumberAttribute(null=True)
    local_tax_held = NumberAttribute(null=True)
    local_tax_drawn = NumberAttribute(null=True)
    bulk_file_serial = NumberAttribute(null=True)
    bulk_file_issued_at = MomentAttribute(null=True)


HELD = {DebitKind.TREASURY: AccountRow.treasury_held, DebitKind.LOCAL_TAX: AccountRow.local_tax_held}
DRAWN = {DebitKind.TREASURY: AccountRow.treasury_drawn, DebitKind.LOCAL_TAX: AccountRow.local_tax_drawn}


class StoredAccounts:
    """`ports.Accounts` on DynamoDB."""

    def __init__(self, writes: Writes, digest: Digest) -> None:
        self._writes = writes
        self._digest = digest

    def find(self, id_suffix: str) -> Account | None:
        """One read."""
        row = found(AccountRow, id_suffix)
        return account_from_row(row) if row else None

    def add(self, account: Account) -> None:
        """One put, if the suffix is free."""
        row = _to_row(account, self._digest(account.management_email))
        self._writes.put(row, AccountRow.id_suffix.does_not_exist(), UserIdTaken)

    def change_profile(self, before: Account, after: Account) -> None:
        """One update, if nobody edited or set a password since `before` was read."""
        actions: list[Action] = [
            AccountRow.holder.set(holder_to_row(after.holder)),
            AccountRow.management_email.set(after.management_email),
            AccountRow.address_key.set(self._digest(after.management_email)),
            AccountRow.pending.set(pending_to_row(after.pending)),
            AccountRow.version.set(after.version),
            AccountRow.changed_at.set(after.last_changed_at),
            AccountRow.notification_email.set(after.notification_email)
            if after.notification_email
            else AccountRow.notification_email.remove(),
        ]
        is_as_read: Condition = (AccountRow.version == before.version) & (AccountRow.epoch == before.epoch)
        self._change(before, actions, is_as_read)

    def change_passwords(self, before: Account, after: Account) -> None:
        """One update, if nobody set a payer password since `before` was read; a hash that stays is left alone.

        Two may write in one epoch: a sign-in renews an outdated hash while somebody sets a new filer password.
        """
        actions: list[Action] = [AccountRow.epoch.set(after.epoch)]
        if after.payer_password_hash != before.payer_password_hash:
            actions.append(AccountRow.payer_password_hash.set(after.payer_password_hash))
        if after.filer_password_hash != before.filer_password_hash:
            actions.append(AccountRow.filer_password_hash.set(after.filer_password_hash))
        if after.epoch != before.epoch:
            actions.append(AccountRow.password_set_at.set(after.password_set_at))
            actions.append(AccountRow.pending.set(pending_to_row(after.pending)))
        self._change(before, actions, AccountRow.epoch == before.epoch)

    def issue_bulk_file(self, before: Account, after: Account) -> None:
        """One update, if none was issued since `before` was read."""
        serial = AccountRow.bulk_file_serial
        is_as_read = serial == before.bulk_file.serial if before.bulk_file.serial else serial.does_not_exist()
        is_there = AccountRow.version.exists()
        actions: list[Action] = [serial.set(after.bulk_file.serial)]
        if after.bulk_file.issued_at:
            actions.append(AccountRow.bulk_file_issued_at.set(after.bulk_file.issued_at))
        self._change(before, actions, is_there & is_as_read)

    def _change(self, account: Account, actions: Sequence[Action], condition: Condition) -> None:
        self._writes.update(AccountRow(account.id_suffix), actions, condition, AccountMoved)


def _to_row(account: Account, address_key: str) -> AccountRow:
    counts: dict[str, Any] = {
        attribute[kind].attr_name: number or None
        for kind in DebitKind
        for attribute, number in ((HELD, account.debits_of(kind).held), (DRAWN, account.debits_of(kind).drawn))
    }
    return AccountRow(
        account.id_suffix,
        address_key=address_key,
        holder=holder_to_row(account.holder),
        management_email=account.management_email,
        notification_email=account.notification_email,
        payer_password_hash=account.payer_password_hash,
        filer_password_hash=account.filer_password_hash,
        password_set_at=account.password_set_at,
        created_at=account.created_at,
        language=account.language,
        changed_at=account.changed_at,
        epoch=account.epoch,
        version=account.version,
        pending=pending_to_row(account.pending) if account.pending else None,
        bulk_file_serial=account.bulk_file.serial or None,
        bulk_file_issued_at=account.bulk_file.issued_at,
        **counts,
    )


def account_from_row(row: AccountRow) -> Account:
    """The account that a row holds."""
    return Account(
        id_suffix=row.id_suffix,
        holder=holder_from_row(row.holder),
        management_email=row.management_email,
        notification_email=row.notification_email,
        payer_password_hash=row.payer_password_hash,
        filer_password_hash=row.filer_password_hash,
        password_set_at=row.password_set_at,
        created_at=row.created_at,
        language=row.language,
        changed_at=row.changed_at,
        epoch=int(row.epoch),
        version=int(row.version),
        pending=pending_from_row(row.pending or {}),
        debits={kind: counts for kind in DebitKind if (counts := _counts(row, kind)).drawn},
        bulk_file=BulkFileIssue(int(row.bulk_file_serial or 0), row.bulk_file_issued_at),
    )


def _counts(row: AccountRow, kind: DebitKind) -> DebitCounts:
    held, drawn = (getattr(row, attribute[kind].attr_name) for attribute in (HELD, DRAWN))
    return DebitCounts(int(held or 0), int(drawn or 0))

"""Table of 利用者."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.domain.accounts import Account
from chalicelib.domain.refusals import UserIdTaken
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found, table_name
from chalicelib.storage.digests import Digest
from chalicelib.storage.holders import holder_from_row, holder_to_row
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
    epoch = NumberAttribute()
    version = NumberAttribute()


class StoredAccounts:
    """`ports.Accounts` on DynamoDB."""

    def __init__(self, writes: Writes, digest: Digest) -> None:
        self._writes = writes
        self._digest = digest

    def find(self, id_suffix: str) -> Account | None:
        """One read."""
        row = found(AccountRow, id_suffix)
        return _from_row(row) if row else None

    def add(self, account: Account) -> None:
        """One put, if the suffix is free."""
        row = AccountRow(
            account.id_suffix,
            address_key=self._digest(account.management_email),
            holder=holder_to_row(account.holder),
            management_email=account.management_email,
            notification_email=account.notification_email,
            payer_password_hash=account.payer_password_hash,
            filer_password_hash=account.filer_password_hash,
            password_set_at=account.password_set_at,
            created_at=account.created_at,
            language=account.language,
            epoch=account.epoch,
            version=account.version,
        )
        self._writes.put(row, AccountRow.id_suffix.does_not_exist(), UserIdTaken)


def _from_row(row: AccountRow) -> Account:
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
        epoch=int(row.epoch),
        version=int(row.version),
    )

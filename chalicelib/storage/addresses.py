"""Table of what each mail address has had: one row for its accounts, one for each hour's mails."""

from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.domain.address_loads import (
    ACCOUNTS_PER_ADDRESS,
    MAILS_PER_ADDRESS_AND_HOUR,
    RESETS_PER_ADDRESS_AND_HOUR,
    AddressLoad,
)
from chalicelib.domain.refusals import AccountsLimitReached, MailLimitReached
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, reaching_the_store, table_name
from chalicelib.storage.digests import Digest
from chalicelib.storage.writes import Writes

_HOUR_ROWS_KEPT = timedelta(hours=2)


class AddressRow(Row):
    """A count. The key is the address's digest, for an hour's mails followed by the hour."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("address_limits")

    address = UnicodeAttribute(hash_key=True)
    used = NumberAttribute()
    ttl = MomentAttribute(null=True)


def _below(limit: int) -> Condition:
    is_first: Condition = AddressRow.used.does_not_exist()
    either: Condition = is_first | (AddressRow.used < limit)
    return either


class StoredAddresses:
    """`ports.Addresses` on DynamoDB."""

    def __init__(self, writes: Writes, digest: Digest) -> None:
        self._writes = writes
        self._digest = digest

    def _hour_key(self, address: str, now: datetime) -> str:
        return f"{self._digest(address)}#{now:%Y-%m-%dT%H}"

    def load(self, address: str, now: datetime) -> AddressLoad:
        """One batch read of both rows."""
        accounts, hour = self._digest(address), self._hour_key(address, now)
        with reaching_the_store():
            used = {row.address: int(row.used) for row in AddressRow.batch_get([accounts, hour], consistent_read=True)}
        return AddressLoad(used.get(accounts, 0), used.get(hour, 0))

    def count_account(self, address: str) -> None:
        """One conditional increment."""
        self._writes.update(
            AddressRow(self._digest(address)),
            [AddressRow.used.add(1)],
            _below(ACCOUNTS_PER_ADDRESS),
            AccountsLimitReached,
        )

    def release_account(self, address: str) -> None:
        """One decrement."""
        self._writes.update(AddressRow(self._digest(address)), [AddressRow.used.add(-1)])

    def count_mail(self, address: str, now: datetime, mails: int = 1) -> None:
        """One conditional increment of the hour's row."""
        self._count(self._hour_key(address, now), now, mails, _below(MAILS_PER_ADDRESS_AND_HOUR - mails + 1))

    def count_due_mail(self, address: str, now: datetime, mails: int = 1) -> None:
        """One increment of the hour's row, whatever it holds."""
        self._count(self._hour_key(address, now), now, mails, None)

    def count_reset(self, address: str, now: datetime, *, is_theirs: bool) -> None:
        """One conditional increment of the hour's row of resets, or of the decoy beside it."""
        whose = "reset" if is_theirs else "decoy"
        self._count(f"{self._hour_key(address, now)}#{whose}", now, 1, _below(RESETS_PER_ADDRESS_AND_HOUR))

    def _count(self, key: str, now: datetime, mails: int, condition: Condition | None) -> None:
        self._writes.update(
            AddressRow(key),
            [AddressRow.used.add(mails), AddressRow.ttl.set(now + _HOUR_ROWS_KEPT)],
            condition,
            MailLimitReached,
        )

"""Table of ダイレクト納付口座; how many there are stands with the account that holds them."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.domain.debit_accounts import BankAccount, DebitAccount, DebitCounts, DebitKind, DebitPage, DepositType
from chalicelib.domain.refusals import AccountMoved, DebitAccountMoved
from chalicelib.storage.accounts import DRAWN, HELD, AccountRow
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found_together, reaching_the_store, table_name
from chalicelib.storage.writes import Writes


class DebitAccountRow(Row):
    """One debit account."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("debit_accounts")

    id_suffix = UnicodeAttribute(hash_key=True)
    debit_account_id = UnicodeAttribute(range_key=True)
    bank_code = UnicodeAttribute()
    bank_name = UnicodeAttribute()
    branch_code = UnicodeAttribute()
    branch_name = UnicodeAttribute()
    deposit_type = UnicodeAttribute()
    number = UnicodeAttribute()
    holder_kana = UnicodeAttribute()
    created_at = MomentAttribute()
    changed_at = MomentAttribute()
    version = NumberAttribute()


def _to_row(id_suffix: str, account: DebitAccount) -> DebitAccountRow:
    bank = account.bank_account
    return DebitAccountRow(
        id_suffix,
        account.debit_account_id,
        bank_code=bank.bank_code,
        bank_name=bank.bank_name,
        branch_code=bank.branch_code,
        branch_name=bank.branch_name,
        deposit_type=bank.deposit_type.value,
        number=bank.number,
        holder_kana=bank.holder_kana,
        created_at=account.created_at,
        changed_at=account.changed_at,
        version=account.version,
    )


def _from_row(row: DebitAccountRow) -> DebitAccount:
    bank = BankAccount(
        bank_code=row.bank_code,
        bank_name=row.bank_name,
        branch_code=row.branch_code,
        branch_name=row.branch_name,
        deposit_type=DepositType(row.deposit_type),
        number=row.number,
        holder_kana=row.holder_kana,
    )
    return DebitAccount(row.debit_account_id, bank, row.created_at, row.changed_at, int(row.version))


class StoredDebitAccounts:
    """`ports.DebitAccounts` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def page(
        self, id_suffix: str, kind: DebitKind, limit: int, *, after: str | None = None, before: str | None = None
    ) -> DebitPage:
        """One query of `limit` rows and one more, which tells whether there are more on that side."""
        is_backward = before is not None
        rows = _rows(id_suffix, kind, limit + 1, before or after, is_backward=is_backward)
        shown = [_from_row(row) for row in rows[:limit]]
        if not shown:
            return DebitPage(())
        ahead = rows[limit - 1].debit_account_id if len(rows) > limit else None
        if is_backward:
            shown.reverse()
            return DebitPage(tuple(shown), before=ahead, after=shown[-1].debit_account_id)
        return DebitPage(tuple(shown), before=shown[0].debit_account_id if after else None, after=ahead)

    def find(self, id_suffix: str, debit_account_id: str) -> DebitAccount | None:
        """One read."""
        (row,) = found_together([(DebitAccountRow, (id_suffix, debit_account_id))])
        return _from_row(row) if isinstance(row, DebitAccountRow) else None

    def add(self, id_suffix: str, debit_account: DebitAccount, counts: DebitCounts) -> None:
        """One put, and one update of both counts: the count that was read is the condition, so the limit is exact."""
        held, drawn = HELD[debit_account.kind], DRAWN[debit_account.kind]
        is_as_read: Condition = drawn == counts.drawn if counts.drawn else drawn.does_not_exist()
        has_room: Condition = held.does_not_exist() | (held < debit_account.kind.limit)
        is_there: Condition = AccountRow.version.exists()
        self._writes.put(_to_row(id_suffix, debit_account), DebitAccountRow.version.does_not_exist(), AccountMoved)
        self._writes.update(
            AccountRow(id_suffix),
            [held.add(1), drawn.set(counts.drawn + 1)],
            is_there & is_as_read & has_room,
            AccountMoved,
        )

    def change(self, id_suffix: str, before: DebitAccount, after: DebitAccount) -> None:
        """One conditional put."""
        is_as_read = DebitAccountRow.version == before.version
        self._writes.put(_to_row(id_suffix, after), is_as_read, DebitAccountMoved)

    def remove(self, id_suffix: str, debit_account: DebitAccount) -> None:
        """One conditional delete, and one update of the count."""
        row = DebitAccountRow(id_suffix, debit_account.debit_account_id)
        self._writes.delete(row, DebitAccountRow.version == debit_account.version, DebitAccountMoved)
        self._writes.update(AccountRow(id_suffix), [HELD[debit_account.kind].add(-1)])


def _rows(
    id_suffix: str, kind: DebitKind, limit: int, beyond: str | None, *, is_backward: bool
) -> list[DebitAccountRow]:
    start = {"id_suffix": {"S": id_suffix}, "debit_account_id": {"S": beyond}} if beyond else None
    with reaching_the_store():
        return list(
            DebitAccountRow.query(
                id_suffix,
                DebitAccountRow.debit_account_id.startswith(kind.value),
                scan_index_forward=not is_backward,
                consistent_read=True,
                limit=limit,
                page_size=limit,
                last_evaluated_key=start,
            )
        )

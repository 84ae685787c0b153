"""Accounts, their debit accounts and what forms led to, in memory."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.accounts import Account
from chalicelib.domain.debit_accounts import DebitAccount, DebitCounts, DebitKind, DebitPage
from chalicelib.domain.refusals import AccountMoved, DebitAccountMoved, SubmissionTaken, UserIdTaken
from tests.fakes.rows import Plan, Reach, Rows, Write


class FakeAccounts:
    """`ports.Accounts`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def find(self, id_suffix: str) -> Account | None:
        """The account with this suffix."""
        with self._reach() as rows:
            return rows.accounts.get(id_suffix)

    def add(self, account: Account) -> None:
        """Store a new account."""
        key = account.id_suffix
        self._plan(
            Write(
                f"account {key}",
                lambda rows: rows.accounts.update({key: account}),
                lambda rows: key not in rows.accounts,
                UserIdTaken,
            )
        )

    def change_profile(self, before: Account, after: Account) -> None:
        """Names, addresses, those that wait."""
        self._plan(
            _account_write(
                before.id_suffix,
                lambda stored: replace(
                    stored,
                    holder=after.holder,
                    management_email=after.management_email,
                    notification_email=after.notification_email,
                    pending=dict(after.pending),
                    changed_at=after.last_changed_at,
                    version=after.version,
                ),
                lambda stored: (stored.version, stored.epoch) == (before.version, before.epoch),
            )
        )

    def change_passwords(self, before: Account, after: Account) -> None:
        """Those hashes that are new; with the epoch all that moves along."""
        hashes = ("payer_password_hash", "filer_password_hash")
        new = {name: getattr(after, name) for name in hashes if getattr(after, name) != getattr(before, name)}
        if after.epoch != before.epoch:
            new |= {"epoch": after.epoch, "password_set_at": after.password_set_at, "pending": dict(after.pending)}
        self._plan(
            _account_write(
                before.id_suffix,
                lambda stored: replace(stored, **new),
                lambda stored: stored.epoch == before.epoch,
            )
        )

    def issue_bulk_file(self, before: Account, after: Account) -> None:
        """Which bulk payment file is good."""
        self._plan(
            _account_write(
                before.id_suffix,
                lambda stored: replace(stored, bulk_file=after.bulk_file),
                lambda stored: stored.bulk_file.serial == before.bulk_file.serial,
            )
        )


def _account_write(id_suffix: str, change: Callable[[Account], Account], holds: Callable[[Account], bool]) -> Write:
    return Write(
        f"account {id_suffix}",
        lambda rows: rows.accounts.update({id_suffix: change(rows.accounts[id_suffix])}),
        lambda rows: id_suffix in rows.accounts and holds(rows.accounts[id_suffix]),
        AccountMoved,
    )


class FakeDebitAccounts:
    """`ports.DebitAccounts`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def page(
        self, id_suffix: str, kind: DebitKind, limit: int, *, after: str | None = None, before: str | None = None
    ) -> DebitPage:
        """A part of the list in the order of IDs."""
        with self._reach() as rows:
            ids = sorted(key for suffix, key in rows.debit_accounts if suffix == id_suffix and key.startswith(kind))
            if before is not None:
                shown = [key for key in ids if key < before][-limit:]
            else:
                shown = [key for key in ids if after is None or key > after][:limit]
            return DebitPage(
                tuple(rows.debit_accounts[id_suffix, key] for key in shown),
                before=shown[0] if shown and (after is not None if before is None else shown[0] != ids[0]) else None,
                after=shown[-1] if shown and (before is not None or shown[-1] != ids[-1]) else None,
            )

    def find(self, id_suffix: str, debit_account_id: str) -> DebitAccount | None:
        """The one of that ID."""
        with self._reach() as rows:
            return rows.debit_accounts.get((id_suffix, debit_account_id))

    def add(self, id_suffix: str, debit_account: DebitAccount, counts: DebitCounts) -> None:
        """Store a new one and count it."""
        kind = debit_account.kind
        self._plan(
            Write(
                _item(id_suffix, debit_account),
                lambda rows: rows.debit_accounts.update({(id_suffix, debit_account.debit_account_id): debit_account}),
                lambda rows: (id_suffix, debit_account.debit_account_id) not in rows.debit_accounts,
                AccountMoved,
            )
        )
        self._plan(
            _account_write(
                id_suffix,
                lambda stored: _counted(stored, kind, 1, counts.drawn + 1),
                lambda stored: (
                    stored.debits_of(kind).drawn == counts.drawn and stored.debits_of(kind).held < kind.limit
                ),
            )
        )

    def change(self, id_suffix: str, before: DebitAccount, after: DebitAccount) -> None:
        """Store `after`."""
        key = (id_suffix, after.debit_account_id)
        self._plan(
            Write(
                _item(id_suffix, after),
                lambda rows: rows.debit_accounts.update({key: after}),
                lambda rows: _is_version(rows, id_suffix, before),
                DebitAccountMoved,
            )
        )

    def remove(self, id_suffix: str, debit_account: DebitAccount) -> None:
        """Forget it and count it off."""
        kind = debit_account.kind

        def forget(rows: Rows) -> None:
            del rows.debit_accounts[id_suffix, debit_account.debit_account_id]

        self._plan(
            Write(
                _item(id_suffix, debit_account),
                forget,
                lambda rows: _is_version(rows, id_suffix, debit_account),
                DebitAccountMoved,
            )
        )
        self._plan(
            _account_write(
                id_suffix,
                lambda stored: _counted(stored, kind, -1, stored.debits_of(kind).drawn),
                lambda _: True,
            )
        )


def _item(id_suffix: str, debit_account: DebitAccount) -> str:
    return f"debit account {debit_account.debit_account_id} of {id_suffix}"


def _is_version(rows: Rows, id_suffix: str, debit_account: DebitAccount) -> bool:
    stored = rows.debit_accounts.get((id_suffix, debit_account.debit_account_id))
    return stored is not None and stored.version == debit_account.version


def _counted(account: Account, kind: DebitKind, more: int, drawn: int) -> Account:
    counts = DebitCounts(account.debits_of(kind).held + more, drawn)
    return replace(account, debits={**account.debits, kind: counts})


class FakeSubmissions:
    """`ports.Submissions`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def look_up(self, submission_id: str, id_suffix: str) -> tuple[str | None, Account | None]:
        """What it led to, and the account."""
        with self._reach() as rows:
            subject, result = rows.submissions.get(submission_id, ("", ""))
            return result if subject == id_suffix else None, rows.accounts.get(id_suffix)

    def note(self, submission_id: str, id_suffix: str, result: str, now: datetime) -> None:  # noqa: ARG002 - sweeping
        """Take the submission."""
        self._plan(
            Write(
                f"submission {submission_id}",
                lambda rows: rows.submissions.update({submission_id: (id_suffix, result)}),
                lambda rows: submission_id not in rows.submissions,
                SubmissionTaken,
            )
        )

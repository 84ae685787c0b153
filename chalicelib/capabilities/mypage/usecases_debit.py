"""ダイレクト納付口座: adding, changing and removing bank accounts."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.capabilities.mypage.forms_debit import bank_account_in
from chalicelib.capabilities.mypage.usecases import tell
from chalicelib.domain.accounts import Account
from chalicelib.domain.debit_accounts import DebitAccount, DebitKind, DebitPage, debit_account_id
from chalicelib.domain.drafts import Draft
from chalicelib.domain.letters import LetterName, moment_fact
from chalicelib.domain.refusals import (
    AccountMoved,
    DebitAccountChanged,
    DebitAccountGone,
    DebitAccountMoved,
    DebitAccountsFull,
    SubmissionStale,
    SubmissionTaken,
)
from chalicelib.ports import Begin, Chance, StoreUnavailable, Work

ATTEMPTS = 20


@dataclass(frozen=True)
class Page:
    """Which part of a list is asked for."""

    limit: int
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True)
class Removal:
    """Which one is to be deleted, in which version, and which form asks for it."""

    debit_account_id: str
    version: str
    submission_id: str


def list_debit_accounts(begin: Begin, account: Account, kind: DebitKind, page: Page) -> DebitPage:
    """One part of the list of a kind; nothing is asked for when there is nothing."""
    if not account.debits_of(kind).held:
        return DebitPage(())
    with begin() as work:
        return work.debit_accounts.page(account.id_suffix, kind, page.limit, after=page.after, before=page.before)


def find_debit_account(begin: Begin, account: Account, debit_id: str) -> DebitAccount:
    """The one of that ID. Raises DebitAccountGone."""
    with begin() as work:
        return _found(work, account, debit_id)


def _found(work: Work, account: Account, debit_id: str) -> DebitAccount:
    found = work.debit_accounts.find(account.id_suffix, debit_id)
    if found is None:
        raise DebitAccountGone
    return found


def require_room(account: Account, kind: DebitKind) -> None:
    """Refuse one more than the limit. Raises DebitAccountsFull."""
    if account.debits_of(kind).held >= kind.limit:
        raise DebitAccountsFull(kind.limit)


def add_debit_account(
    begin: Begin, chance: Chance, account: Account, kind: DebitKind, draft: Draft, now: datetime
) -> str:
    """Store what the draft holds under the next ID, which is the answer; sent twice, the same.

    Raises SubmissionStale, DebitAccountsFull.
    """
    for _ in range(ATTEMPTS):
        if draft.result:
            return draft.result
        require_room(account, kind)
        try:
            return _add(begin, chance, account, kind, draft, now)
        except (AccountMoved, SubmissionTaken):
            account, draft = _read_again(begin, account, draft, now)
    raise StoreUnavailable("contended")


def _add(begin: Begin, chance: Chance, account: Account, kind: DebitKind, draft: Draft, now: datetime) -> str:
    counts = account.debits_of(kind)
    added = DebitAccount(debit_account_id(kind, counts.drawn + 1), bank_account_in(draft.values), now, now)
    with begin() as work:
        work.debit_accounts.add(account.id_suffix, added, counts)
        work.drafts.settle(draft.settled(added.debit_account_id, draft.expires_at, draft.values), now)
        _tell(work, chance, account, added.debit_account_id, "added", now)
    return added.debit_account_id


def _read_again(begin: Begin, account: Account, draft: Draft, now: datetime) -> tuple[Account, Draft]:
    with begin() as work:
        newest = work.drafts.find(draft.name, now)
        if not newest.result and newest.submission_id != draft.submission_id:
            raise SubmissionStale
        return work.accounts.find(account.id_suffix) or account, newest


def change_debit_account(begin: Begin, chance: Chance, account: Account, draft: Draft, now: datetime) -> str:
    """Store what the draft holds in place of the one it was opened with; sent twice, the same.

    Raises SubmissionStale, DebitAccountGone, DebitAccountChanged.
    """
    if draft.result:
        return draft.result
    try:
        with begin() as work:
            before = _as_shown(work, account, draft.values["debit_account_id"], draft.values["version"])
            bank_account = bank_account_in(draft.values)
            after = replace(before, bank_account=bank_account, changed_at=now, version=before.version + 1)
            work.debit_accounts.change(account.id_suffix, before, after)
            work.drafts.settle(draft.settled(before.debit_account_id, draft.expires_at, draft.values), now)
            _tell(work, chance, account, before.debit_account_id, "changed", now)
    except (DebitAccountMoved, SubmissionTaken) as error:
        _, newest = _read_again(begin, account, draft, now)
        if newest.result:
            return newest.result
        find_debit_account(begin, account, draft.values["debit_account_id"])
        raise DebitAccountChanged from error
    return before.debit_account_id


def remove_debit_account(begin: Begin, chance: Chance, account: Account, removal: Removal, now: datetime) -> None:
    """Delete the one that the page showed; sent twice, the same. Raises DebitAccountGone, DebitAccountChanged."""
    try:
        with begin() as work:
            shown = _as_shown(work, account, removal.debit_account_id, removal.version)
            work.debit_accounts.remove(account.id_suffix, shown)
            work.submissions.note(removal.submission_id, account.id_suffix, removal.debit_account_id, now)
            _tell(work, chance, account, removal.debit_account_id, "removed", now)
    except (SubmissionTaken, DebitAccountMoved, DebitAccountGone) as error:
        if _is_removed(begin, account, removal):
            return
        find_debit_account(begin, account, removal.debit_account_id)
        raise DebitAccountChanged from error


def _is_removed(begin: Begin, account: Account, removal: Removal) -> bool:
    with begin() as work:
        result, _ = work.submissions.look_up(removal.submission_id, account.id_suffix)
    return result == removal.debit_account_id


def _as_shown(work: Work, account: Account, debit_id: str, version: str) -> DebitAccount:
    found = _found(work, account, debit_id)
    if str(found.version) != version:
        raise DebitAccountMoved
    return found


def _tell(work: Work, chance: Chance, account: Account, debit_id: str, change: str, now: datetime) -> None:
    facts = {
        "payer_id": account.payer_id,
        "debit_account_id": debit_id,
        "change": change,
        "changed_at": moment_fact(now),
    }
    tell(work, chance, account, LetterName.DEBIT_ACCOUNT_CHANGED, facts, now)

"""Table of ログイン履歴 and of the browsers that signed in before, both under an account's suffix."""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.accounts import Account
from chalicelib.domain.sign_ins import BROWSER_KEPT, SIGN_INS_KEPT, Origin, SignIn, SignInPage, SignInResult
from chalicelib.storage.accounts import AccountRow, account_from_row
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found_together, reaching_the_store, table_name
from chalicelib.storage.digests import name_digest
from chalicelib.storage.writes import Writes

_TRY, _BROWSER = "at#", "browser#"
_LAST = "~"
_LONGEST = 64
_HOUR = 13
"""Characters of an ISO 8601 moment up to its hour."""


class SignInRow(Row):
    """A try, or a browser that is known."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("sign_ins")

    id_suffix = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute(range_key=True)
    at = MomentAttribute()
    result = UnicodeAttribute(null=True)
    network = UnicodeAttribute(null=True)
    browser = UnicodeAttribute(null=True)
    system = UnicodeAttribute(null=True)
    ttl = MomentAttribute()


def _browser_entry(browser: str) -> str:
    return f"{_BROWSER}{name_digest(browser)}"


class StoredSignIns:
    """`ports.SignIns` on DynamoDB."""

    def __init__(self, writes: Writes, token: str) -> None:
        self._writes = writes
        self._token = token

    def look_up(self, id_suffix: str, browser: str) -> tuple[Account | None, bool]:
        """One batch read of both rows."""
        keys = [(AccountRow, (id_suffix,)), (SignInRow, (id_suffix, _browser_entry(browser)))]
        account, known = found_together(keys)
        return account_from_row(account) if isinstance(account, AccountRow) else None, known is not None

    def add(self, id_suffix: str, sign_in: SignIn) -> None:
        """One put. The key of a try at a locked ID ends with its hour: nobody can bury the others under such tries."""
        moment = sign_in.at.isoformat()
        is_locked = sign_in.result is SignInResult.LOCKED
        name = f"{moment[:_HOUR]}#{sign_in.result.value}" if is_locked else f"{moment}#{self._token[:8]}"
        row = SignInRow(
            id_suffix,
            f"{_TRY}{name}",
            at=sign_in.at,
            result=sign_in.result.value,
            network=sign_in.origin.network,
            browser=sign_in.origin.browser,
            system=sign_in.origin.system,
            ttl=sign_in.kept_until,
        )
        self._writes.put(row)

    def remember_browser(self, id_suffix: str, browser: str, now: datetime) -> None:
        """One put."""
        self._writes.put(SignInRow(id_suffix, _browser_entry(browser), at=now, ttl=now + BROWSER_KEPT))

    def page(self, id_suffix: str, limit: int, now: datetime, after: str | None = None) -> SignInPage:
        """One query; one row more than asked for is where the next page begins.

        Any text may come as `after`: the boundaries are kept in order, for DynamoDB refuses others.
        """
        oldest = f"{_TRY}{(now - SIGN_INS_KEPT).isoformat()}~"
        newest = f"{_TRY}{(after or _LAST)[:_LONGEST]}"
        if newest < oldest:
            return SignInPage((), None)
        with reaching_the_store():
            rows = list(
                SignInRow.query(
                    id_suffix,
                    SignInRow.entry.between(oldest, newest),
                    scan_index_forward=False,
                    consistent_read=True,
                    limit=limit + 1,
                    page_size=limit + 1,
                )
            )
        shown = sorted((_from_row(row) for row in rows[:limit]), key=lambda one: one.at, reverse=True)
        return SignInPage(tuple(shown), rows[limit].entry.removeprefix(_TRY) if len(rows) > limit else None)


def _from_row(row: SignInRow) -> SignIn:
    return SignIn(row.at, SignInResult(row.result), Origin(row.network or "", row.browser or "", row.system or ""))

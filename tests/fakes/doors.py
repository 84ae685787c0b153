"""Sessions, wrong secrets in a row and tries to sign in, in memory."""

from datetime import datetime

from chalicelib.domain.accounts import Account
from chalicelib.domain.attempts import WRONG_IN_A_ROW, Door
from chalicelib.domain.refusals import AttemptsSpent
from chalicelib.domain.sessions import Session
from chalicelib.domain.sign_ins import SIGN_INS_KEPT, SignIn, SignInPage, SignInResult
from tests.fakes.rows import Plan, Reach, Rows, Write


class FakeSessions:
    """`ports.Sessions`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def find(self, name: str, id_suffix: str) -> tuple[Session, Account] | None:
        """The session of that name and account, and the account."""
        with self._reach() as rows:
            session, account = rows.sessions.get(name), rows.accounts.get(id_suffix)
            return (session, account) if session and account and session.id_suffix == id_suffix else None

    def add(self, session: Session) -> None:
        """Store a new session."""
        self._plan(Write(f"session {session.name}", lambda rows: rows.sessions.update({session.name: session})))

    def end(self, name: str) -> None:
        """Forget the session."""

        def forget(rows: Rows) -> None:
            rows.sessions.pop(name, None)

        self._plan(Write(f"session {name}", forget))


class FakeAttempts:
    """`ports.Attempts`."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def reserve(self, door: Door, subject: str) -> None:
        """One more try."""
        key = f"{door} {subject}"

        def count(rows: Rows) -> None:
            rows.attempts[key] += 1

        self._plan(Write(f"attempts {key}", count, lambda rows: rows.attempts[key] < WRONG_IN_A_ROW, AttemptsSpent))

    def forget(self, door: Door, subject: str) -> None:
        """Count from nothing again."""
        key = f"{door} {subject}"

        def forget(rows: Rows) -> None:
            rows.attempts.pop(key, None)

        self._plan(Write(f"attempts {key}", forget))


class FakeSignIns:
    """`ports.SignIns`. As in the table, tries are in the order of their keys: a moment, at a locked ID an hour."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def look_up(self, id_suffix: str, browser: str) -> tuple[Account | None, bool]:
        """The account, and whether the browser is known."""
        with self._reach() as rows:
            return rows.accounts.get(id_suffix), (id_suffix, browser) in rows.browsers

    def add(self, id_suffix: str, sign_in: SignIn) -> None:
        """Note a try."""

        def note(rows: Rows) -> None:
            rows.sign_ins.setdefault(id_suffix, {})[_entry(rows, id_suffix, sign_in)] = sign_in

        self._plan(Write(f"sign-in to {id_suffix} at {sign_in.at}", note))

    def remember_browser(self, id_suffix: str, browser: str, now: datetime) -> None:
        """The browser signed in."""
        key = (id_suffix, browser)
        self._plan(Write(f"browser {key}", lambda rows: rows.browsers.update({key: now})))

    def page(self, id_suffix: str, limit: int, now: datetime, after: str | None = None) -> SignInPage:
        """The newest ones; `after` is the key of the next one."""
        oldest = _second(now - SIGN_INS_KEPT) + "~"
        with self._reach() as rows:
            kept = rows.sign_ins.get(id_suffix, {})
            keys = [key for key in sorted(kept, reverse=True) if oldest < key and (after is None or key <= after)]
            shown = sorted((kept[key] for key in keys[:limit]), key=lambda one: one.at, reverse=True)
            return SignInPage(tuple(shown), keys[limit] if len(keys) > limit else None)


def _entry(rows: Rows, id_suffix: str, sign_in: SignIn) -> str:
    second = _second(sign_in.at)
    if sign_in.result is SignInResult.LOCKED:
        return f"{second[:13]} locked"
    return f"{second} {len(rows.sign_ins.get(id_suffix, {})):06d}"


def _second(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}"

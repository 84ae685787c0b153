"""Signing in to My Page, and the one way in which all its screens look at the payer password."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.accounts import Account
from chalicelib.domain.attempts import Door
from chalicelib.domain.letters import Letter, LetterName, moment_fact
from chalicelib.domain.refusals import AccountMoved
from chalicelib.domain.sessions import Session
from chalicelib.domain.sign_ins import Origin, SignIn, SignInPage, SignInResult
from chalicelib.ports import Begin, Chance, PasswordHasher, Work
from chalicelib.verbs.doors import Knock, knock

RECENT = 5


@dataclass(frozen=True)
class Credentials:
    """Whose password somebody says they have."""

    id_suffix: str
    password: str


@dataclass(frozen=True)
class Visit:
    """Who asks: from where, with which browser (a random name that it keeps), when; and a session that it still has."""

    origin: Origin
    browser: str
    now: datetime
    session_name: str | None = None


@dataclass(frozen=True)
class PasswordExpired:
    """The password was right, and is too old: it opens nothing but the screen that changes it."""

    payer_id: str


def sign_in(
    begin: Begin,
    chance: Chance,
    hasher: PasswordHasher,
    credentials: Credentials,
    visit: Visit,
    lifetime: timedelta | None,
) -> Session | PasswordExpired | None:
    """A session; None for whatever keeps it closed, all of which look alike from outside, in what they cost as well."""
    is_known_browser = False

    def look_up(work: Work) -> Account | None:
        nonlocal is_known_browser
        account, is_known_browser = work.sign_ins.look_up(credentials.id_suffix, visit.browser)
        return account

    account = judge(begin, hasher, credentials, visit, look_up)
    if account is None:
        return None
    if account.is_password_expired(lifetime, visit.now):
        return _refuse_expired(begin, account, visit)
    try:
        with begin() as work:
            session = _begin_session(work, chance, account, visit)
            _renew_hash(work, hasher, account, credentials.password)
            if not is_known_browser:
                _tell_of_new_browser(work, chance, account, visit)
    except AccountMoved:
        # Somebody set another password between our look at it and now.
        return None
    return session


def _refuse_expired(begin: Begin, account: Account, visit: Visit) -> PasswordExpired:
    with begin() as work:
        work.attempts.forget(Door.PAYER, account.id_suffix)
        work.sign_ins.add(account.id_suffix, SignIn(visit.now, SignInResult.PASSWORD_EXPIRED, visit.origin))
    return PasswordExpired(account.payer_id)


def judge(
    begin: Begin,
    hasher: PasswordHasher,
    credentials: Credentials,
    visit: Visit,
    look_up: Callable[[Work], Account | None],
) -> Account | None:
    """The account, when the password is its payer password and its ID is not locked; None, and noted, otherwise.

    Unknown IDs, wrong passwords and locked IDs take the same steps: those of every door, and one note.
    """
    asked = Knock(Door.PAYER, credentials.id_suffix, credentials.password)
    verdict = knock(begin, hasher, asked, look_up, lambda account: account.payer_password_hash)
    if verdict.holder:
        return verdict.holder
    result = SignInResult.LOCKED if verdict.is_locked else SignInResult.WRONG_PASSWORD
    with begin() as work:
        work.sign_ins.add(credentials.id_suffix, SignIn(visit.now, result, visit.origin))
    return None


def forget_attempts(begin: Begin, id_suffix: str) -> None:
    """The password was right, though nothing came of it."""
    with begin() as work:
        work.attempts.forget(Door.PAYER, id_suffix)


def _renew_hash(work: Work, hasher: PasswordHasher, account: Account, password: str) -> None:
    """Hash the same password anew, when the parameters changed since."""
    if hasher.is_outdated(account.payer_password_hash):
        work.accounts.change_passwords(account, replace(account, payer_password_hash=hasher.hash(password)))


def _begin_session(work: Work, chance: Chance, account: Account, visit: Visit) -> Session:
    recent = work.sign_ins.page(account.id_suffix, RECENT, visit.now).sign_ins
    since_creation = tuple(one for one in recent if one.at >= account.created_at)
    session = Session(chance.new_token(), account.id_suffix, account.epoch, visit.now, since_creation)
    work.sessions.add(session)
    if visit.session_name:
        work.sessions.end(visit.session_name)
    work.attempts.forget(Door.PAYER, account.id_suffix)
    work.sign_ins.add(account.id_suffix, SignIn(visit.now, SignInResult.SIGNED_IN, visit.origin))
    work.sign_ins.remember_browser(account.id_suffix, visit.browser, visit.now)
    return session


def _tell_of_new_browser(work: Work, chance: Chance, account: Account, visit: Visit) -> None:
    facts = {
        "payer_id": account.payer_id,
        "signed_in_at": moment_fact(visit.now),
        "browser": visit.origin.browser,
        "system": visit.origin.system,
        "network": visit.origin.network,
    }
    tell(work, chance, account, LetterName.NEW_BROWSER, facts, visit.now)


def tell(work: Work, chance: Chance, account: Account, name: LetterName, facts: dict[str, str], now: datetime) -> None:
    """Post a letter to the management address, whatever the hour's limit says."""
    work.addresses.count_due_mail(account.management_email, now)
    work.letters.post(letter_to(account, chance.new_token(), name, facts, now))


def letter_to(account: Account, letter_id: str, name: LetterName, facts: dict[str, str], now: datetime) -> Letter:
    """A letter to the management address in the account's language."""
    return Letter(letter_id, name, account.management_email, account.language, now, facts)


def sign_out(begin: Begin, session_name: str) -> None:
    """End the session."""
    with begin() as work:
        work.sessions.end(session_name)


def sign_in_history(begin: Begin, account: Account, limit: int, now: datetime, after: str | None) -> SignInPage:
    """ログイン履歴 since the account exists."""
    with begin() as work:
        page = work.sign_ins.page(account.id_suffix, limit, now, after)
    known = tuple(one for one in page.sign_ins if one.at >= account.created_at)
    return SignInPage(known, page.after if len(known) == len(page.sign_ins) else None)

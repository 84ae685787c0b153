"""Setting passwords: with the old one, through a mailed link, and the filer's from inside."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.capabilities.mypage.usecases import Credentials, Visit, judge, tell
from chalicelib.domain.accounts import Account
from chalicelib.domain.addresses import comparison_key
from chalicelib.domain.attempts import Door
from chalicelib.domain.letters import Letter, LetterName, LetterState, moment_fact
from chalicelib.domain.links import ResetLink, address_mark
from chalicelib.domain.refusals import AccountMoved, MailLimitReached, SubmissionTaken
from chalicelib.ports import Begin, Chance, PasswordHasher, Work

_CHANGED = "changed"


@dataclass(frozen=True)
class Opened:
    """What the old password, or the link, led to: the account; or the same form was sent before and is done."""

    account: Account | None
    is_repeated: bool = False


def open_with_password(
    begin: Begin, hasher: PasswordHasher, credentials: Credentials, submission_id: str, visit: Visit
) -> Opened:
    """The account whose password may be changed; none when the password is not its own, or its ID is locked."""
    with begin() as work:
        result, account = work.submissions.look_up(submission_id, credentials.id_suffix)
    if result:
        return Opened(account, is_repeated=True)
    return Opened(judge(begin, hasher, credentials, visit, lambda _: account))


def set_payer_password(
    begin: Begin, chance: Chance, account: Account, password_hash: str, submission_id: str, now: datetime
) -> bool:
    """Set the password, end all sessions, unlock the ID, and tell; False when another was set meanwhile."""
    try:
        with begin() as work:
            work.accounts.change_passwords(account, account.with_payer_password(password_hash, now))
            work.attempts.forget(Door.PAYER, account.id_suffix)
            work.submissions.note(submission_id, account.id_suffix, _CHANGED, now)
            _tell_of_change(work, chance, account, "payer", now)
    except (SubmissionTaken, AccountMoved):
        with begin() as work:
            result, _ = work.submissions.look_up(submission_id, account.id_suffix)
        return result is not None
    return True


def set_filer_password(
    begin: Begin, chance: Chance, account: Account, password_hash: str, submission_id: str, now: datetime
) -> bool:
    """Set the filer password and tell; sessions go on. False when the payer password changed meanwhile."""
    try:
        with begin() as work:
            work.accounts.change_passwords(account, replace(account, filer_password_hash=password_hash))
            work.attempts.forget(Door.PAYER, account.id_suffix)
            work.submissions.note(submission_id, account.id_suffix, _CHANGED, now)
            _tell_of_change(work, chance, account, "filer", now)
    except SubmissionTaken:
        return True
    except AccountMoved:
        return False
    return True


def _tell_of_change(work: Work, chance: Chance, account: Account, which: str, now: datetime) -> None:
    facts = {"which": which, "payer_id": account.payer_id, "filer_id": account.filer_id, "changed_at": moment_fact(now)}
    tell(work, chance, account, LetterName.PASSWORD_CHANGED, facts, now)


def ask_for_reset(
    begin: Begin, chance: Chance, id_suffix: str, address: str, language: str, now: datetime
) -> LetterState | None:
    """Mail a link, if ID and address belong together; what is written and how long it takes is the same if not.

    The answer is for the log's counts only: None when the address had its mails of this hour.
    """
    try:
        with begin() as work:
            account = work.accounts.find(id_suffix)
            letter = _reset_letter(account, chance.new_token(), address, language, now)
            work.addresses.count_reset(address, now, is_theirs=letter.state is LetterState.WAITING)
            work.letters.post(letter)
    except MailLimitReached:
        return None
    return letter.state


def _reset_letter(account: Account | None, letter_id: str, address: str, language: str, now: datetime) -> Letter:
    if account is None or comparison_key(account.management_email) != comparison_key(address):
        return Letter(letter_id, LetterName.PASSWORD_RESET_LINK, "", language, now, state=LetterState.WITHHELD)
    link = ResetLink(account.id_suffix, account.epoch, address_mark(account.management_email), now)
    facts = {**link.facts(), "payer_id": account.payer_id}
    return Letter(letter_id, LetterName.PASSWORD_RESET_LINK, account.management_email, language, now, facts)


def open_with_link(begin: Begin, link: ResetLink, submission_id: str, now: datetime) -> Opened:
    """The account whose password the link may set. Raises ResetLinkExpired, ResetLinkDead."""
    with begin() as work:
        result, account = work.submissions.look_up(submission_id, link.id_suffix)
    if result:
        return Opened(account, is_repeated=True)
    return Opened(link.require_open(account, now))

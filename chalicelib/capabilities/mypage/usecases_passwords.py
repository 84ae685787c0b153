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
from chalicelib.ports import Begin, Chance, PasswordHasher

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
    return _set(begin, chance, account, account.with_payer_password(password_hash, now), submission_id, now)


def set_filer_password(
    begin: Begin, chance: Chance, account: Account, password_hash: str, submission_id: str, now: datetime
) -> bool:
    """Set the filer password and tell; sessions go on. False when the payer password changed meanwhile."""
    return _set(begin, chance, account, replace(account, filer_password_hash=password_hash), submission_id, now)


def _set(begin: Begin, chance: Chance, before: Account, after: Account, submission_id: str, now: datetime) -> bool:
    try:
        with begin() as work:
            work.accounts.change_passwords(before, after)
            work.attempts.forget(Door.PAYER, before.id_suffix)
            if after.filer_password_hash != before.filer_password_hash:
                work.attempts.forget(Door.FILER, before.id_suffix)
            work.submissions.note(submission_id, before.id_suffix, _CHANGED, now)
            tell(work, chance, before, LetterName.PASSWORD_CHANGED, _facts_of_change(before, after, now), now)
    except (SubmissionTaken, AccountMoved):
        with begin() as work:
            result, _ = work.submissions.look_up(submission_id, before.id_suffix)
        return result is not None
    return True


def _facts_of_change(before: Account, after: Account, now: datetime) -> dict[str, str]:
    which = "filer" if after.epoch == before.epoch else "payer"
    return {"which": which, "payer_id": after.payer_id, "filer_id": after.filer_id, "changed_at": moment_fact(now)}


def ask_for_reset(
    begin: Begin, chance: Chance, id_suffix: str, address: str, language: str, now: datetime
) -> LetterState | None:
    """Mail a link, if ID and address belong together; what is written and how long it takes is the same if not.

    The answer says what was stored, and nobody who asks may learn it: None when the hour's links are used up.
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

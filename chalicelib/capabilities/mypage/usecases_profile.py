"""利用者情報変更: names at once, addresses through a link to each new one."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from chalicelib.capabilities.mypage.forms_profile import holder_in
from chalicelib.capabilities.mypage.usecases import forget_attempts, letter_to, tell
from chalicelib.domain.accounts import Account, AddressRole, PendingAddress
from chalicelib.domain.addresses import comparison_key
from chalicelib.domain.attempts import Door
from chalicelib.domain.drafts import Draft
from chalicelib.domain.letters import Letter, LetterName, moment_fact
from chalicelib.domain.links import AddressLink
from chalicelib.domain.refusals import (
    AccountMoved,
    AccountsLimitReached,
    AddressFull,
    MailLimitReached,
    MailLimitSpent,
    SubmissionStale,
    SubmissionTaken,
)
from chalicelib.ports import Begin, Chance, StoreUnavailable, Work

DONE = "done"
_ATTEMPTS = 5
_FIELDS = {AddressRole.MANAGEMENT: "management_email", AddressRole.NOTIFICATION: "notification_email"}


class ProfileMoved(Exception):
    """The account was edited elsewhere since the form was opened; the form shows both."""


def new_addresses(account: Account, values: Mapping[str, str]) -> dict[AddressRole, str]:
    """Which addresses in the kept values have to be confirmed first: those that are there and not yet the account's."""
    asked = {role: values[name] for role, name in _FIELDS.items() if values.get(name)}
    return {role: address for role, address in asked.items() if address != account.address_of(role)}


def change_profile(begin: Begin, chance: Chance, account: Account, draft: Draft, now: datetime) -> bool:
    """Store the names, mail the links, tell the old address; sent twice, it does nothing more. Was it the first time?

    Raises SubmissionStale, MailLimitSpent, ProfileMoved.
    """
    if draft.result:
        return False
    if draft.values["version"] != str(account.version):
        raise ProfileMoved
    asked = {
        role: PendingAddress(address, chance.new_token(), now)
        for role, address in new_addresses(account, draft.values).items()
    }
    after = _edited(account, draft.values, asked, now)
    try:
        with begin() as work:
            work.accounts.change_profile(account, after)
            work.drafts.settle(draft.settled(DONE, draft.expires_at, draft.values), now)
            _post_letters(work, chance, account, after, asked)
    except MailLimitReached as error:
        raise MailLimitSpent from error
    except (SubmissionTaken, AccountMoved):
        return _changed_before(begin, draft, now)
    return True


def _changed_before(begin: Begin, draft: Draft, now: datetime) -> bool:
    """The same form was quicker, or another one was."""
    with begin() as work:
        newest = work.drafts.find(draft.name, now)
    if newest.result:
        return False
    if newest.submission_id != draft.submission_id:
        raise SubmissionStale
    raise ProfileMoved


def _edited(
    account: Account, values: Mapping[str, str], asked: Mapping[AddressRole, PendingAddress], now: datetime
) -> Account:
    """An address that is the account's own again, or gone, waits no longer."""
    for role in AddressRole:
        if role not in asked:
            account = account.without_pending(role)
    kept = account.notification_email if values.get("notification_email") else None
    return account.edited(holder_in(account, values), kept, asked, now)


def _post_letters(
    work: Work, chance: Chance, before: Account, after: Account, asked: Mapping[AddressRole, PendingAddress]
) -> None:
    """A link to each new address; to the old one, that it was asked for, and that an address was taken away."""
    now = after.last_changed_at
    links = [_link_letter(after, role, pending, chance.new_token()) for role, pending in asked.items()]
    notices = []
    if asked:
        told = {"payer_id": after.payer_id, "asked_at": moment_fact(now)}
        notices.append(letter_to(after, chance.new_token(), LetterName.ADDRESS_CHANGE_ASKED, told, now))
    if before.notification_email and not after.notification_email:
        told = _changed_facts(after, AddressRole.NOTIFICATION, now)
        notices.append(letter_to(after, chance.new_token(), LetterName.ADDRESS_CHANGED, told, now))
    for letter in (*links, *notices):
        work.letters.post(letter)
    _count(work, after, Counter(comparison_key(link.to) for link in links), len(notices))


def _count(work: Work, account: Account, links: Counter[str], notices: int) -> None:
    """One count for each address, as a transaction touches no row twice; what the old one is told is never refused."""
    now, old = account.last_changed_at, comparison_key(account.management_email)
    for address, number in links.items():
        work.addresses.count_mail(address, now, number + (notices if address == old else 0))
    if notices and old not in links:
        work.addresses.count_due_mail(account.management_email, now, notices)


def _changed_facts(account: Account, role: AddressRole, now: datetime) -> dict[str, str]:
    return {"payer_id": account.payer_id, "role": role.value, "changed_at": moment_fact(now)}


def _link_letter(account: Account, role: AddressRole, pending: PendingAddress, letter_id: str) -> Letter:
    facts = {
        **AddressLink(account.id_suffix, role, pending.mark).facts(),
        "asked_at": moment_fact(pending.asked_at),
        "expires_at": moment_fact(pending.expires_at),
    }
    return Letter(letter_id, LetterName.ADDRESS_LINK, pending.address, account.language, pending.asked_at, facts)


def open_link(begin: Begin, link: AddressLink, submission_id: str, now: datetime) -> Account | None:
    """The account whose address waits for this link; None when the same form was sent before and is done.

    Raises AddressLinkExpired, AddressLinkDead.
    """
    with begin() as work:
        result, account = work.submissions.look_up(submission_id, link.id_suffix)
    return None if result else link.require_open(account, now)


def confirm_address(
    begin: Begin, chance: Chance, account: Account, link: AddressLink, submission_id: str, now: datetime
) -> None:
    """Put the new address in the old one's place, and tell the old one. Raises AddressFull, AddressLinkDead.

    Whatever else was changed meanwhile stays, such as the other address by its own link.
    """
    for _ in range(_ATTEMPTS):
        try:
            _put_in_place(begin, chance, account, link, submission_id, now)
        except SubmissionTaken:
            return
        except AccountsLimitReached as error:
            # The password was right: however often it is tried again, that locks nobody out.
            forget_attempts(begin, account.id_suffix)
            raise AddressFull from error
        except AccountMoved:
            newest = open_link(begin, link, submission_id, now)
            if newest is None:
                return
            account = newest
        else:
            return
    raise StoreUnavailable("contended")


def _put_in_place(
    begin: Begin, chance: Chance, account: Account, link: AddressLink, submission_id: str, now: datetime
) -> None:
    after = account.with_confirmed(link.role, now)
    with begin() as work:
        work.accounts.change_profile(account, after)
        work.attempts.forget(Door.PAYER, account.id_suffix)
        work.submissions.note(submission_id, account.id_suffix, DONE, now)
        _move_count(work, account.management_email, after.management_email)
        tell(work, chance, account, LetterName.ADDRESS_CHANGED, _changed_facts(account, link.role, now), now)


def _move_count(work: Work, old: str, new: str) -> None:
    if comparison_key(old) != comparison_key(new):
        work.addresses.count_account(new)
        work.addresses.release_account(old)

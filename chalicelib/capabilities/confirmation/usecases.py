"""本登録: from the mailed link to the pair of IDs (manual 1, chapter 3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from chalicelib.domain.accounts import Account, filer_id_of, payer_id_of
from chalicelib.domain.attempts import Door
from chalicelib.domain.drafts import DRAFT_LIFETIME, Asked, Draft, new_draft
from chalicelib.domain.letters import Letter, LetterName, moment_fact
from chalicelib.domain.refusals import (
    AccountsLimitReached,
    AddressFull,
    DraftGone,
    IdsExhausted,
    LinkExpired,
    LinkUsed,
    RegistrationMoved,
    SubmissionStale,
    SubmissionTaken,
    UserIdTaken,
)
from chalicelib.domain.registrations import Registration
from chalicelib.ports import Begin, Chance, PasswordHasher, Work

CAPABILITY = "confirmation"
DRAWS = 10
_REGISTRATION_ID = "registration_id"
_PASSWORDS = ("payer_password", "filer_password")


class Completed(NamedTuple):
    """本登録: the pair's suffix, and whether this browser had completed before."""

    id_suffix: str
    is_repeated: bool


def open_registration(begin: Begin, registration_id: str, now: datetime) -> Registration:
    """The registration behind a link of ours. Changes nothing. Raises LinkUsed, LinkExpired."""
    with begin() as work:
        return _open(work, registration_id, now)


def _open(work: Work, registration_id: str, now: datetime) -> Registration:
    registration = work.registrations.find(registration_id)
    if registration is None:
        raise LinkExpired
    registration.require_open(now)
    return registration


def find_kept(begin: Begin, draft_name: str | None, registration_id: str, now: datetime) -> Draft | None:
    """What this browser already typed for this registration and has not confirmed."""
    if draft_name is None:
        return None
    try:
        with begin() as work:
            draft = work.drafts.find(draft_name, now).of(CAPABILITY)
    except DraftGone:
        return None
    is_same = draft.values.get(_REGISTRATION_ID) == registration_id
    return draft if is_same and not draft.result else None


def keep_details(
    begin: Begin,
    chance: Chance,
    kept: Draft | None,
    registration: Registration,
    values: Mapping[str, str],
    now: datetime,
) -> Draft:
    """Keep what was typed; only `hashed` values may be confirmed.

    It stays under the name that the browser has: an answer that is lost would take a new name with it. Raises LinkUsed.
    """
    name = kept.name if kept else chance.new_token()
    draft = new_draft(name, CAPABILITY, now).typed(
        {**values, _REGISTRATION_ID: registration.registration_id}, chance.new_token() if is_hashed(values) else None
    )
    try:
        with begin() as work:
            if kept:
                work.drafts.change(kept, draft, now)
            else:
                work.drafts.keep(draft)
    except SubmissionTaken as error:
        raise LinkUsed from error
    return draft


def hashed(hasher: PasswordHasher, values: Mapping[str, str], secrets: Mapping[str, str]) -> dict[str, str]:
    """The kept values together with the hashes of both passwords; the passwords themselves end here."""
    return {**values, **{_hash_name(name): hasher.hash(secrets[name]) for name in _PASSWORDS}}


def is_hashed(values: Mapping[str, str]) -> bool:
    """Whether both passwords were set."""
    return all(_hash_name(name) in values for name in _PASSWORDS)


def _hash_name(password: str) -> str:
    return f"{password}_hash"


def find_check(begin: Begin, draft_name: str, now: datetime) -> tuple[Draft, Registration]:
    """What the check page shows. Raises DraftGone, LinkUsed, LinkExpired."""
    with begin() as work:
        draft = work.drafts.resume(draft_name, now).of(CAPABILITY)
        if draft.result:
            raise LinkUsed
        return draft, _open(work, draft.values[_REGISTRATION_ID], now)


def complete_registration(begin: Begin, chance: Chance, asked: Asked, now: datetime) -> Completed:
    """本登録: one account, one pair of IDs, one letter, however often and wherever it is asked for at once.

    The same browser gets the same pair again.
    Raises DraftGone, SubmissionStale, LinkUsed, LinkExpired, AddressFull, IdsExhausted.
    """
    for _ in range(DRAWS):
        try:
            return _complete(begin, chance, asked, now)
        except UserIdTaken:
            continue
        except AccountsLimitReached as error:
            raise AddressFull from error
        except (RegistrationMoved, SubmissionTaken, LinkUsed):
            return _completed_before(begin, asked, now)
    raise IdsExhausted


def _complete(begin: Begin, chance: Chance, asked: Asked, now: datetime) -> Completed:
    with begin() as work:
        draft = work.drafts.find(asked.draft_name, now).of(CAPABILITY)
        if draft.result:
            return Completed(draft.result, is_repeated=True)
        draft.require_submission(asked.submission_id)
        registration = _open(work, draft.values[_REGISTRATION_ID], now)
        account = _account_from(draft, registration, chance.new_id_suffix(), asked.language, now)
        work.registrations.complete(registration, account.id_suffix, now)
        work.drafts.settle(draft.settled(account.id_suffix, now + DRAFT_LIFETIME, {}), now)
        work.accounts.add(account)
        # Guesses at an ID that was nobody's yet lock nobody out of it.
        work.attempts.forget(Door.PAYER, account.id_suffix)
        work.addresses.count_account(account.management_email)
        work.addresses.count_due_mail(account.management_email, now)
        work.letters.post(_letter_to(account, chance.new_token(), now))
    return Completed(account.id_suffix, is_repeated=False)


def _completed_before(begin: Begin, asked: Asked, now: datetime) -> Completed:
    """Somebody was quicker: this browser itself, whose result is read back, or another one. Raises LinkUsed."""
    with begin() as work:
        draft = work.drafts.find(asked.draft_name, now).of(CAPABILITY)
        if draft.result:
            return Completed(draft.result, is_repeated=True)
        _open(work, draft.values[_REGISTRATION_ID], now)
    raise SubmissionStale


def _account_from(draft: Draft, registration: Registration, id_suffix: str, language: str, now: datetime) -> Account:
    return Account(
        id_suffix=id_suffix,
        holder=registration.holder,
        management_email=registration.management_email,
        notification_email=draft.values.get("notification_email") or None,
        payer_password_hash=draft.values[_hash_name("payer_password")],
        filer_password_hash=draft.values[_hash_name("filer_password")],
        password_set_at=now,
        created_at=now,
        language=language,
    )


def _letter_to(account: Account, letter_id: str, now: datetime) -> Letter:
    return Letter(
        letter_id=letter_id,
        name=LetterName.REGISTRATION_COMPLETED,
        to=account.management_email,
        language=account.language,
        posted_at=now,
        facts={"payer_id": account.payer_id, "filer_id": account.filer_id, "completed_at": moment_fact(now)},
    )


def has_completed(begin: Begin, draft_name: str, now: datetime) -> bool:
    """Whether it was this browser that completed. Raises DraftGone."""
    with begin() as work:
        return work.drafts.find(draft_name, now).of(CAPABILITY).result is not None


def find_ids(begin: Begin, draft_name: str, now: datetime) -> tuple[str, str]:
    """Both IDs, for the browser that completed, for 30 minutes. Raises DraftGone."""
    with begin() as work:
        id_suffix = work.drafts.find(draft_name, now).of(CAPABILITY).result
    if id_suffix is None:
        raise DraftGone
    return payer_id_of(id_suffix), filer_id_of(id_suffix)


def forget(begin: Begin, draft_name: str | None) -> None:
    """Remove what this browser typed, or its view of the IDs."""
    if draft_name:
        with begin() as work:
            work.drafts.discard(draft_name)

"""仮登録: from the consent to the mailed link (manual 1, chapter 2)."""

import contextlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from chalicelib.capabilities.registration.forms import holder_from, without_address
from chalicelib.domain.drafts import Asked, Draft, new_draft
from chalicelib.domain.letters import Letter, LetterName, moment_fact
from chalicelib.domain.refusals import (
    DraftGone,
    LinkExpired,
    MailLimitReached,
    RegistrationMoved,
    SubmissionStale,
    SubmissionTaken,
)
from chalicelib.domain.registrations import Registration
from chalicelib.ports import Begin, Chance, Work

CAPABILITY = "registration"
CONSENT = "consent"
ATTEMPTS = 4
_YES = "yes"


class Mailing(StrEnum):
    """What became of the letter that a person asked for; only the log ever says so."""

    POSTED = "letter_posted"
    DROPPED = "letter_dropped"
    REPEATED = "repeated"


def has_consented(draft: Draft) -> bool:
    """Whether the terms were agreed to for this draft."""
    return draft.values.get(CONSENT) == _YES


def accept_terms(begin: Begin, chance: Chance, earlier: str | None, now: datetime) -> str:
    """Agree to the terms in the draft that is not confirmed yet, or begin one. The answer is its name.

    What was typed stays under the name that the browser has: an answer that is lost would take a new name with it.
    """
    try:
        return _accept(begin, chance, earlier, now)
    except SubmissionTaken:
        # Registered in another tab a moment ago: what is agreed to now is the next registration.
        return _accept(begin, chance, earlier, now)


def _accept(begin: Begin, chance: Chance, earlier: str | None, now: datetime) -> str:
    with begin() as work:
        kept = _unconfirmed(work, earlier, now)
        if kept:
            agreed = new_draft(kept.name, CAPABILITY, now, {**kept.values, CONSENT: _YES})
            work.drafts.change(kept, agreed, now)
            return kept.name
        draft = new_draft(chance.new_token(), CAPABILITY, now, {CONSENT: _YES})
        work.drafts.keep(draft)
        if earlier:
            work.drafts.discard(earlier)
    return draft.name


def _unconfirmed(work: Work, name: str | None, now: datetime) -> Draft | None:
    try:
        draft = work.drafts.find(name, now).of(CAPABILITY) if name else None
    except DraftGone:
        return None
    return draft if draft and not draft.result else None


def resume_draft(begin: Begin, draft_name: str, now: datetime) -> Draft:
    """What this browser typed, for another 30 minutes. Raises DraftGone."""
    with begin() as work:
        return work.drafts.resume(draft_name, now).of(CAPABILITY)


def keep_entry(begin: Begin, draft: Draft, values: Mapping[str, str], submission_id: str | None, now: datetime) -> bool:
    """Keep what was typed; a `submission_id` says that all of it is in order and may be confirmed.

    The answer: was it kept. It is not when another tab registered meanwhile: that is not to be undone.
    """
    typed = draft.typed({**values, CONSENT: _YES}, submission_id)
    try:
        with begin() as work:
            work.drafts.change(draft, typed, now)
    except SubmissionTaken:
        return False
    return True


def keep_without_consent(begin: Begin, chance: Chance, values: Mapping[str, str], now: datetime) -> str:
    """Keep what was typed when its draft died meanwhile: the terms are to be agreed to again, nothing is lost."""
    with begin() as work:
        draft = new_draft(chance.new_token(), CAPABILITY, now, values)
        work.drafts.keep(draft)
    return draft.name


def register(begin: Begin, chance: Chance, asked: Asked, now: datetime) -> Mailing:
    """Turn the draft into a registration with its letter; sent twice, it does nothing more.

    Raises DraftGone, SubmissionStale.
    """
    may_mail = True
    for _ in range(ATTEMPTS):
        try:
            return _register(begin, chance, asked, now, may_mail=may_mail)
        except MailLimitReached:
            may_mail = False
        except (SubmissionTaken, RegistrationMoved):
            # Ours, stored by the same POST a moment ago, or another tab's: reading back tells which.
            continue
    raise SubmissionStale


def _register(begin: Begin, chance: Chance, asked: Asked, now: datetime, *, may_mail: bool = True) -> Mailing:
    with begin() as work:
        draft = work.drafts.find(asked.draft_name, now).of(CAPABILITY)
        draft.require_submission(asked.submission_id)
        if draft.result:
            return Mailing.REPEATED
        load = work.addresses.load(draft.values["email"], now)
        name = LetterName.ADDRESS_FULL if load.is_full else LetterName.REGISTRATION_LINK
        registration = Registration(
            registration_id=chance.new_token(),
            management_email=draft.values["email"],
            holder=holder_from(draft.values),
            language=asked.language,
            registered_at=now,
            mailed_at=now,
            letter_id=chance.new_token(),
            letter_name=name,
        )
        work.registrations.add(registration)
        work.drafts.settle(draft.settled(registration.registration_id, registration.kept_until, draft.values), now)
        return _post_letter(work, registration, now, may_mail=may_mail and load.may_be_mailed)


def _post_letter(work: Work, registration: Registration, now: datetime, *, may_mail: bool) -> Mailing:
    """Count and post the registration's newest letter, or drop it silently when the hour is used up."""
    if not may_mail:
        return Mailing.DROPPED
    facts = {
        "registration_id": registration.registration_id,
        "registered_at": moment_fact(registration.registered_at),
        "expires_at": moment_fact(registration.expires_at),
    }
    work.addresses.count_mail(registration.management_email, now)
    work.letters.post(
        Letter(
            letter_id=registration.letter_id,
            name=registration.letter_name,
            to=registration.management_email,
            language=registration.language,
            posted_at=now,
            facts=facts,
            about=registration.registration_id,
        )
    )
    return Mailing.POSTED


def find_sent(begin: Begin, draft_name: str, now: datetime) -> Registration:
    """The registration that this browser started. Raises DraftGone."""
    with begin() as work:
        result = work.drafts.find(draft_name, now).of(CAPABILITY).result
        registration = work.registrations.find(result) if result else None
    if registration is None:
        raise DraftGone
    return registration


def resend_letter(begin: Begin, chance: Chance, registration: Registration, now: datetime) -> Mailing:
    """Mail the same registration again; every link of it stays alive.

    Raises ResendTooSoon, LinkUsed, LinkExpired.
    """
    letter_id = chance.new_token()
    may_mail = True
    for _ in range(ATTEMPTS):
        try:
            return _resend(begin, registration, letter_id, now, may_mail=may_mail)
        except MailLimitReached:
            may_mail = False
        except RegistrationMoved:
            registration = _read_back(begin, registration)
    raise SubmissionStale


def _resend(begin: Begin, before: Registration, letter_id: str, now: datetime, *, may_mail: bool) -> Mailing:
    if before.letter_id == letter_id:
        return Mailing.REPEATED
    # A dropped letter leaves the last one that was posted in its place: its fate is still to be shown.
    after = before.mailed_again(letter_id, now) if may_mail else before.put_off(now)
    with begin() as work:
        work.registrations.mail_again(before, after, now)
        return _post_letter(work, after, now, may_mail=may_mail)


def _read_back(begin: Begin, registration: Registration) -> Registration:
    """Mailed by our own write that looked lost, or by another tab, or ended meanwhile: the registration as it is."""
    with begin() as work:
        found = work.registrations.find(registration.registration_id)
    if found is None:
        raise LinkExpired
    return found


def choose_other_address(begin: Begin, draft_name: str, now: datetime) -> None:
    """Go back to the entry with everything but the address; done twice, it does nothing more. Raises DraftGone."""
    with contextlib.suppress(SubmissionTaken), begin() as work:
        draft = work.drafts.find(draft_name, now).of(CAPABILITY)
        fresh = new_draft(draft_name, CAPABILITY, now, without_address(draft.values))
        work.drafts.change(draft, fresh, now)


def quit_registration(begin: Begin, draft_name: str | None) -> None:
    """Forget what was typed."""
    if draft_name:
        with begin() as work:
            work.drafts.discard(draft_name)

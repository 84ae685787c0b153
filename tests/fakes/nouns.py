"""Drafts, registrations and addresses in memory."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.address_loads import (
    ACCOUNTS_PER_ADDRESS,
    MAILS_PER_ADDRESS_AND_HOUR,
    RESETS_PER_ADDRESS_AND_HOUR,
    AddressLoad,
)
from chalicelib.domain.addresses import comparison_key
from chalicelib.domain.drafts import DRAFT_LIFETIME, Draft
from chalicelib.domain.letters import Delivery
from chalicelib.domain.refusals import (
    AccountsLimitReached,
    DraftGone,
    MailLimitReached,
    RegistrationMoved,
    SubmissionTaken,
)
from chalicelib.domain.registrations import Registration
from tests.fakes.rows import Plan, Reach, Rows, Write


class FakeDrafts:
    """`ports.Drafts`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def resume(self, name: str, now: datetime) -> Draft:
        """Prolong at once what is unfinished."""
        with self._reach() as rows:
            draft = _alive(rows, name, now)
            if draft.result is None:
                rows.drafts[name] = replace(draft, expires_at=now + DRAFT_LIFETIME)
            return rows.drafts[name]

    def find(self, name: str, now: datetime) -> Draft:
        """Only look."""
        with self._reach() as rows:
            return _alive(rows, name, now)

    def keep(self, draft: Draft) -> None:
        """Store the draft as it is given."""
        kept = replace(draft, values=dict(draft.values))
        self._plan(Write(f"draft {draft.name}", lambda rows: rows.drafts.update({draft.name: kept})))

    def change(self, before: Draft, after: Draft, now: datetime) -> None:
        """Store `after`, if nobody settled or unsettled it."""
        self._put_if(after, now, lambda stored: stored.result == before.result)

    def settle(self, draft: Draft, now: datetime) -> None:
        """Store a draft that was confirmed."""
        self._put_if(draft, now, lambda stored: stored.submission_id == draft.submission_id and stored.result is None)

    def _put_if(self, draft: Draft, now: datetime, holds: Callable[[Draft], bool]) -> None:
        def does_hold(rows: Rows) -> bool:
            stored = rows.drafts.get(draft.name)
            return stored is not None and stored.expires_at > now and holds(stored)

        def put(rows: Rows) -> None:
            rows.drafts[draft.name] = replace(draft, values=dict(draft.values))

        self._plan(Write(f"draft {draft.name}", put, does_hold, SubmissionTaken))

    def discard(self, name: str) -> None:
        """Forget the draft."""

        def change(rows: Rows) -> None:
            rows.drafts.pop(name, None)

        self._plan(Write(f"draft {name}", change))


def _alive(rows: Rows, name: str, now: datetime) -> Draft:
    draft = rows.drafts.get(name)
    if draft is None or draft.expires_at <= now:
        raise DraftGone
    return draft


class FakeRegistrations:
    """`ports.Registrations`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def find(self, registration_id: str) -> Registration | None:
        """The registration, dead or alive."""
        with self._reach() as rows:
            return rows.registrations.get(registration_id)

    def add(self, registration: Registration) -> None:
        """Store a new registration."""
        key = registration.registration_id
        self._plan(
            Write(
                f"registration {key}",
                lambda rows: rows.registrations.update({key: registration}),
                lambda rows: key not in rows.registrations,
                RegistrationMoved,
            )
        )

    def mail_again(self, before: Registration, after: Registration, now: datetime) -> None:
        """Note a new letter."""
        self._change(
            before.registration_id,
            lambda stored: _is_open(stored, now) and _last_mail(stored) == _last_mail(before),
            lambda stored: replace(
                stored, mailed_at=after.mailed_at, letter_id=after.letter_id, delivery=after.delivery
            ),
        )

    def complete(self, registration: Registration, id_suffix: str, now: datetime) -> None:
        """From pending to completed."""
        self._change(
            registration.registration_id,
            lambda stored: _is_open(stored, now),
            lambda stored: stored.completed(id_suffix),
        )

    def note_delivery(self, registration_id: str, letter_id: str, delivery: Delivery) -> None:
        """What became of the newest letter."""
        self._change(
            registration_id,
            lambda stored: stored.letter_id == letter_id,
            lambda stored: replace(stored, delivery=delivery),
        )

    def _change(
        self, key: str, holds: Callable[[Registration], bool], change: Callable[[Registration], Registration]
    ) -> None:
        self._plan(
            Write(
                f"registration {key}",
                lambda rows: rows.registrations.update({key: change(rows.registrations[key])}),
                lambda rows: key in rows.registrations and holds(rows.registrations[key]),
                RegistrationMoved,
            )
        )


def _is_open(stored: Registration, now: datetime) -> bool:
    return not stored.is_completed and not stored.is_expired(now)


class FakeAddresses:
    """`ports.Addresses`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def load(self, address: str, now: datetime) -> AddressLoad:
        """Both counts."""
        with self._reach() as rows:
            return AddressLoad(rows.accounts_of[comparison_key(address)], rows.mails_of[_hour_key(address, now)])

    def count_account(self, address: str) -> None:
        """One more account."""
        key = comparison_key(address)
        self._plan(
            Write(
                f"accounts of {key}",
                lambda rows: _count(rows.accounts_of, key),
                lambda rows: rows.accounts_of[key] < ACCOUNTS_PER_ADDRESS,
                AccountsLimitReached,
            )
        )

    def release_account(self, address: str) -> None:
        """One account less."""
        key = comparison_key(address)
        self._plan(Write(f"accounts of {key}", lambda rows: _count(rows.accounts_of, key, -1)))

    def count_mail(self, address: str, now: datetime, mails: int = 1) -> None:
        """More mails, if all of them fit."""
        key = _hour_key(address, now)
        self._plan(
            Write(
                f"mails of {key}",
                lambda rows: _count(rows.mails_of, key, mails),
                lambda rows: rows.mails_of[key] + mails <= MAILS_PER_ADDRESS_AND_HOUR,
                MailLimitReached,
            )
        )

    def count_due_mail(self, address: str, now: datetime, mails: int = 1) -> None:
        """More mails."""
        key = _hour_key(address, now)
        self._plan(Write(f"mails of {key}", lambda rows: _count(rows.mails_of, key, mails)))

    def count_reset(self, address: str, now: datetime, *, is_theirs: bool) -> None:
        """One more link, or none."""
        key = f"{_hour_key(address, now)} {'reset' if is_theirs else 'decoy'}"
        self._plan(
            Write(
                f"resets of {key}",
                lambda rows: _count(rows.mails_of, key),
                lambda rows: rows.mails_of[key] < RESETS_PER_ADDRESS_AND_HOUR,
                MailLimitReached,
            )
        )


def _hour_key(address: str, now: datetime) -> str:
    return f"{comparison_key(address)} {now:%Y-%m-%d %H}"


def _count(counter: Counter[str], key: str, more: int = 1) -> None:
    counter[key] += more


def _last_mail(registration: Registration) -> tuple[str, datetime]:
    return registration.letter_id, registration.mailed_at

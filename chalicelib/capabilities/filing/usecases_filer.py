"""Business software and its applications: getting a token, looking, withdrawing, correcting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.capabilities.filing.usecases import Sent, source_of
from chalicelib.domain.accounts import Account
from chalicelib.domain.application_moves import corrected, withdrawn
from chalicelib.domain.application_refusals import (
    ApplicationUnknown,
    CredentialsWrong,
    EventOutOfOrder,
    EventSeen,
    FieldNotAsked,
    NotCorrectable,
)
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Actor, Application, ApplicationPage
from chalicelib.domain.attempts import Door
from chalicelib.domain.filer_tokens import FilerToken, password_mark
from chalicelib.domain.seen_events import SeenEvent
from chalicelib.ports import Begin, Chance, PasswordHasher, Work
from chalicelib.verbs.applications import Step, find_application, move_application
from chalicelib.verbs.doors import Knock, knock


@dataclass(frozen=True)
class Listing:
    """Which applications, and how many at once."""

    limit: int
    state: State | None = None
    since: datetime | None = None
    after: str | None = None


def ask_token(begin: Begin, hasher: PasswordHasher, id_suffix: str, password: str, now: datetime) -> FilerToken:
    """A token. Raises CredentialsWrong for whatever keeps the door closed, all of which look alike."""
    asked = Knock(Door.FILER, id_suffix, password)
    verdict = knock(
        begin, hasher, asked, lambda work: work.accounts.find(id_suffix), lambda one: one.filer_password_hash
    )
    if verdict.holder is None:
        raise CredentialsWrong
    with begin() as work:
        work.attempts.forget(Door.FILER, id_suffix)
    return FilerToken(id_suffix, password_mark(verdict.holder.filer_password_hash), now)


def account_of(begin: Begin, token: FilerToken, now: datetime) -> Account | None:
    """The account that a token still opens."""
    with begin() as work:
        account = work.accounts.find(token.id_suffix)
    return account if account and token.is_good(account, now) else None


def look_at(begin: Begin, id_suffix: str, application_number: str) -> Application:
    """An application of the filer's own. Raises ApplicationUnknown."""
    return _own(find_application(begin, application_number), id_suffix)


def is_repeated(begin: Begin, application: Application, sent: Sent) -> bool:
    """Whether the same command was carried out before. Raises KeyReused."""
    with begin() as work:
        (known,) = work.events.find(source_of(application.filer_suffix or ""), [sent.event_id])
    return known is not None and bool(known.result_for(sent.digest))


def list_applications(begin: Begin, id_suffix: str, listing: Listing) -> ApplicationPage:
    """Some of the filer's applications."""
    with begin() as work:
        return work.applications.of_filer(
            id_suffix, listing.limit, state=listing.state, since=listing.since, after=listing.after
        )


def withdraw(
    begin: Begin, chance: Chance, id_suffix: str, application_number: str, sent: Sent, now: datetime
) -> Application:
    """取り下げ. Raises ApplicationUnknown, NotWithdrawable, KeyReused."""
    return _once(
        begin,
        chance,
        application_number,
        sent,
        _Filer(id_suffix, now),
        lambda application: withdrawn(application, Actor.FILER, now),
    )


def correct(
    begin: Begin, chance: Chance, application: Application, answers: Mapping[str, str], sent: Sent, now: datetime
) -> Application:
    """補正. Raises NotCorrectable, also when other fields are open by now, FieldNotAsked, KeyReused."""

    def step(current: Application) -> Application:
        if not set(current.fields_to_correct) <= set(answers):
            raise NotCorrectable(current.state.value)
        return corrected(current, answers, Actor.FILER, now)

    filer = _Filer(application.filer_suffix or "", now)
    return _once(begin, chance, application.application_number, sent, filer, step)


@dataclass(frozen=True)
class _Filer:
    id_suffix: str
    now: datetime


def _once(begin: Begin, chance: Chance, application_number: str, sent: Sent, filer: _Filer, step: Step) -> Application:
    """Move one of the filer's applications; the same command again gives the application as it is now."""

    def also(work: Work, application: Application) -> None:
        seen = SeenEvent(sent.digest, application.application_number)
        work.events.note(source_of(filer.id_suffix), sent.event_id, seen, filer.now)

    try:
        return move_application(
            begin, chance, application_number, filer.now, lambda one: step(_own(one, filer.id_suffix)), also
        )
    except (EventOutOfOrder, FieldNotAsked, EventSeen):
        application = look_at(begin, filer.id_suffix, application_number)
        if not is_repeated(begin, application, sent):
            raise
        return application


def _own(application: Application, id_suffix: str) -> Application:
    """The application, if this filer filed it. Raises ApplicationUnknown."""
    if application.filer_suffix != id_suffix:
        raise ApplicationUnknown
    return application

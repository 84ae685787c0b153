"""What the offices' systems do: look at applications, and tell what happened to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.api_keys import ApiKey
from chalicelib.domain.application_refusals import (
    ApplicationUnknown,
    EventOutOfOrder,
    EventSeen,
    PaymentDiffers,
    PaymentLate,
)
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application, ApplicationPage
from chalicelib.domain.attempts import Door
from chalicelib.domain.seen_events import SeenEvent
from chalicelib.ports import Begin, Chance, Work
from chalicelib.verbs.applications import Step, find_application, move_application


@dataclass(frozen=True)
class Listing:
    """Which applications of an office, and how many at once."""

    state: State
    limit: int
    since: datetime | None = None
    after: str | None = None


@dataclass(frozen=True)
class OfficeEvent:
    """Something told about an application: by whom, under which id of theirs, and the digest of what was said."""

    key: ApiKey
    application_number: str
    event_id: str
    digest: str


def key_of(begin: Begin, secret: str) -> ApiKey | None:
    """The key, if it opens anything."""
    with begin() as work:
        key = work.api_keys.find(secret)
    return None if key is None or key.is_revoked else key


def look_at(begin: Begin, key: ApiKey, application_number: str) -> Application:
    """An application of the key's office, or any for the helpdesk. Raises ApplicationUnknown."""
    return _within(find_application(begin, application_number), key)


def list_applications(begin: Begin, key: ApiKey, listing: Listing) -> ApplicationPage:
    """Some of the office's applications."""
    with begin() as work:
        return work.applications.of_office(
            key.office, listing.state, listing.limit, since=listing.since, after=listing.after
        )


def take_event(begin: Begin, chance: Chance, told: OfficeEvent, step: Step, now: datetime) -> State:
    """Move the application; the state it is in then. The same event again gives the same state and changes nothing.

    Raises ApplicationUnknown, EventOutOfOrder, PaymentDiffers, KeyReused.
    """
    return _taken(begin, chance, told, step, now, lambda _work: None)


def unlock(begin: Begin, chance: Chance, told: OfficeEvent, now: datetime) -> State:
    """Let the application's password open again. Raises ApplicationUnknown, KeyReused."""

    def forget(work: Work) -> None:
        work.attempts.forget(Door.APPLICATION, told.application_number)

    return _taken(begin, chance, told, lambda application: application, now, forget)


def _taken(
    begin: Begin, chance: Chance, told: OfficeEvent, step: Step, now: datetime, also: Callable[[Work], None]
) -> State:
    source = _source_of(told)

    def note(work: Work, application: Application) -> None:
        seen = SeenEvent(told.digest, application.state.value)
        work.events.note(source, told.event_id, seen, now)
        also(work)

    try:
        moved = move_application(
            begin, chance, told.application_number, now, lambda one: step(_within(one, told.key)), note
        )
    except (EventSeen, EventOutOfOrder, PaymentDiffers, PaymentLate):
        known = known_result(begin, told)
        if known is None:
            raise
        return known
    return moved.state


def known_result(begin: Begin, told: OfficeEvent) -> State | None:
    """The state that an event led to when it was told before. Raises KeyReused."""
    with begin() as work:
        (known,) = work.events.find(_source_of(told), [told.event_id])
    return State(known.result_for(told.digest)) if known else None


def _source_of(told: OfficeEvent) -> str:
    return f"agency#{told.key.office}"


def _within(application: Application, key: ApiKey) -> Application:
    """The application, if it concerns whoever has the key. Raises ApplicationUnknown."""
    if not key.serves_all_offices and application.record.office != key.office:
        raise ApplicationUnknown
    return application

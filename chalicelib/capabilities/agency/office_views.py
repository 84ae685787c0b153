"""Views of the agency API: lists, one application, and what happened to it."""

import hashlib
from typing import cast

import msgspec

from chalicelib.capabilities.agency import examples, usecases
from chalicelib.capabilities.agency.door import ROOT, pages
from chalicelib.capabilities.agency.events import SCOPES, step_of
from chalicelib.capabilities.agency.forms_messages import EventTaken, OfficeEvent, OfficeList, Unlocked
from chalicelib.capabilities.agency.usecases import Listing
from chalicelib.domain.api_keys import Scope
from chalicelib.domain.application_numbers import procedure_of
from chalicelib.domain.application_states import State
from chalicelib.forms.application_messages import ApplicationTold, PageTold, application_told, page_told
from chalicelib.web.apis import ApiRequest, Operation, number_in
from chalicelib.web.troubles import Trouble

_APPLICATIONS = f"{ROOT}/applications"
_ONE = f"{_APPLICATIONS}/{{application_number}}"


@pages.serve(
    Operation(
        "GET",
        _APPLICATIONS,
        "listApplications",
        "The office's applications in one state, those that changed longest ago first",
        asks=OfficeList,
        gives=PageTold,
        scope=Scope.READ,
    )
)
def list_applications(request: ApiRequest) -> PageTold:
    """By state and moment of the last change."""
    asked = request.asked
    if request.caller.serves_all_offices:
        raise Trouble("forbidden_scope")
    listing = Listing(asked.state, asked.limit, asked.since, asked.cursor)
    return page_told(usecases.list_applications(request.world.begin, request.caller, listing))


@pages.serve(
    Operation(
        "GET",
        _ONE,
        "getApplication",
        "An application, with its charges, notices and history",
        gives=ApplicationTold,
        scope=Scope.READ,
        refuses=("application_unknown",),
    )
)
def get_application(request: ApiRequest, application_number: str) -> ApplicationTold:
    """One of the office's own, or any for the helpdesk."""
    number = number_in(application_number)
    return application_told(usecases.look_at(request.world.begin, request.caller, number))


@pages.serve(
    Operation(
        "POST",
        f"{_ONE}/events",
        "tellEvent",
        "Tell what happened to an application; which key may tell what stands with each event",
        takes=cast("type[msgspec.Struct]", OfficeEvent),
        gives=EventTaken,
        refuses=(
            "application_unknown",
            "event_out_of_order",
            "payment_differs",
            "payment_late",
            "invalid_fields",
            "key_reused",
            "forbidden_scope",
        ),
        examples=examples.EVENTS,
    )
)
def tell_event(request: ApiRequest, application_number: str) -> EventTaken:
    """Move the application, or unlock its password."""
    event, number = request.body, number_in(application_number)
    if SCOPES.get(type(event), Scope.WRITE) not in request.caller.scopes:
        raise Trouble("forbidden_scope")
    digest = hashlib.sha256(number.encode() + msgspec.json.encode(event)).hexdigest()
    told = usecases.OfficeEvent(request.caller, number, event.event_id, digest)
    state = _taken(request, told, number)
    request.entry.outcome = "event_taken"
    return EventTaken(event.event_id, number, state)


def _taken(request: ApiRequest, told: usecases.OfficeEvent, number: str) -> State:
    """The state it led to; what was taken before is not judged again, though days went by and rules changed."""
    world = request.world
    if isinstance(request.body, Unlocked):
        return usecases.unlock(world.begin, world, told, request.now)
    try:
        step = step_of(request, procedure_of(number))
        return usecases.take_event(world.begin, world, told, step, request.now)
    except Trouble:
        known = usecases.known_result(world.begin, told)
        if known is None:
            raise
        return known

"""The edge of the application: the last word on every response, and its one log line."""

from typing import Any

from chalice.app import Chalice, Request, Response

from chalicelib import wiring
from chalicelib.web.errors import error_page
from chalicelib.web.journal import Entry, write
from chalicelib.web.pages import request_id_of, response_of
from chalicelib.web.requests import read_page_request
from chalicelib.web.troubles import docs_url, is_for_programs, language_in, problem_response, trouble_of_status

_OURS = "Content-Security-Policy"


class Portal(Chalice):
    """Chalice's application, except that what Chalice would answer with JSON of its own is a page of the portal."""

    def __init__(self, app_name: str) -> None:
        super().__init__(app_name, configure_logs=False)
        self.journal_entry = Entry()
        # Chalice logs exceptions with their words, which may hold a person's; the journal says what and where.
        self.log.disabled = True

    def __call__(self, event: Any, context: Any) -> dict[str, Any]:
        """Answer one event of API Gateway."""
        world = wiring.world()
        world.meter.reset()
        started = world.stopwatch()
        self.journal_entry = Entry()
        answered = super().__call__(event, context)
        if _OURS not in answered["headers"] and self.current_request is not None:
            answered = self._as_page(answered, self.current_request)
        if event["requestContext"]["httpMethod"] == "HEAD":
            answered["body"] = ""
        write(world, self.journal_entry, _request_id(event), answered["statusCode"], started)
        return answered

    def _as_page(self, answered: dict[str, Any], request: Request) -> dict[str, Any]:
        response = _answer_in_place(answered["statusCode"], request)
        made: dict[str, Any] = response.to_dict(self.api.binary_types)
        if allowed := answered["headers"].get("Allow"):
            made["headers"]["Allow"] = allowed
        return made


def _answer_in_place(status: int, request: Request) -> Response:
    """A page for people, problem details for programs."""
    world = wiring.world()
    if is_for_programs(request.path):
        language = language_in({name.lower(): text for name, text in request.headers.items()})
        return problem_response(
            trouble_of_status(status), request_id_of(request), language, docs_url(world, request.path)
        )
    return response_of(error_page(status, request_id_of(request)), read_page_request(request, world))


def _request_id(event: Any) -> str:
    return str(event["requestContext"].get("requestId", "-"))

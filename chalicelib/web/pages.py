"""Blueprints whose pages are safe by default.

A view gets a `PageRequest` and answers with an `Answer`. Before it, bodies are read strictly and POSTs are checked for
where they come from; behind it, refusals become pages, and every answer carries the security headers and `no-store`.
"""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from chalice.app import Blueprint, Request, Response

from chalicelib import wiring
from chalicelib.domain.refusals import Refusal
from chalicelib.ports import StoreUnavailable
from chalicelib.web.addresses import page_address
from chalicelib.web.answers import Answer, Download, Facts, SeeOther, StaticText
from chalicelib.web.bodies import BadRequest
from chalicelib.web.cookies import set_cookies
from chalicelib.web.errors import error_page, refusal_page, send_again_page
from chalicelib.web.headers import AN_HOUR, ASK_AGAIN, CONNECTING, HTML, IMMUTABLE, JSON, NO_STORE, SECURITY_HEADERS
from chalicelib.web.journal import Entry
from chalicelib.web.origins import has_own_token, is_from_elsewhere
from chalicelib.web.rendering import render
from chalicelib.web.requests import PageRequest, read_page_request, with_form

View = Callable[..., Answer]
_ANY_TYPE: list[str] = []


class Pages(Blueprint):
    """The pages of one capability."""

    def __init__(self, import_name: str) -> None:
        super().__init__(import_name)
        self.capability = import_name.split(".")[-2]

    def get(self, path: str) -> Callable[[View], View]:
        """Register a view for GET and HEAD."""
        return self._registered(path, ["GET", "HEAD"])

    def post(self, path: str, *, stale: View | None = None) -> Callable[[View], View]:
        """Register a view for POST; `stale` shows the form again when its token is not this browser's any more."""
        return self._registered(path, ["POST"], stale)

    def _registered(self, path: str, methods: list[str], stale: View | None = None) -> Callable[[View], View]:
        def register(view: View) -> View:
            @wraps(view)
            def answer_request(**parameters: str) -> Response:
                return self._answer(view, parameters, stale)

            # Chalice would answer a wrong content type with its own JSON; the reader answers with a page.
            self.route(path, methods=methods, content_types=_ANY_TYPE)(answer_request)
            return view

        return register

    def _answer(self, view: View, parameters: Mapping[str, str], stale: View | None) -> Response:
        entry = Entry(self.capability, view.__name__)
        self.current_app.journal_entry = entry  # type: ignore[attr-defined]
        try:
            request, answer = self._judged(view, parameters, entry, stale)
            return response_of(answer, request)
        except Exception as error:
            entry.note_fault(error)
            raise

    def _judged(
        self, view: View, parameters: Mapping[str, str], entry: Entry, stale: View | None
    ) -> tuple[PageRequest, Answer]:
        """The view's answer, or the page for why there is none."""
        raw = self.current_request
        request = read_page_request(raw, wiring.world(), entry)
        try:
            if request.method == "POST":
                request = with_form(request, raw)
                answer = self._checked(request, request_id_of(raw), stale) or view(request, **parameters)
            else:
                answer = view(request, **parameters)
        except Refusal as refusal:
            entry.outcome = refusal.code
            answer = refusal_page(refusal, request, self.capability)
        except BadRequest as error:
            answer = error_page(error.status, request_id_of(raw))
        except StoreUnavailable:
            entry.outcome = "store_unavailable"
            answer = send_again_page(request, 503, request_id_of(raw))
        return request, answer

    @staticmethod
    def _checked(request: PageRequest, request_id: str, stale: View | None) -> Answer | None:
        """A page instead of the view's, when the form was not sent from ours."""
        if is_from_elsewhere(request):
            return error_page(403, request_id)
        if has_own_token(request):
            return None
        return stale(request) if stale else send_again_page(request, 403, request_id)


def request_id_of(request: Request) -> str:
    """The gateway's id of a request, which the log has too; people can quote it."""
    return str(request.context.get("requestId", "-"))


def response_of(answer: Answer, request: PageRequest) -> Response:
    """An answer as Chalice sends it."""
    if isinstance(answer, StaticText):
        return _static_response(answer)
    settings = request.world.settings
    cookies = {"Set-Cookie": set_cookies(request.to_set, settings)} if request.to_set else {}
    headers: dict[str, Any] = {**SECURITY_HEADERS, **NO_STORE, **HTML, **cookies}
    if isinstance(answer, SeeOther):
        return Response("", {**headers, "Location": page_address(settings, answer.path)}, 303)
    if isinstance(answer, Download):
        named = {"Content-Type": answer.content_type, "Content-Disposition": answer.disposition}
        return Response(answer.body, {**headers, **named}, 200)
    if isinstance(answer, Facts):
        kept: dict[str, Any] = {**headers, **JSON}
        if answer.is_public:
            kept = {**SECURITY_HEADERS, **AN_HOUR, **JSON}
        return Response(json.dumps(answer.facts, ensure_ascii=False), kept, answer.status)
    connecting = CONNECTING if answer.connects else {}
    return Response(render(answer, request), {**headers, **connecting, **answer.headers}, answer.status)


def _static_response(answer: StaticText) -> Response:
    caching = IMMUTABLE if answer.is_pinned else ASK_AGAIN
    return Response(answer.body, {**SECURITY_HEADERS, **caching, "Content-Type": answer.content_type}, 200)

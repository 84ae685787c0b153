"""Blueprints whose views answer programs: JSON in and out, described for OpenAPI, with problem details for refusals."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import wraps
from typing import Any, get_type_hints

import msgspec
from chalice.app import Request, Response

from chalicelib import wiring
from chalicelib.domain.application_numbers import is_application_number
from chalicelib.domain.application_refusals import ApplicationUnknown
from chalicelib.domain.refusals import Refusal
from chalicelib.ports import StoreUnavailable
from chalicelib.web.headers import JSON, NO_STORE, SECURITY_HEADERS
from chalicelib.web.journal import Entry
from chalicelib.web.json_bodies import read_json
from chalicelib.web.pages import Pages, request_id_of
from chalicelib.web.troubles import (
    FieldTrouble,
    Trouble,
    docs_url,
    language_in,
    pointer_to,
    problem_response,
    trouble_of,
)
from chalicelib.wiring import World

_ANY_TYPE: list[str] = []
_BEARER = re.compile(r"Bearer ([A-Za-z0-9._~+/=-]{1,500})", re.ASCII | re.IGNORECASE)
IDEMPOTENCY_KEY = re.compile(r"[A-Za-z0-9._:-]{1,100}", re.ASCII)
_PLACE = re.compile(r" - at `\$(.*)`$")
_STEP = re.compile(r"\.([a-z_]+)|\[([0-9]+)\]")
_DIGITS = re.compile(r"[0-9]{1,9}", re.ASCII)
_CODE_AT = {"/cursor": "cursor_unknown"}
KILOBYTE = 1024


@dataclass(frozen=True)
class Operation:
    """What a view is for, as its description says it.

    `takes`: the body; `asks`: the query; `gives`: the answer's body. `scope`: what the caller's key must allow, "" for
    anybody's. `is_open`: nobody need say who they are. `refuses`: codes of its own, beyond those that all share.
    `examples`: bodies by name.
    """

    method: str
    path: str
    name: str
    summary: str
    gives: type[msgspec.Struct]
    takes: type[msgspec.Struct] | None = None
    asks: type[msgspec.Struct] | None = None
    status: int = 200
    scope: str = ""
    is_open: bool = False
    is_idempotent: bool = False
    largest_bytes: int = 256 * KILOBYTE
    refuses: tuple[str, ...] = ()
    examples: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ApiRequest:
    """A request that passed the reader. `body` and `asked` are of the types that the operation names."""

    world: World
    now: datetime
    headers: Mapping[str, str]
    language: str
    entry: Entry
    caller: Any = None
    body: Any = None
    asked: Any = None

    @property
    def bearer(self) -> str:
        """The token or key of the Authorization header; "" without one."""
        match = _BEARER.fullmatch(self.headers.get("authorization", ""))
        return match[1] if match else ""

    @property
    def idempotency_key(self) -> str:
        """The Idempotency-Key header. Raises Trouble when there is none, or none that can be kept."""
        key = self.headers.get("idempotency-key", "")
        if not IDEMPOTENCY_KEY.fullmatch(key):
            raise Trouble("idempotency_key_missing")
        return key


View = Callable[..., msgspec.Struct]
Authorize = Callable[[ApiRequest, Operation], Any]


@dataclass(frozen=True)
class Interface:
    """An interface for programs: where it begins, and who may call. `title` and `says` stand in its description."""

    root: str
    title: str
    says: str
    authorize: Authorize
    security: str
    operations: list[Operation] = field(default_factory=list)


class Api(Pages):
    """The views of one interface, and the pages that describe it."""

    def __init__(self, import_name: str, interface: Interface) -> None:
        super().__init__(import_name)
        self.interface = interface

    def serve(self, operation: Operation) -> Callable[[View], View]:
        """Register a view `(request, **path parameters)` for an operation."""
        self.interface.operations.append(operation)
        methods = ["GET", "HEAD"] if operation.method == "GET" else [operation.method]

        def register(view: View) -> View:
            @wraps(view)
            def answer_request(**parameters: str) -> Response:
                return self._operate(view, operation, parameters)

            self.route(operation.path, methods=methods, content_types=_ANY_TYPE)(answer_request)
            return view

        return register

    def _operate(self, view: View, operation: Operation, parameters: Mapping[str, str]) -> Response:
        world, raw = wiring.world(), self.current_request
        entry = Entry(self.capability, view.__name__)
        self.current_app.journal_entry = entry  # type: ignore[attr-defined]
        headers = {name.lower(): value for name, value in raw.headers.items()}
        request = ApiRequest(world, world.now(), headers, language_in(headers), entry)
        try:
            answer = view(self._read(request, raw, operation), **parameters)
        except (Trouble, Refusal, StoreUnavailable) as error:
            trouble = _as_trouble(error)
            entry.outcome = trouble.code
            return problem_response(trouble, request_id_of(raw), request.language, docs_url(world, operation.path))
        except Exception as error:
            entry.note_fault(error)
            raise
        body = msgspec.json.encode(answer).decode()
        return Response(body, {**SECURITY_HEADERS, **NO_STORE, **JSON}, operation.status)

    def _read(self, request: ApiRequest, raw: Request, operation: Operation) -> ApiRequest:
        """Who asks comes first: strangers learn nothing about what they sent."""
        caller = None if operation.is_open else self.interface.authorize(request, operation)
        asked = converted(_asked(raw, operation.asks), operation.asks) if operation.asks else None
        body = converted(read_json(raw, operation.largest_bytes), operation.takes) if operation.takes else None
        return replace(request, caller=caller, asked=asked, body=body)


def _asked(raw: Request, wanted: type[msgspec.Struct]) -> dict[str, Any]:
    """The query, each text as what is wanted. Raises Trouble for what stands there twice."""
    query: Any = raw.query_params or {}
    kinds = get_type_hints(wanted)
    twice = next((name for name in query if len(query.getlist(name)) > 1), None)
    if twice is not None:
        raise Trouble("wrong_shape", [FieldTrouble(pointer_to(twice), "wrong_shape", "It stands there twice")])
    return {
        name: int(text) if kinds.get(name) is int and _DIGITS.fullmatch(text) else text for name, text in query.items()
    }


def number_in(path_parameter: str) -> str:
    """The application number in a path. Raises ApplicationUnknown for what can be none."""
    if not is_application_number(path_parameter):
        raise ApplicationUnknown
    return path_parameter


def converted(said: Any, wanted: type[msgspec.Struct]) -> Any:
    """What was said as a `wanted`. Raises Trouble with the member that is wrong."""
    try:
        return msgspec.convert(said, wanted)
    except msgspec.ValidationError as error:
        misfit = _misfit(str(error))
        raise Trouble(_CODE_AT.get(misfit.field, "wrong_shape"), [misfit]) from error


def _misfit(words: str) -> FieldTrouble:
    place = _PLACE.search(words)
    steps = _STEP.findall(place[1]) if place else []
    pointer = "".join(f"/{name or number}" for name, number in steps)
    return FieldTrouble(pointer, "wrong_shape", _PLACE.sub("", words))


def _as_trouble(error: Exception) -> Trouble:
    if isinstance(error, Trouble):
        return error
    return trouble_of(error) if isinstance(error, Refusal) else Trouble("store_unavailable")

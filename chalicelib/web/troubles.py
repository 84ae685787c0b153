"""What programs are told when something is refused: problem details (RFC 9457) with a code, and field by field."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalice.app import Response

from chalicelib.domain.refusals import Refusal
from chalicelib.forms.base import Form
from chalicelib.forms.problems import Problem
from chalicelib.texts.environment import SOURCE_LANGUAGE, environment
from chalicelib.web.headers import NO_STORE, SECURITY_HEADERS
from chalicelib.wiring import World

PROBLEM_TYPE = "application/problem+json; charset=utf-8"
STATUS_OF_TROUBLE = {
    "not_json": 400,
    "not_utf8": 400,
    "wrong_shape": 400,
    "cursor_unknown": 400,
    "idempotency_key_missing": 400,
    "unauthorized": 401,
    "credentials_wrong": 401,
    "forbidden_scope": 403,
    "not_found": 404,
    "application_unknown": 404,
    "method_not_allowed": 405,
    "event_out_of_order": 409,
    "payment_late": 409,
    "not_withdrawable": 409,
    "not_correctable": 409,
    "application_changed": 409,
    "too_large": 413,
    "unsupported_type": 415,
    "invalid_fields": 422,
    "payment_differs": 422,
    "field_not_asked": 422,
    "key_reused": 422,
    "internal": 500,
    "numbers_exhausted": 503,
    "store_unavailable": 503,
}
_CODE_OF_STATUS = {403: "not_found", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
_SOON = {"Retry-After": "5"}
_FOR_PROGRAMS = re.compile(r"/(?:filing|agency)/v1/(?!docs$)", re.ASCII)


def is_for_programs(path: str) -> bool:
    """Whether what asks there is a program."""
    return bool(_FOR_PROGRAMS.match(path))


def docs_url(world: World, path: str) -> str:
    """Where an interface is described for people; the first two parts of a path name the interface."""
    return world.settings.absolute_url(f"{'/'.join(path.split('/')[:3])}/docs")


def language_in(headers: Mapping[str, str]) -> str:
    """English for programs that prefer it, Japanese for all others."""
    return "en" if headers.get("accept-language", "").lower().startswith("en") else SOURCE_LANGUAGE


def pointer_to(name: str) -> str:
    """A JSON pointer (RFC 6901) to a member."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True)
class FieldTrouble:
    """What is wrong with one member: a JSON pointer (RFC 6901) to it, a code, and a sentence."""

    field: str
    reason: str
    detail: str

    def told(self) -> dict[str, str]:
        """As it stands in JSON."""
        return dict(vars(self))


@dataclass
class Trouble(Exception):
    """Why a request of a program is not answered with what it asked for."""

    code: str
    errors: Sequence[FieldTrouble] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    refusal: Refusal | None = None

    @property
    def status(self) -> int:
        """The HTTP status that goes with the code."""
        return STATUS_OF_TROUBLE.get(self.code, 409)


def trouble_of(refusal: Refusal) -> Trouble:
    """A refusal of the domain, told to a program with what it knows."""
    return Trouble(refusal.code, facts=dict(vars(refusal)), refusal=refusal)


def trouble_of_status(status: int) -> Trouble:
    """What the framework answered before any view."""
    return Trouble(_CODE_OF_STATUS.get(status, "internal"))


def told(trouble: Trouble, request_id: str, language: str, docs_url: str) -> dict[str, Any]:
    """The problem details."""
    return {
        "type": f"{docs_url}#{trouble.code}",
        "title": trouble.code,
        "status": trouble.status,
        "detail": sentence(trouble.code, language, trouble.refusal),
        "request_id": request_id,
        **trouble.facts,
        **({"errors": [error.told() for error in trouble.errors]} if trouble.errors else {}),
    }


def problem_response(trouble: Trouble, request_id: str, language: str, docs_url: str) -> Response:
    """The problem details as an answer."""
    headers: dict[str, Any] = {**SECURITY_HEADERS, **NO_STORE, "Content-Type": PROBLEM_TYPE}
    if trouble.status == 401:  # noqa: PLR2004
        headers["WWW-Authenticate"] = "Bearer"
    if trouble.status == 503:  # noqa: PLR2004
        headers.update(_SOON)
    body = json.dumps(told(trouble, request_id, language, docs_url), ensure_ascii=False)
    return Response(body, headers, trouble.status)


def sentence(code: str, language: str, refusal: Refusal | None = None) -> str:
    """What a code means, in words."""
    return _plain(getattr(_module("texts/api.html", language), code)(refusal))


def field_troubles(form: Form, language: str, at: str = "") -> list[FieldTrouble]:
    """Every problem of a form; `at` is a JSON pointer to the object that its fields are members of."""
    return [field_trouble(str(one.name), problem, language, at) for one, problem in form.problems()]


def field_trouble(name: str, problem: Problem, language: str, at: str = "") -> FieldTrouble:
    """One problem of one member."""
    problems, labels = _module("texts/problems.html", language), _module("texts/labels.html", language)
    words = getattr(problems, problem.code)(problem, getattr(labels, name)())
    return FieldTrouble(f"{at}/{name}", problem.code, _plain(words))


def reason_sentence(code: str, language: str) -> str:
    """Why an application was not accepted, in words."""
    return _plain(_module("texts/applications.html", language).reason_code(code))


def _module(template: str, language: str) -> Any:
    return environment(language).get_template(template).module


def _plain(markup: Any) -> str:
    """Text for JSON, where nothing needs escaping for HTML."""
    return str(markup.unescape()).strip()

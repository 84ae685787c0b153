"""The gateway's own answers, which no function sees: pages of the portal all the same."""

from datetime import UTC, datetime
from typing import Any

from chalicelib.settings import Settings
from chalicelib.web.errors import error_page
from chalicelib.web.headers import HTML, NO_STORE, SECURITY_HEADERS
from chalicelib.web.rendering import render
from chalicelib.web.requests import PageRequest
from chalicelib.wiring import build_world
from infra.intrinsics import Node, either, filled, resource_name
from infra.parameters import asked_settings
from infra.paths import STAGE

_BASE = "/-base-"
_SECONDS = {429: "10", 503: "30"}
# What the gateway has to say, and as which page and status people get it.
RESPONSES = {
    "MISSING_AUTHENTICATION_TOKEN": 404,  # how the gateway calls a path that it does not know
    "RESOURCE_NOT_FOUND": 404,
    "ACCESS_DENIED": 403,
    "WAF_FILTERED": 403,
    "REQUEST_TOO_LARGE": 413,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "THROTTLED": 429,
    "QUOTA_EXCEEDED": 429,
    "DEFAULT_4XX": 400,
    "DEFAULT_5XX": 503,
}


def gateway_responses() -> dict[str, Node]:
    """Every answer of the gateway's own by its type, as SAM writes them."""
    return {kind: _response(status) for kind, status in RESPONSES.items()}


def _response(status: int) -> Node:
    page = filled(_page(status), Base=either("HasDomain", "", f"/{STAGE}"))
    return {
        "StatusCode": str(status),
        "ResponseParameters": {"Headers": {name: f"'{value}'" for name, value in _headers(status).items()}},
        # The gateway chooses by what the browser accepts, and falls back to the first.
        "ResponseTemplates": {"application/json": page, "text/html": page},
    }


def _headers(status: int) -> dict[str, str]:
    later = {"Retry-After": _SECONDS[status]} if status in _SECONDS else {}
    return {**SECURITY_HEADERS, **NO_STORE, **HTML, **later}


def _page(status: int) -> str:
    """The page with `${…}` where the settings of a stage go; people can quote the gateway's request id."""
    html = render(error_page(status, "$context.requestId"), _request())
    return html.replace(_BASE, "${Base}")


def _request() -> PageRequest:
    """A request that says nothing about its sender: Japanese, medium, at no particular time."""
    return PageRequest(
        world=build_world(_settings()),
        now=datetime(2000, 1, 1, tzinfo=UTC),
        method="GET",
        path="/",
        query={},
        headers={},
        cookies={},
        language="ja",
        text_size="medium",
        visitor="",
    )


def _settings() -> Settings:
    """Settings whose words are the template's parameters."""
    words: dict[str, Any] = {s.name: f"${{{resource_name(s.name)}}}" for s in asked_settings() if s.type is str}
    nothing = "never-used" * 4
    return Settings(
        **words,
        base_url=f"https://portal.invalid{_BASE}",
        table_prefix="-",
        secret_keys=(nothing,),
        pepper=nothing,
        signing_keys=(nothing,),
    )

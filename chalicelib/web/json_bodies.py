"""The strict reader of JSON bodies: whatever is not plain, small, well-formed JSON is refused before a view runs."""

import json
from typing import Any

from chalice.app import Request

from chalicelib.web.bodies import BadRequest, bytes_of
from chalicelib.web.troubles import Trouble

JSON_TYPE = "application/json"


def read_json(request: Request, largest_bytes: int) -> Any:
    """What the body says. Raises Trouble: unsupported_type, too_large, not_utf8, not_json."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON_TYPE:
        raise Trouble("unsupported_type")
    try:
        body = bytes_of(request)
    except BadRequest as error:
        raise Trouble("not_json") from error
    if len(body) > largest_bytes:
        raise Trouble("too_large")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Trouble("not_utf8") from error
    return _parsed(text)


def _parsed(text: str) -> Any:
    try:
        said = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
        # A lone surrogate can be written in JSON, and never as UTF-8.
        json.dumps(said, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise Trouble("not_json") from error
    return said


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands twice")
    return members


def _no_constant(name: str) -> None:
    raise ValueError(name)

"""The strict reader of form bodies: whatever is not a plain, small, well-formed form is refused before a view runs."""

import base64
import re
from urllib.parse import parse_qsl

from chalice.app import Request

FORM_TYPE = "application/x-www-form-urlencoded"
LARGEST_BODY_BYTES = 256 * 1024
MOST_FIELDS = 100
_BAD_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)


class BadRequest(Exception):
    """A request that no view should see. `status` is the HTTP status to answer with."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def read_form(request: Request) -> dict[str, str]:
    """The fields of a form. Raises BadRequest: 415 another type, 413 too large, 400 not a form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
        raise BadRequest(415)
    body = bytes_of(request)
    if len(body) > LARGEST_BODY_BYTES:
        raise BadRequest(413)
    if _BAD_PERCENT.search(body):
        raise BadRequest(400)
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise BadRequest(400) from error
    fields = dict(pairs)
    if len(fields) != len(pairs) or not all(map(_FIELD_NAME.fullmatch, fields)):
        raise BadRequest(400)
    return fields


def bytes_of(request: Request) -> bytes:
    """The body as sent. Raises BadRequest: 400. Chalice decodes base64 leniently, so the event itself is read."""
    event = request.to_original_event()
    body = event.get("body") or b""
    try:
        raw = body.encode() if isinstance(body, str) else body
        return base64.b64decode(raw, validate=True) if event.get("isBase64Encoded") else raw
    except ValueError as error:
        raise BadRequest(400) from error

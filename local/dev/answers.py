"""What the developer's doors answer with."""

import json
from typing import Any

from chalice.app import Response

from chalicelib.web.headers import HTML, NO_STORE, SECURITY_HEADERS

ANY_TYPE: list[str] = []
READ = ["GET", "HEAD"]
JSON = {"Content-Type": "application/json; charset=utf-8"}
# Mails style themselves in attributes; nothing else is let in.
_MAIL_POLICY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
}


def as_json(told: Any, status: int = 200) -> Response:
    """JSON for scripts, and readable for people."""
    text = json.dumps(told, ensure_ascii=False, indent=2)
    return Response(f"{text}\n", {**SECURITY_HEADERS, **NO_STORE, **JSON}, status)


def as_form_result(place: str) -> Response:
    """303 to `place`, a path with the stage prefix."""
    return Response("", {**SECURITY_HEADERS, **NO_STORE, **JSON, "Location": place}, 303)


def as_mail(html: str) -> Response:
    """A mail's HTML as a mail program draws it: no script, no form, nothing from elsewhere."""
    return Response(html, {**SECURITY_HEADERS, **NO_STORE, **HTML, **_MAIL_POLICY}, 200)

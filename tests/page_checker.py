"""What holds for every response that a browser gets, whatever it shows.

`complaints` says all that is wrong with one response; journeys ask for it at every step. Rules are kept here in their
own words, not taken from the code that they judge.
"""

import re
from collections.abc import Iterator

from tests.pages.page_rules import PAGE_RULES
from tests.pages.served import Served, Surroundings, strays

POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'none'"},
}
# Behind the sign-in, scripts ask how long the session lasts and which banks there are.
CONNECTING = {**POLICY, "connect-src": {"'self'"}}
EXACT_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
SWITCHED_OFF = ("microphone=()", "geolocation=()")
# Looking at a code changes nothing, and counts in one round trip; what follows from it is made once however often sent.
ANSWERED_AT_ONCE = frozenset({"/counter/scan", "/counter/approval", "/counter/hand-over"})
YEAR_SECONDS = 31_536_000
STATIC_TYPES = frozenset({"text/css", "text/javascript", "image/svg+xml", "text/plain"})


def complaints(served: Served, around: Surroundings) -> list[str]:
    """All that is wrong with a response."""
    found = [complaint for rule in RESPONSE_RULES for complaint in rule(served, around)]
    if served.document is not None:
        found += [complaint for rule in PAGE_RULES for complaint in rule(served, served.document, around)]
    return found


def _protection(served: Served, _: Surroundings) -> Iterator[str]:
    directives = (part.split() for part in served.header("content-security-policy").split(";"))
    policy = {name: set(sources) for name, *sources in filter(None, directives)}
    if policy != (CONNECTING if _is_behind_sign_in(served) else POLICY):
        yield f"Content-Security-Policy is {policy}"
    for name, value in EXACT_HEADERS.items():
        if served.header(name) != value:
            yield f"{name} is {served.header(name)!r}"
    age = re.search(r"max-age=(\d+)", served.header("strict-transport-security"))
    if not age or int(age[1]) < YEAR_SECONDS:
        yield "Strict-Transport-Security is missing or short"
    camera = "camera=(self)" if _may_scan(served) else "camera=()"
    if not all(part in served.header("permissions-policy") for part in (camera, *SWITCHED_OFF)):
        yield "Permissions-Policy leaves something on"


def _is_behind_sign_in(served: Served) -> bool:
    return served.document is not None and 'name="signed_in_as"' in served.body


def _may_scan(served: Served) -> bool:
    return served.document is not None and " data-camera" in served.body


def _names(served: Served, _: Surroundings) -> Iterator[str]:
    if len(served.written_names) != len(served.headers):
        yield f"a header is written in two ways: {served.written_names}"
    for name, values in served.headers.items():
        if any(re.search(r"[\r\n]", value) for value in values):
            yield f"{name} could end the headers"


def _content(served: Served, _: Surroundings) -> Iterator[str]:
    if served.method == "HEAD" and served.body:
        yield "HEAD has a body"
    is_schema = served.content_type == "application/json" and served.route.startswith("/static/")
    if served.content_type in STATIC_TYPES or is_schema:
        return
    if served.content_type != "text/html":
        yield f"Content-Type is {served.header('content-type')!r}"
    if served.header("cache-control") != "no-store":
        yield f"Cache-Control of a page is {served.header('cache-control')!r}"


def _where_to(served: Served, around: Surroundings) -> Iterator[str]:
    target = served.header("location")
    if (served.status == 303) != bool(target):
        yield f"{served.status} with the location {target!r}"
    if target:
        yield from strays(target, "GET", around)
    if served.method == "POST" and served.status == 200 and served.route not in ANSWERED_AT_ONCE:
        yield "a POST is answered with a page, so that reloading it would send it again"


def _cookies(served: Served, around: Surroundings) -> Iterator[str]:
    wanted = {"Path=/", "HttpOnly", "SameSite=Lax"} | ({"Secure"} if around.has_tls else set())
    for cookie in served.headers.get("set-cookie", []):
        name, *flags = cookie.split("; ")
        if {flag for flag in flags if not flag.startswith("Max-Age=")} != wanted:
            yield f"the cookie {name} has {flags}"
        if name.startswith("__Host-") != around.has_tls:
            yield f"the cookie {name} has the wrong prefix"


def _secrecy(served: Served, around: Surroundings) -> Iterator[str]:
    yield from ("a secret is shown" for secret in around.secrets if secret in served.body)


RESPONSE_RULES = (_protection, _names, _content, _where_to, _cookies, _secrecy)

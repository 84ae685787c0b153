"""What a page's view is given."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalice.app import Request

from chalicelib.texts.environment import LANGUAGES, SOURCE_LANGUAGE
from chalicelib.web.bodies import read_form
from chalicelib.web.cookies import YEAR_SECONDS, Cookie, read_cookies
from chalicelib.web.journal import Entry
from chalicelib.wiring import World

TEXT_SIZES = ("small", "medium", "large")
DEFAULT_TEXT_SIZE = "medium"
VISITOR = "visitor"
_PLAIN = re.compile(r"[A-Za-z0-9-]{1,30}", re.ASCII)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}", re.ASCII)


@dataclass(frozen=True)
class PageRequest:
    """A request that passed the reader. `now` is read once; `path` has no stage prefix.

    `visitor` is the random name of the browser to which CSRF tokens are bound. `to_set` grows with the answer;
    what a view notes in `entry` stands in the log line. `source_address` is the gateway's word for where it came from.
    """

    world: World
    now: datetime
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    language: str
    text_size: str
    visitor: str
    source_address: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    to_set: dict[str, Cookie] = field(default_factory=dict)
    entry: Entry = field(default_factory=Entry)

    def token_in(self, cookie: str) -> str | None:
        """The random name in one of our cookies, if it looks like one."""
        value = self.cookies.get(cookie, "")
        return value if is_token(value) else None

    def set(self, cookie: Cookie) -> None:
        """Send a cookie along with whatever is answered."""
        self.to_set[cookie.name] = cookie


def is_token(text: str) -> bool:
    """Whether `text` has the form of the random names that we give."""
    return bool(_TOKEN.fullmatch(text))


def read_page_request(request: Request, world: World, entry: Entry | None = None) -> PageRequest:
    """The request as its view sees it; for a POST, `with_form` follows."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    query = dict(request.query_params or {})
    cookies = read_cookies(headers.get("cookie", ""), world.settings)
    known = cookies.get(VISITOR, "")
    page_request = PageRequest(
        world=world,
        now=world.now(),
        method=request.method,
        path=_path_of(request),
        query=query,
        headers=headers,
        cookies=cookies,
        language=_chosen("lang", query, cookies, LANGUAGES, SOURCE_LANGUAGE),
        text_size=_chosen("size", query, cookies, TEXT_SIZES, DEFAULT_TEXT_SIZE),
        visitor=known if is_token(known) else world.new_token(),
        source_address=str((request.context.get("identity") or {}).get("sourceIp") or ""),
        entry=entry or Entry(),
    )
    _keep_choices(page_request)
    return page_request


def _path_of(request: Request) -> str:
    """The path with its parameters, of which only plain ones are ever repeated (Chalice gives the route's pattern)."""
    path = str(request.path)
    for name, value in (request.uri_params or {}).items():
        if _PLAIN.fullmatch(value):
            path = path.replace(f"{{{name}}}", value)
    return path


def with_form(page_request: PageRequest, request: Request) -> PageRequest:
    """The same request with its fields. Raises BadRequest."""
    return replace(page_request, form=read_form(request))


def _chosen(
    name: str, query: Mapping[str, str], cookies: Mapping[str, str], choices: tuple[str, ...], default: str
) -> str:
    """A choice made on this page, else the one kept, else the default."""
    for source in (query, cookies):
        if source.get(name) in choices:
            return source[name]
    return default


def _keep_choices(request: PageRequest) -> None:
    if request.cookies.get(VISITOR) != request.visitor:
        request.set(Cookie(VISITOR, request.visitor))
    for name, chosen in (("lang", request.language), ("size", request.text_size)):
        if request.query.get(name) == chosen:
            request.set(Cookie(name, chosen, YEAR_SECONDS))

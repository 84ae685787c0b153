"""Somebody with a browser: keeps cookies, fills forms, follows redirects, and looks closely at every answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.page_checker import complaints
from tests.pages.document import Document, FormOnPage, read_document, text_of
from tests.pages.portal import OpenPortal, route_of
from tests.pages.served import Served

FORM_TYPE = "application/x-www-form-urlencoded"
BROWSER_HEADERS = {"Content-Type": FORM_TYPE, "Origin": "null", "Sec-Fetch-Site": "same-origin"}
MOST_REDIRECTS = 4
# A form's name stands in its address, an application's number on its pages.
_SHOWN_ON_PAGES = frozenset({"lang", "size", "kept", "back", "typed", "number"})
_TOKENS = re.compile(r"K[NI][A-Z]{2}\d{4}")


@dataclass(frozen=True)
class Shown:
    """What stands in the window. `outcome`: the code in the log line of the request that ended there."""

    path: str
    served: Served
    outcome: str

    @property
    def status(self) -> int:
        """The last response's status."""
        return self.served.status

    @property
    def body(self) -> str:
        """The HTML as it came."""
        return self.served.body

    @property
    def document(self) -> Document:
        """The page; an error where there is none."""
        assert self.served.document is not None, "not a page"
        return self.served.document

    @cached_property
    def text(self) -> str:
        """All words of the page's main part."""
        return text_of(self.document.by_id("main"))

    @property
    def heading(self) -> str:
        """The h1."""
        return text_of(self.document.all("h1")[0])

    def form(self, action: str | None = None) -> FormOnPage:
        """The form that goes to `action`, or the first one."""
        return next(one for one in self.document.forms if action is None or one.action.endswith(action))

    def problem(self, name: str) -> str:
        """What is said beside a field."""
        return text_of(self.document.by_id(f"{name}-error"))

    @property
    def wrong_fields(self) -> list[str]:
        """The fields that the error summary leads to."""
        boxes = [one for one in self.document.all("div") if one.get("class") == "error-summary"]
        return [link.attrib["href"][1:] for box in boxes for link in box.iter("a")]

    def notices(self) -> list[str]:
        """The kinds of the notices on the page: ok, attention, error."""
        classes = [one.get("class", "").split() for one in self.document.all("div")]
        return [name.removeprefix("notice-") for names in classes if "notice" in names for name in names[1:]]

    def doors(self) -> list[str]:
        """Where the links in the main part lead."""
        main = self.document.by_id("main")
        return [] if main is None else [one.attrib["href"] for one in main.iter("a")]

    def door(self, path: str) -> str:
        """The link in the main part that leads to `path`."""
        return next(href for href in self.doors() if urlsplit(href).path.endswith(path))

    def choice(self, name: str, value: str) -> str:
        """The link in the header that chooses a language or a size."""
        hrefs = [one.attrib["href"] for one in self.document.all("a") if "href" in one.attrib]
        return next(href for href in hrefs if (name, value) in parse_qsl(urlsplit(href).query))


class Visitor:
    """`page` is what stands in the window; `answers` are all responses to what was last asked for."""

    page: Shown

    def __init__(self, portal: OpenPortal) -> None:
        self.portal = portal
        self.cookies: dict[str, str] = {}
        self.answers: list[Served] = []

    def another_tab(self) -> "Visitor":
        """A second window of the same browser."""
        tab = Visitor(self.portal)
        tab.cookies = self.cookies
        return tab

    def cookie_header(self) -> str:
        """What the browser sends as Cookie."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str, *, expect: int = 200, headers: Mapping[str, str] | None = None) -> Shown:
        """Open an address, with or without the stage prefix."""
        return self._ask("GET", path, b"", headers or {}, expect)

    def reload(self, *, expect: int = 200) -> Shown:
        """Ask for the same page again."""
        return self.get(self.page.path, expect=expect)

    def follow(self, path: str, *, expect: int = 200) -> Shown:
        """Click on the link that leads to `path`."""
        return self.get(self.page.door(path), expect=expect)

    def choose(self, name: str, value: str, *, expect: int = 200) -> Shown:
        """Click on a language or a size."""
        return self.get(self.page.choice(name, value), expect=expect)

    def submit(
        self,
        action: str | None = None,
        *,
        expect: int = 200,
        headers: Mapping[str, str] | None = None,
        **typed: str | None,
    ) -> Shown:
        """Fill in the form that goes to `action` and send it; None leaves a field out."""
        form = self.page.form(action)
        unknown = typed.keys() - form.names
        assert not unknown, f"the form has no {unknown}"
        fields = {name: value for name, value in {**form.values, **typed}.items() if value is not None}
        return self.post(form.action, fields, expect=expect, headers=headers)

    def post(
        self,
        path: str,
        fields: Mapping[str, str] | bytes,
        *,
        expect: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Shown:
        """Send any fields, or bytes that only claim to be a form, anywhere."""
        if not isinstance(fields, bytes):
            for name, text in fields.items():
                self.portal.discretion.note_typed(name, text)
            fields = urlencode(fields).encode()
        return self._ask("POST", path, fields, {**BROWSER_HEADERS, **(headers or {})}, expect)

    def ask(self, method: str, path: str, *, expect: int) -> Shown:
        """Any other method."""
        return self._ask(method, path, b"", {}, expect)

    def post_event(self, path: str, *, expect: int, **event: Any) -> Shown:
        """Send a form as API Gateway hands it over, with parts of the event as the test wants them."""
        self.answers = []
        answered = self.portal.answer_event("POST", path, {**BROWSER_HEADERS, "Cookie": self.cookie_header()}, **event)
        headers = {**answered["headers"], **answered["multiValueHeaders"]}
        self._take(served_from("POST", route_of(path), answered["statusCode"], headers, answered["body"]))
        return self._look_at(path, expect)

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str], expect: int) -> Shown:
        self.answers = []
        inside = path.removeprefix(self.portal.settings.base_path)
        served = self._answer(method, inside, body, headers)
        while served.status == 303 and len(self.answers) <= MOST_REDIRECTS:
            inside = served.header("location").removeprefix(self.portal.settings.base_path)
            served = self._answer("GET", inside, b"", {})
        return self._look_at(inside, expect)

    def _answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Served:
        sent = {"Cookie": self.cookie_header(), **headers}
        return self._take(served_from(method, route_of(path), *self.portal.answer(method, path, sent, body)))

    def _take(self, served: Served) -> Served:
        for cookie in served.headers.get("set-cookie", []):
            self._keep(cookie)
        self.answers.append(served)
        return served

    def _look_at(self, path: str, expect: int) -> Shown:
        self.page = Shown(path, self.answers[-1], self.portal.lines[-1]["outcome"])
        self._note_tokens()
        self._check_all()
        assert self.page.status == expect, f"{path}: {self.page.status} {self.page.outcome}, not {expect}"
        return self.page

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        if "Max-Age=0" in cookie:
            self.cookies.pop(name, None)
            return
        self.cookies[name] = value
        if name.removeprefix("__Host-") not in _SHOWN_ON_PAGES:
            self.portal.discretion.cookies.add(value)

    def _note_tokens(self) -> None:
        tokens = self.portal.discretion.tokens
        tokens.update(_TOKENS.findall(self.page.body))
        if self.page.served.document is not None:
            hidden = {"csrf_token", "submission_id", "key"}
            tokens.update(form.values[name] for form in self.page.document.forms for name in hidden & form.names)

    def _check_all(self) -> None:
        around = self.portal.surroundings()
        found = [f"{one.method} {one.route}: {wrong}" for one in self.answers for wrong in complaints(one, around)]
        assert not found, "\n".join(found)


def served_from(method: str, route: str, status: int, headers: Mapping[str, Any], body: str) -> Served:
    """A response as the page checker wants it."""
    gathered: dict[str, list[str]] = {}
    for name, value in headers.items():
        gathered.setdefault(name.lower(), []).extend(value if isinstance(value, list) else [value])
    is_page = body and "".join(gathered.get("content-type", [])).startswith("text/html")
    return Served(method, route, status, gathered, tuple(headers), body, read_document(body) if is_page else None)

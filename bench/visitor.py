"""A browser and the person in front of it."""

import html
import re
from urllib.parse import urlencode, urlsplit

from bench.environment import DEPLOYMENT
from bench.stage import Answer, Stage, Step

_PREFIX = urlsplit(DEPLOYMENT["BASE_URL"]).path
_FORM_ON_PAGE = re.compile(r"<form\b.*?</form>", re.DOTALL)
_HIDDEN = re.compile(r'type="hidden" name="([^"]*)" value="([^"]*)"')
_FILES = re.compile(rf'(?:href|src)="{_PREFIX}(/static/[^"]+)"')
_FINGERPRINT = re.compile(r"\.[0-9a-f]{12}(?=\.)")
_LOOKUP_KEY = re.compile(r"/[0-9]{16}$")
_HEADERS = {
    "host": "portal.example.jp",
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-encoding": "gzip, deflate, br",
    "accept-language": "ja,en-US;q=0.7,en;q=0.3",
    "sec-fetch-site": "same-origin",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
}
_FORM = {"content-type": "application/x-www-form-urlencoded"}


class Visitor:
    """Walks from page to page; `steps` are all requests so far, `place` is the newest page that was opened.

    Files that pages share are loaded once.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._cookies: dict[str, str] = {}
        self._known: set[str] = set()
        self._page = ""
        self._leads_to = ""
        self.place = ""
        self.steps: list[Step] = []

    def get(self, path: str, about: str = "") -> None:
        """Open a page, and the files it refers to."""
        self.place = path
        self._send("GET", path, about, None)
        for file in _FILES.findall(self._page):
            if file not in self._known:
                self._known.add(file)
                self._send("GET", file, "", None)

    def post(self, path: str, about: str = "", **fields: str) -> None:
        """Send the form to `path` of the page that was seen last, with its hidden fields."""
        self._send("POST", path, about, urlencode({**self._hidden(path), **fields}))

    def follow(self, about: str = "") -> None:
        """Go where the last answer leads."""
        self.get(self._leads_to, about)

    def _hidden(self, path: str) -> dict[str, str]:
        """What travels with a form unseen; a page whose forms all go elsewhere gives what its first one has."""
        forms = _FORM_ON_PAGE.findall(self._page)
        meant = [form for form in forms if re.search(f'action="{_PREFIX}{re.escape(path)}["?]', form)]
        return {name: html.unescape(value) for name, value in _HIDDEN.findall((meant or forms or [""])[0])}

    def _send(self, method: str, path: str, about: str, body: str | None) -> None:
        headers = {**_HEADERS, **(_FORM if body is not None else {})}
        if self._cookies:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        step = self._stage.request(_title(method, path, about), method, path, headers, body)
        self.steps.append(step)
        if step.answer:
            self._see(step.answer)

    def _see(self, answer: Answer) -> None:
        self._leads_to = str(answer.headers.get("Location", "")).removeprefix(_PREFIX)
        for line in answer.headers.get("Set-Cookie", ()):
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.body:
            self._page = answer.body


def _title(method: str, path: str, about: str) -> str:
    plain = _LOOKUP_KEY.sub("/{lookup_key}", _FINGERPRINT.sub("", path.partition("?")[0]))
    return f"{method} {plain}" + (f" ({about})" if about else "")

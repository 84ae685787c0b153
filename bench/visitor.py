"""A browser and the person in front of it."""

import re
from urllib.parse import urlencode, urlsplit

from bench.environment import DEPLOYMENT
from bench.stage import Answer, Stage, Step

_PREFIX = urlsplit(DEPLOYMENT["BASE_URL"]).path
_TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')
_SUBMISSION = re.compile(r'name="submission_id" value="([^"]*)"')
_FILES = re.compile(rf'(?:href|src)="{_PREFIX}(/static/[^"]+)"')
_FINGERPRINT = re.compile(r"\.[0-9a-f]{12}(?=\.)")
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
    """Walks from page to page; `steps` are all requests so far. Files that pages share are loaded once."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._cookies: dict[str, str] = {}
        self._known: set[str] = set()
        self._page = ""
        self.steps: list[Step] = []

    def get(self, path: str, about: str = "") -> None:
        """Open a page, and the files it refers to."""
        self._send("GET", path, about, None)
        for file in _FILES.findall(self._page):
            if file not in self._known:
                self._known.add(file)
                self._send("GET", file, "", None)

    def post(self, path: str, about: str = "", **fields: str) -> None:
        """Send the form of the page that was seen last, with its hidden fields."""
        hidden = {name: found[1] for name, found in self._hidden().items() if found}
        self._send("POST", path, about, urlencode({**hidden, **fields}))

    def _hidden(self) -> dict[str, re.Match[str] | None]:
        return {"csrf_token": _TOKEN.search(self._page), "submission_id": _SUBMISSION.search(self._page)}

    def _send(self, method: str, path: str, about: str, body: str | None) -> None:
        headers = {**_HEADERS, **(_FORM if body is not None else {})}
        if self._cookies:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        step = self._stage.request(_title(method, path, about), method, path, headers, body)
        self.steps.append(step)
        if step.answer:
            self._see(step.answer)

    def _see(self, answer: Answer) -> None:
        for line in answer.headers.get("Set-Cookie", ()):
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.body:
            self._page = answer.body


def _title(method: str, path: str, about: str) -> str:
    plain = _FINGERPRINT.sub("", path.partition("?")[0])
    return f"{method} {plain}" + (f" ({about})" if about else "")

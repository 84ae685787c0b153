"""Somebody with a browser: walks by hand, or hurries by request to where a test begins."""

import base64
import html
import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import APIResponse, ConsoleMessage, Error, Page, Request, Response

from tests.browser.portal import Portal

INDIVIDUAL = {
    "kind": "individual",
    "family_kana": "みほん",
    "given_kana": "ﾀﾛｳ",
    "family_name": "見本",
    "given_name": "太郎",
}
CORPORATION = {
    "kind": "corporation",
    "company_kana": "みほんうんそう",
    "company_name": "見本運送ABC",
    "representative_name": "見本　花子",
}
KINDS = {"individual": INDIVIDUAL, "corporation": CORPORATION}
PASSWORDS = {
    "payer_password": "akai ringo to aoi sora",
    "payer_password_confirmation": "akai ringo to aoi sora",
    "filer_password": "shiroi kumo no ue made",
    "filer_password_confirmation": "shiroi kumo no ue made",
}
_CHOSEN = frozenset({"kind", "deposit_type"})
SCRIPTS = "Emulation.setScriptExecutionDisabled"
_HEIGHT = "document.documentElement.scrollHeight"
_WIDTH = "document.documentElement.clientWidth"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_SUBMISSION = re.compile(r'name="submission_id" value="([^"]+)"')
_numbers = itertools.count(1)


@dataclass
class Visitor:
    """One browser window, one mail address. `complaints`: what the browser objected to."""

    page: Page
    portal: Portal
    has_scripts: bool = True
    email: str = field(default_factory=lambda: f"mihon{next(_numbers)}@example.jp")
    complaints: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    _token: str = ""

    def __post_init__(self) -> None:
        self._devtools = self.page.context.new_cdp_session(self.page)
        self._switch_scripts(on=self.has_scripts)
        self.page.on("console", self._note_message)
        self.page.on("pageerror", self._note_error)
        self.page.on("request", self._note_request)
        self.page.on("requestfailed", self._note_failure)

    def leave(self) -> None:
        """Leave the window, empty, to the next one."""
        self.page.goto("about:blank")
        self.page.context.clear_cookies()
        self.page.remove_listener("console", self._note_message)
        self.page.remove_listener("pageerror", self._note_error)
        self.page.remove_listener("request", self._note_request)
        self.page.remove_listener("requestfailed", self._note_failure)
        self._devtools.detach()

    def _note_message(self, message: ConsoleMessage) -> None:
        # Chromium reports the status of refusing pages too; those are asked about by name.
        is_own_status = message.text.startswith("Failed to load resource") and message.location["url"] == self.page.url
        if message.type in {"error", "warning"} and not is_own_status:
            self.complaints.append(message.text)

    def _note_error(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(self.portal.address):
            self.complaints.append(f"left the portal: {request.url}")
        if request.method == "POST":
            self.posts.append(request.url.removeprefix(self.portal.address))

    def _note_failure(self, request: Request) -> None:
        # A navigation gives way to the next one.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def _switch_scripts(self, *, on: bool) -> None:
        self._devtools.send(SCRIPTS, {"value": not on})

    @contextmanager
    def measuring(self) -> Iterator[None]:
        """Within, a page whose own scripts never ran can be measured by ours."""
        self._switch_scripts(on=True)
        try:
            yield
        finally:
            self._switch_scripts(on=self.has_scripts)

    def photograph(self, path: Path) -> None:
        """Keep a picture of the whole page. Not `page.screenshot`, which takes twice as long."""
        size = {"width": self.page.evaluate(_WIDTH), "height": self.page.evaluate(_HEIGHT)}
        asked = {"captureBeyondViewport": True, "optimizeForSpeed": True, "clip": {"x": 0, "y": 0, **size, "scale": 1}}
        taken = self._devtools.send("Page.captureScreenshot", asked)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(taken["data"]))

    # By hand

    def open(self, path: str) -> Response:
        """Type an address."""
        response = self.page.goto(f"{self.portal.address}{path}")
        assert response is not None
        return response

    def press(self, button: str) -> Response:
        """Press a button that leads to a page, and wait for it."""
        with self.page.expect_navigation() as led:
            self.page.get_by_role("button", name=button, exact=True).click()
        return led.value

    def go_on(self) -> Response:
        """Press the page's one filled button, whatever its language."""
        with self.page.expect_navigation() as led:
            self.page.locator("#main .button-primary").click()
        return led.value

    def type(self, values: dict[str, str]) -> None:
        """Fill in fields; kinds are chosen."""
        for name, text in values.items():
            if name in _CHOSEN:
                self.page.check(f"[name={name}][value={text}]")
            else:
                self.page.fill(f"[name={name}]", text)

    @property
    def addresses(self) -> dict[str, str]:
        """Both fields for the address."""
        return {"email": self.email, "email_confirmation": self.email}

    @property
    def path(self) -> str:
        """Where this browser is, without the question mark and what follows."""
        return self.page.url.removeprefix(self.portal.address).partition("?")[0]

    @property
    def heading(self) -> str:
        """The page's heading."""
        return self.page.locator("h1").inner_text()

    # In a hurry

    def _get(self, path: str) -> APIResponse:
        return self.page.request.get(f"{self.portal.address}{path}")

    def send(self, path: str, **fields: str) -> APIResponse:
        """Send a form from this browser without looking at it."""
        return self.post(path, fields)

    def post(self, path: str, fields: dict[str, str], follows: int = 9) -> APIResponse:
        """The same, following so many redirects."""
        if not self._token:
            found = _TOKEN.search(self._get("/registration").text())
            assert found
            self._token = found[1]
        form = {"csrf_token": self._token, **fields}
        return self.page.request.post(f"{self.portal.address}{path}", form=form, max_redirects=follows)

    def fill(self, path: str, **fields: str) -> APIResponse:
        """Fetch a page and send its form, with whatever travels in it unseen."""
        return self.fill_next(self._get(path), **fields)

    def fill_next(self, page: APIResponse, **fields: str) -> APIResponse:
        """The same for the page that an answer holds."""
        assert page.ok, f"{page.status} {page.url}"
        unseen = {name: html.unescape(value) for name, value in reversed(_HIDDEN.findall(page.text()))}
        path = page.url.removeprefix(self.portal.address).partition("?")[0]
        return self.page.request.post(f"{self.portal.address}{path}", form={**unseen, **fields})

    def _confirm(self, path: str) -> None:
        found = _SUBMISSION.search(self._get(path).text())
        assert found
        assert self.send(path, submission_id=found[1]).ok

    def agree(self) -> None:
        """Past the terms."""
        assert self.send("/registration", consent="yes").ok

    def enter(self, kind: str = "individual") -> None:
        """Past the entry."""
        self.agree()
        assert self.send("/registration/entry", **self.addresses, **KINDS[kind]).ok

    def register(self, kind: str = "individual") -> str:
        """Past the check; the answer is the path of the mailed link."""
        self.enter(kind)
        self._confirm("/registration/check")
        return self.portal.mailed_path(self.email)

    def choose_passwords(self) -> None:
        """Past the form behind the link."""
        key = self.register().partition("key=")[2]
        assert self.send("/confirmation", key=key, **PASSWORDS).ok

    def finish(self) -> None:
        """The whole way."""
        self.choose_passwords()
        self._confirm("/confirmation/check")

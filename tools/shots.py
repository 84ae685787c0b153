"""Takes the pictures of the README: starts the portal, walks from the front page to the two IDs, at two widths."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import find_browser

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
SIZES = {"1280": (1280, 900), "390": (390, 844)}
READY = re.compile(r"^Ready: (http://\S+?)/?$")
LINK = re.compile(r"/confirmation\?key=\S+")
TYPED = {
    "family_kana": "ミホン",
    "given_kana": "タロウ",
    "family_name": "見本",
    "given_name": "太郎",
}
PASSWORDS = {"payer": "correct horse battery staple", "filer": "staple battery horse correct"}


def main() -> None:
    """Walk once for each width; each walk registers an address of its own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_portal() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for name, (width, height) in SIZES.items():
            Walk(browser, address, name, width, height).all_the_way()
        browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")


@contextmanager
def running_portal() -> Iterator[str]:
    """The address of a portal that stops at the end."""
    command = [sys.executable, "-m", "local.run", "--port", str(_free_port())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as portal:
        try:
            yield _address_of(portal)
        finally:
            portal.send_signal(signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _address_of(portal: subprocess.Popen[str]) -> str:
    for line in portal.stdout or ():
        if found := READY.match(line.strip()):
            return found[1]
    raise SystemExit("The portal ended before it was ready.")


class Walk:
    """One person's way through the portal in a window of one size."""

    def __init__(self, browser: Browser, address: str, name: str, width: int, height: int) -> None:
        self._address = address
        self._name = name
        self._email = f"mihon-{name}@example.jp"
        context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP")
        self._page: Page = context.new_page()

    def all_the_way(self) -> None:
        """From the front page to the IDs."""
        self._open("/", "front")
        self._open("/registration", "terms")
        self._page.get_by_label("同意する").check()
        self._press("開始", "entry")
        self._type_the_names()
        self._press("次へ", "check")
        self._press("登録", "sent")
        self._open(self._mailed_path(), "confirmation")
        self._type_the_passwords()
        self._press("次へ", "confirmation-check")
        self._press("登録", "done")

    def _type_the_names(self) -> None:
        page = self._page
        for field in ("email", "email_confirmation"):
            page.fill(f"[name={field}]", self._email)
        page.check("[name=kind][value=individual]", force=True)
        for field, text in TYPED.items():
            page.fill(f"[name={field}]", text)
        self._keep("entry")

    def _type_the_passwords(self) -> None:
        for kind, password in PASSWORDS.items():
            for ending in ("", "_confirmation"):
                self._page.fill(f"[name={kind}_password{ending}]", password)

    def _mailed_path(self) -> str:
        letters = self._page.request.get(f"{self._address}/dev/mailbox.json").json()
        for letter in letters:
            found = LINK.search(letter["text"])
            if found and self._email in str(letter["to"]):
                return found[0]
        raise SystemExit(f"No letter to {self._email} came.")

    def _open(self, path: str, picture: str) -> None:
        self._page.goto(f"{self._address}{path}")
        self._keep(picture)

    def _press(self, button: str, picture: str) -> None:
        self._page.get_by_role("button", name=button, exact=True).click()
        self._page.wait_for_load_state()
        self._keep(picture)

    def _keep(self, picture: str) -> None:
        self._page.screenshot(path=FOLDER / f"{picture}-{self._name}.png", full_page=True)


if __name__ == "__main__":
    main()

"""Takes the pictures of the README and the guides: starts the portal, registers, signs in, looks at an application."""

import io
import re
import time
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import ADVICE, ARGUMENTS, find_browser
from tools.portal import ROOT, running_portal

FOLDER = ROOT / "docs" / "pictures"
LOG = ROOT / "artefacts" / "portal-shots.log"
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
LARGEST_BYTES = 60_000
COLOURS = 64
LINK = re.compile(r"/confirmation\?key=\S+")
NAMES = {"family_kana": "みほん", "given_kana": "たろう", "family_name": "見本", "given_name": "太郎"}
PASSWORDS = {"payer": "akai-ringo-to-aoi-sora", "filer": "shiroi-kumo-no-ue-made"}
_MAIL_SECONDS = 10
_PAUSE_SECONDS = 0.1


def main() -> None:
    """Walk once for each size; each walk registers an address of its own."""
    path = find_browser()
    if not path:
        raise SystemExit(ADVICE)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_portal(LOG) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        for name in SIZES:
            walk = Walk(browser, address, name)
            walk.to_the_ids()
            walk.through_my_page()
            walk.to_an_application()
        browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.relative_to(ROOT)}")


class Walk:
    """One person's way through the portal in a window of one size."""

    def __init__(self, browser: Browser, address: str, name: str) -> None:
        self._address = address
        self._name = name
        self._email = f"mihon.{name}@example.jp"
        width, height = SIZES[name]
        context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP")
        self._page: Page = context.new_page()

    def to_the_ids(self) -> None:
        """From the front page to the IDs."""
        self._open("/")
        self._keep("front")
        self._open("/registration")
        self._page.get_by_label("同意する").check()
        self._press("開始")
        self._type_the_names()
        self._keep("entry")
        self._press("次へ")
        self._press("登録")
        self._keep("sent")
        self._open(self._mailed_path())
        self._type_the_passwords()
        self._press("次へ")
        self._press("登録")
        self._keep("done")

    def through_my_page(self) -> None:
        """Signed in as the example of a company."""
        company = self._example("accounts", about="法人")
        self._open("/mypage/login")
        self._page.fill("[name=payer_id]", company["payer_id"])
        self._page.fill("[name=payer_password]", company["payer_password"])
        self._press("ログイン")
        self._keep("mypage")
        self._open("/mypage/bulk-payment-file")
        self._keep("bulk-file")

    def to_an_application(self) -> None:
        """An example that has to be put right."""
        application = self._example("applications", state="inspection_correction")
        self._open("/status")
        self._page.fill("[name=application_number]", application["application_number"])
        self._press("次へ")
        self._page.fill("[name=application_password]", application["application_password"])
        self._press("ログイン")
        self._keep("status", is_whole=False)
        self._open("/status/correction")
        self._keep("correction")

    def _example(self, things: str, **wanted: str) -> dict[str, Any]:
        told = self._page.request.get(f"{self._address}/dev/examples.json").json()[things]
        return next(one for one in told if wanted.items() <= one.items())

    def _open(self, path: str) -> None:
        self._page.goto(f"{self._address}{path}")

    def _press(self, button: str) -> None:
        with self._page.expect_navigation():
            self._page.get_by_role("button", name=button, exact=True).click()

    def _type_the_names(self) -> None:
        self._page.fill("[name=email]", self._email)
        self._page.fill("[name=email_confirmation]", self._email)
        self._page.check("[name=kind][value=individual]")
        for field, text in NAMES.items():
            self._page.fill(f"[name={field}]", text)
        self._page.locator("#main").focus()

    def _type_the_passwords(self) -> None:
        for kind, password in PASSWORDS.items():
            for ending in ("", "_confirmation"):
                self._page.fill(f"[name={kind}_password{ending}]", password)

    def _mailed_path(self) -> str:
        end = time.monotonic() + _MAIL_SECONDS
        while time.monotonic() < end:
            for mail in self._page.request.get(f"{self._address}/dev/mailbox.json").json():
                if mail["to"] == self._email and (found := LINK.search(mail["text"])):
                    return found[0]
            time.sleep(_PAUSE_SECONDS)
        raise SystemExit(f"No letter to {self._email} came.")

    def _keep(self, picture: str, *, is_whole: bool = True) -> None:
        _save_small(self._page.screenshot(full_page=is_whole), FOLDER / f"{picture}-{self._name}.png")


def _save_small(screenshot: bytes, path: Path) -> None:
    """Our pages have few colours: a palette keeps them sharp and small."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        raise SystemExit(f"{path.name} has {size} bytes, more than {LARGEST_BYTES}.")


if __name__ == "__main__":
    main()

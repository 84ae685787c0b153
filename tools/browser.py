"""Finds the browser of the tests. Run as a module it makes sure that there is one, or says how to get it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Nothing but the portal is to be talked to, and nothing is to be fetched or kept.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ADVICE = (
    "No Chromium was found. On Debian and Ubuntu: apt install chromium fonts-noto-cjk; or set CHROMIUM to its path."
)


def find_browser() -> Path | None:
    """The Chromium to use: the one that CHROMIUM names, one on the PATH, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named) if Path(named).exists() else None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return _own_browser()


def _own_browser() -> Path | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def main() -> int:
    """0 when a browser is there or could be fetched, else 1."""
    if find_browser():
        return 0
    if "CHROMIUM" not in os.environ:
        print("No Chromium was found; fetching Playwright's.", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        if find_browser():
            return 0
    print(ADVICE, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

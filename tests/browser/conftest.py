"""A portal, a Chromium and a window for each worker; further windows are a test's own."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.browser.inspection import DESK, HEIGHTS, SCREENSHOTS
from tests.browser.portal import Portal
from tests.browser.visitor import Visitor
from tools.browser import ADVICE, ARGUMENTS, find_browser
from tools.portal import running_portal

_PATIENCE_MS = 10_000
_SETTINGS: dict[str, Any] = {"locale": "ja-JP"}
# Else Chromium starts three processes for every window, two of which nobody needs.
_ONE_PROCESS = "--renderer-process-limit=1"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """No browser, no result: a journey that nobody walked is not passed over."""
    path = find_browser()
    assert path, ADVICE
    return {**browser_type_launch_args, "executable_path": str(path), "args": [*ARGUMENTS, _ONE_PROCESS]}


@pytest.fixture(scope="session")
def portal(playwright: Playwright) -> Iterator[Portal]:
    """One portal for all tests of a worker; everybody has an address of their own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with running_portal(SCREENSHOTS.parent / f"portal-{worker}.log") as address:
        doors = playwright.request.new_context(base_url=address)
        yield Portal(address, doors)
        doors.dispose()


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    """One window for a worker's visitors, one after the other: a new one takes longer than most tests."""
    context = browser.new_context(**_SETTINGS)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def timed_window(browser: Browser) -> Iterator[Page]:
    """Another one, in which tests move the time on."""
    context = browser.new_context(**_SETTINGS)
    context.clock.install()
    yield context.new_page()
    context.close()


Arrive = Callable[..., Visitor]


@pytest.fixture
def arrive(window: Page, new_context: Callable[..., BrowserContext], portal: Portal) -> Iterator[Arrive]:
    """Come to the portal: `arrive(width=…, has_scripts=…, …)`, where anything else is the browser's own setting, or
    the window to use.

    Settings of one's own, and a second visitor, open a window of their own; so does `is_alone`, for what would stay in
    the window. In the end no browser may have objected to anything.
    """
    visitors: list[Visitor] = []

    def come(
        width: int = DESK,
        *,
        has_scripts: bool = True,
        is_alone: bool = False,
        place: Page | None = None,
        **settings: Any,
    ) -> Visitor:
        is_new = is_alone or settings or visitors
        page = place or (new_context(**_SETTINGS, **settings).new_page() if is_new else window)
        page.set_default_timeout(_PATIENCE_MS)
        page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, HEIGHTS[DESK])})
        visitors.append(Visitor(page, portal, has_scripts))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.leave()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest.fixture
def visitor(arrive: Arrive) -> Visitor:
    """Somebody at a desk, with scripts."""
    return arrive()

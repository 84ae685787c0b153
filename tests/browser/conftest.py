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


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """No browser, no result: a journey that nobody walked is not passed over."""
    path = find_browser()
    assert path, ADVICE
    return {**browser_type_launch_args, "executable_path": str(path), "args": list(ARGUMENTS)}


@pytest.fixture(scope="session")
def portal(playwright: Playwright) -> Iterator[Portal]:
    """One portal for all tests of a worker; everybody has an address of their own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with running_portal(SCREENSHOTS.parent / f"portal-{worker}.log") as address:
        doors = playwright.request.new_context(base_url=address)
        yield Portal(address, doors)
        doors.dispose()


Arrive = Callable[..., Visitor]


@pytest.fixture
def arrive(new_context: Callable[..., BrowserContext], portal: Portal) -> Iterator[Arrive]:
    """Open a window: `arrive(width=…, has_scripts=…, …)`, where anything else is the browser's own setting.

    In the end no browser may have objected to anything.
    """
    visitors: list[Visitor] = []

    def open_window(width: int = DESK, *, has_scripts: bool = True, **settings: Any) -> Visitor:
        viewport = {"width": width, "height": HEIGHTS.get(width, HEIGHTS[DESK])}
        context = new_context(**{"viewport": viewport, "locale": "ja-JP", **settings})
        context.set_default_timeout(_PATIENCE_MS)
        visitors.append(Visitor(context.new_page(), portal, has_scripts))
        return visitors[-1]

    yield open_window
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    """One window for all visitors at a desk: opening one, and axe in it, takes longer than most tests."""
    context = browser.new_context(locale="ja-JP")
    context.set_default_timeout(_PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def visitor(window: Page, portal: Portal) -> Iterator[Visitor]:
    """Somebody at a desk, with scripts. Who changes more than the size of the window wants one of their own."""
    window.set_viewport_size({"width": DESK, "height": HEIGHTS[DESK]})
    somebody = Visitor(window, portal)
    yield somebody
    somebody.leave()
    assert somebody.complaints == []

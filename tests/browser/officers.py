"""Officers at their counter: by request, up to where a test begins; and what a scanner does there."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pyotp
from playwright.sync_api import Response, expect

from tests.browser.portal import Portal
from tests.browser.receivers import ENROLMENT, Code, issued, new_name
from tests.browser.visitor import Visitor

COUNTER, SIGN_IN = "/counter", "/counter/login"
APPROVAL, SHELF = "/counter/approval", "/counter/shelf"
EXAMINER, CLERK = "examiner", "clerk"
OFFICE, OTHER_OFFICE = "TK01", "OS01"
_STEP_SECONDS = 30
# Well within the thirty minutes that a session waits.
_KEPT_SECONDS = 900


@dataclass(frozen=True)
class Officer:
    """Who can sign in at a counter."""

    officer_id: str
    password: str
    secret: str


def officer(portal: Portal, role: str = EXAMINER, office: str = OFFICE) -> Officer:
    """One that the portal comes with."""
    found = next(one for one in portal.examples["officers"] if (one["role"], one["office"]) == (role, office))
    return Officer(found["officer_id"], found["officer_password"], found["one_time_password_secret"])


@contextmanager
def one_time_password(portal: Portal, one: Officer) -> Iterator[str]:
    """A password that was not used yet; it is good within."""
    now = int(time.time()) // _STEP_SECONDS
    step = max(now, portal.kept.get(f"step {one.officer_id}", 0) + 1)
    portal.kept[f"step {one.officer_id}"] = step
    with portal.later(f"{(step - now) * _STEP_SECONDS}s"):
        yield pyotp.TOTP(one.secret).generate_otp(step)


def stand(visitor: Visitor, role: str = EXAMINER, office: str = OFFICE) -> Officer:
    """Be signed in. A worker signs in once for each officer: comparing passwords is meant to take long."""
    cookies, kept, one = visitor.page.context, visitor.portal.kept, officer(visitor.portal, role, office)
    cookies.clear_cookies(name="counter")
    signed_in_at, session = kept.get(one.officer_id, (0.0, []))
    if session and time.monotonic() - signed_in_at < _KEPT_SECONDS:
        cookies.add_cookies(session)
        return one
    with one_time_password(visitor.portal, one) as code:
        secrets = {"officer_password": one.password, "one_time_password": code}
        assert visitor.post(SIGN_IN, {"officer_id": one.officer_id, **secrets}, follows=0).status == 303
    kept[one.officer_id] = (time.monotonic(), [found for found in cookies.cookies() if found.get("name") == "counter"])
    return one


def scan(visitor: Visitor, text: str) -> Response:
    """Let a scanner type, wherever the focus is: it knows of no mouse."""
    expect(visitor.page.locator("#scanned")).to_be_focused()
    visitor.page.keyboard.insert_text(text)
    with visitor.page.expect_navigation() as led:
        visitor.page.keyboard.press("Enter")
    return led.value


def verdict(visitor: Visitor) -> str:
    """The one big word."""
    return visitor.page.locator(".verdict-word").inner_text()


def serve(visitor: Visitor, text: str, role: str = EXAMINER, office: str = OFFICE, language: str = "ja") -> Response:
    """Stand at the counter, and scan."""
    stand(visitor, role, office)
    visitor.open(f"{COUNTER}?lang={language}")
    return scan(visitor, text)


def approve(visitor: Visitor, code: Code) -> None:
    """Let an examiner see the papers of a code."""
    one = stand(visitor)
    assert visitor.send(APPROVAL, lookup_key=code.key, papers_seen="yes", signed_in_as=one.officer_id).ok


def newly_enrolled(visitor: Visitor) -> str:
    """The name of a receiver that no other test knows."""
    name = new_name()
    approve(visitor, issued(visitor, ENROLMENT, name))
    return name


def enrolled(visitor: Visitor) -> str:
    """The name of a worker's receiver, which tests leave as it is."""
    kept = visitor.portal.kept
    if "receiver" not in kept:
        kept["receiver"] = newly_enrolled(visitor)
    return str(kept["receiver"])


def leave(visitor: Visitor) -> None:
    """Sign out by hand; no other test is to use that session."""
    visitor.portal.kept.pop(officer(visitor.portal).officer_id, None)
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="ログアウト", exact=True).first.click()

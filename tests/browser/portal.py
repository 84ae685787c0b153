"""The running portal as a test meets it: its pages, and the doors that only a developer's machine has."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from playwright.sync_api import APIRequestContext

LINK = re.compile(r"https?://[^/\s]+(/\S*\?key=\S+)")
_MAIL_SECONDS = 10
_PAUSE_SECONDS = 0.05


@dataclass
class Portal:
    """`address` has no slash at its end; `doors` knocks there without being anybody's browser.

    `kept`: what tests prepared there once, for those that come after them.
    """

    address: str
    doors: APIRequestContext
    kept: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def examples(self) -> dict[str, list[dict[str, Any]]]:
        """What the portal comes with."""
        return dict(self.doors.get("/dev/examples.json").json())

    def mails_to(self, email: str) -> list[dict[str, Any]]:
        """What arrived at an address, the newest first."""
        return [mail for mail in self.doors.get("/dev/mailbox.json").json() if email in mail["to"]]

    def wait_for_mails(self, email: str, count: int = 1) -> list[dict[str, Any]]:
        """The same, once there are `count` of them."""
        end = time.monotonic() + _MAIL_SECONDS
        while len(mails := self.mails_to(email)) < count and time.monotonic() < end:
            time.sleep(_PAUSE_SECONDS)
        assert len(mails) >= count, f"{len(mails)} of {count} mails to {email} came"
        return mails

    def mailed_path(self, email: str) -> str:
        """The path behind the link in the newest letter that has one."""
        found = [LINK.search(mail["text"]) for mail in self.wait_for_mails(email)]
        return next(link[1] for link in found if link)

    def tell_fate(self, email: str, kind: str) -> None:
        """Let the mail service report a bounce or a complaint about the newest letter."""
        self.wait_for_mails(email)
        assert self.doors.post("/dev/feedback", form={"letter": email, "kind": kind}).ok

    def advance(self, span: str) -> None:
        """Move the portal's clock on, within `later`."""
        assert self.doors.post("/dev/clock", form={"advance": span}).ok

    @contextmanager
    def later(self, span: str) -> Iterator[None]:
        """Within, the portal's clock is ahead by so much, such as 24h."""
        self.advance(span)
        try:
            yield
        finally:
            assert self.doors.post("/dev/clock", form={"reset": "1"}).ok

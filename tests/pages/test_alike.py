"""An address that is new, full, or mailed too often: whoever registers it sees exactly the same.

Clock and chance are the same in each world, so not even a token may differ.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.letters import LetterName
from tests.pages.portal import BEHIND_A_STAGE, LOCAL, OpenPortal, opened
from tests.pages.steps import ADDRESS, register
from tests.pages.visitor import Visitor

Past = Callable[[OpenPortal], None]
MAILS_AN_HOUR = 20


def _new(_: OpenPortal) -> None:
    """Nothing happened yet."""


def _full(portal: OpenPortal) -> None:
    for _ in range(100):
        with portal.store.begin() as work:
            work.addresses.count_account(ADDRESS)


def _almost_full(portal: OpenPortal) -> None:
    for _ in range(99):
        with portal.store.begin() as work:
            work.addresses.count_account(ADDRESS)


def _mailed_too_often(portal: OpenPortal) -> None:
    for _ in range(MAILS_AN_HOUR):
        with portal.store.begin() as work:
            work.addresses.count_mail(ADDRESS, portal.clock.now)


def _register_and_resend(portal: OpenPortal) -> list[Any]:
    """Everything the browser is told, from the first page to the second letter."""
    visitor = Visitor(portal)
    told = []
    register(visitor)
    told += visitor.answers
    visitor.submit("/registration/resend", expect=429)
    told += visitor.answers
    portal.clock.move(timedelta(seconds=60))
    visitor.submit("/registration/resend")
    told += visitor.answers
    return [(one.status, one.headers, one.body) for one in told]


def _told(base_url: str, past: Past) -> tuple[list[Any], list[str]]:
    with opened(base_url) as portal:
        past(portal)
        told = _register_and_resend(portal)
        portal.deliver_letters()
        return told, [letter.name for letter in portal.sender.sent]


@pytest.mark.parametrize("base_url", [LOCAL, BEHIND_A_STAGE])
@pytest.mark.parametrize("past", [_full, _almost_full, _mailed_too_often])
def test_the_browser_is_told_the_same_whatever_the_address_has_had(base_url: str, past: Past) -> None:
    assert _told(base_url, past)[0] == _told(base_url, _new)[0]


@pytest.mark.parametrize(
    ("past", "letters"),
    [
        (_new, [LetterName.REGISTRATION_LINK] * 2),
        (_almost_full, [LetterName.REGISTRATION_LINK] * 2),
        (_full, [LetterName.ADDRESS_FULL] * 2),
        (_mailed_too_often, []),
    ],
)
def test_only_the_mail_knows_the_difference(past: Past, letters: list[LetterName]) -> None:
    assert _told(LOCAL, past)[1] == letters

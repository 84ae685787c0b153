"""Every journey runs under both kinds of address, and ends with a look at what was logged."""

import logging
from collections.abc import Iterator

import pytest

from tests.pages.portal import BEHIND_A_STAGE, LOCAL, OpenPortal, opened
from tests.pages.visitor import Visitor


@pytest.fixture(params=[LOCAL, BEHIND_A_STAGE], ids=["at_the_root", "behind_a_stage"])
def portal(
    request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> Iterator[OpenPortal]:
    """The portal, its store empty."""
    caplog.set_level(logging.INFO)
    with opened(request.param) as portal:
        yield portal
        printed = capfd.readouterr()
        portal.require_discretion(caplog.text + printed.out + printed.err)


@pytest.fixture
def visitor(portal: OpenPortal) -> Visitor:
    """Somebody who is here for the first time."""
    return Visitor(portal)


@pytest.fixture
def stranger(portal: OpenPortal) -> Visitor:
    """Somebody else, elsewhere."""
    return Visitor(portal)

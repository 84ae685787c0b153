"""Every journey runs under both kinds of address, and ends with a look at what was logged."""

import logging
from collections.abc import Iterator

import pytest

from tests.pages.counter_steps import at_the_counter
from tests.pages.portal import BEHIND_A_STAGE, LOCAL, OpenPortal, opened
from tests.pages.visitor import Visitor
from tests.tables import begin_on_tables, empty_tables, tables


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


@pytest.fixture
def officer(portal: OpenPortal) -> Visitor:
    """An examiner at the counter of the sample office."""
    return at_the_counter(portal)


@pytest.fixture(scope="package")
def moto_tables() -> Iterator[None]:
    """The real tables, in moto."""
    with tables():
        yield


@pytest.fixture
def metered(moto_tables: None) -> Iterator[OpenPortal]:
    """A portal on the real storage."""
    empty_tables()
    with opened(LOCAL, begin_on_tables()) as portal:
        yield portal

"""One stage for each module of these tests."""

from collections.abc import Iterator

import pytest

from tests.faults.counting import pytest_terminal_summary  # noqa: F401 - pytest finds it here
from tests.faults.stage import Stage, set_up


@pytest.fixture(scope="module")
def open_stage() -> Iterator[Stage]:
    """The stage, as the test before left it."""
    with set_up() as stage:
        yield stage


@pytest.fixture
def stage(open_stage: Stage) -> Stage:
    """The stage, empty."""
    open_stage.clear()
    return open_stage

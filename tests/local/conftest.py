from collections.abc import Iterator

import pytest

from tests.local.served import Served, copy_project


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    portal = Served(copy_project(tmp_path_factory.mktemp("project")))
    yield portal
    portal.stop()

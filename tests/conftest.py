"""What holds for every test: the environment of a deployment that does not exist, compiled texts, the order."""

import os

import pytest
from hypothesis import settings as hypothesis_settings

from tests.faults.counting import pytest_terminal_summary  # noqa: F401 - told where the workers' reports arrive
from tools.texts import compile_texts

# Before anything of ours is imported: tables read their settings when they are loaded.
DEPLOYMENT = {
    "BASE_URL": "https://portal.example.jp",
    "TABLE_PREFIX": "test-",
    "MAIL_FROM": "noreply@portal.example.jp",
    "SECRET_KEYS": "the-tests-own-key-that-opens-nothing-else",
    "PEPPER": "the-tests-own-pepper-that-opens-nothing-else",
    "SIGNING_KEYS": "dGhlLXRlc3RzLW93bi1zaWduaW5nLXNlZWQtMzItYnk",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "AWS_REGION": "ap-northeast-1",
    "AWS_ACCESS_KEY_ID": "123456789012",
    "AWS_SECRET_ACCESS_KEY": "opens-nothing",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "POWERTOOLS_SERVICE_NAME": "madoguchi",
    "TZ": "America/St_Johns",  # far from both UTC and JST, so that a forgotten time zone shows
}
STRAY = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "CHALICE_STAGE", "LANGUAGE")
# Near things first: what fails there explains what fails further out.
DISTANCES = [
    "house",
    "domain",
    "forms",
    "signing",
    "usecases",
    "storage",
    "banks",
    "mail",
    "web",
    "pages",
    "api",
    "jobs",
    "local",
    "races",
    "faults",
    "bench",
    "browser",
    "deployed",
]

os.environ.update(DEPLOYMENT)
for name in STRAY:
    os.environ.pop(name, None)

# `deadline`: the machines of CI pause; `derandomize`: the same commit gives the same result there.
hypothesis_settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
hypothesis_settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """The catalogues are compiled once, before any worker starts."""
    if not hasattr(config, "workerinput"):
        compile_texts()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each test by its folder, then order by distance; within one distance the order stays random."""
    root = config.rootpath / "tests"
    for item in items:
        folder = item.path.relative_to(root).parts[0]
        if folder in DISTANCES:
            item.add_marker(folder)
    items.sort(key=_distance)


def _distance(item: pytest.Item) -> int:
    return min((DISTANCES.index(mark.name) for mark in item.iter_markers() if mark.name in DISTANCES), default=0)

"""One package, deployed once into one emulator, by the commands that an operator uses."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from chalicelib.settings import Settings
from infra.package import Package, make_package
from tests.deployed.emulator import ROOT, Emulator, started
from tests.deployed.portal import DeployedPortal
from tests.deployed.tables import complete_tables
from tests.pages.visitor import Visitor

STAGE = "test"
STACK = f"madoguchi-{STAGE}"
SETTINGS = {"MailFrom": "noreply@portal.example.jp", "CreateMailIdentity": "yes", "AlarmEmail": "operator@example.jp"}
OF_THE_PORTAL = frozenset({"BASE_URL", "MAIL_FROM", "SECRET_KEYS", "PEPPER", "SIGNING_KEYS"})
KEYS = "the-secrets-of-the-deployed-stage-are-not-known-here"


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """What `make package` makes."""
    return make_package(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """AWS, as far as it goes without AWS."""
    with started(tmp_path_factory.mktemp("emulator")) as emulator:
        yield emulator


@pytest.fixture(scope="session")
def again(package: Package, emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Deploys as `make deploy` does; the answer is what it said."""
    settings = tmp_path_factory.mktemp("stage") / "test.json"
    settings.write_text(json.dumps(SETTINGS), encoding="utf-8")
    return lambda: run_deploy(emulator, STAGE, "--package", str(package.template.parent), "--settings", str(settings))


@pytest.fixture(scope="session")
def outputs(again: Callable[[], str], emulator: Emulator) -> dict[str, str]:
    """What `make deploy` prints at its end."""
    said = again()
    complete_tables(emulator, STACK)
    return dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)


def run_deploy(emulator: Emulator, *arguments: str) -> str:
    """Run `make deploy`'s command against the emulator; the answer: what it said."""
    command = [sys.executable, "-m", "infra.deploy", *arguments]
    environment = {**os.environ, **emulator.environment()}
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_tool(emulator: Emulator, *arguments: str) -> str:
    """Run one of the operator's tools on the stage as make does, without its settings; the answer: what it said."""
    command = [sys.executable, "-m", *arguments]
    known = {name: value for name, value in os.environ.items() if name not in OF_THE_PORTAL}
    stage = {"TABLE_PREFIX": STACK, "SECRETS_PATH": f"/{STACK}"}
    done = subprocess.run(  # noqa: S603 - our own program
        command,
        cwd=ROOT,
        env={**known, **emulator.environment(), **stage},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def portal(outputs: dict[str, str], emulator: Emulator) -> DeployedPortal:
    """The portal under its stage prefix."""
    settings = Settings(
        base_url=outputs["PortalURL"].rstrip("/"),
        table_prefix=STACK,
        mail_from=SETTINGS["MailFrom"],
        secret_keys=(KEYS,),
        pepper=KEYS,
        signing_keys=(KEYS,),
    )
    seen = list(emulator.mails())
    return DeployedPortal(settings, emulator=emulator, stack=STACK, api=outputs["RestAPIId"], mails_seen=seen)


@pytest.fixture
def visitor(portal: DeployedPortal) -> Visitor:
    """Somebody with a browser."""
    return Visitor(portal)

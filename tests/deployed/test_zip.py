"""What is in the package, and that it is the same whenever it is made."""

import json
import os
import re
import subprocess
import sys
import zipfile
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest

from infra.package import LARGEST_MIB, Package, make_package
from tests.deployed.emulator import ROOT

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("deployed")]

OF_OTHERS = ("local/", "tools/", "tests/", "infra/", "bench/", "docs/", ".chalice/", ".git")
SECRETS = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|the-tests-own-")
FLAG_UNCHECKED_HASH = 1
CAPABILITIES_WITH_PAGES = ("portal", "registration", "confirmation", "mypage", "status", "filing", "agency")
RUNS_WITHIN = 60
LOADED = """
import json, sys
sys.path.insert(0, sys.argv[1])
__import__(sys.argv[2])
print(json.dumps(sorted(name for name in sys.modules if name.startswith(("chalicelib.", "app")))))
"""


@pytest.fixture(scope="session")
def names(package: Package) -> list[str]:
    """Every file in the zip."""
    with zipfile.ZipFile(package.archive) as packed:
        return packed.namelist()


@pytest.fixture(scope="session")
def unpacked(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip as a function finds it."""
    folder = tmp_path_factory.mktemp("task")
    with zipfile.ZipFile(package.archive) as packed:
        packed.extractall(folder)
    return folder


def test_it_is_small(package: Package) -> None:
    assert package.mebibytes <= LARGEST_MIB


def test_two_builds_are_the_same_to_the_byte(package: Package, tmp_path: Path) -> None:
    again = make_package(tmp_path)
    assert again.sha256 == package.sha256
    assert again.template.read_bytes() == package.template.read_bytes()


def test_templates_texts_and_static_files_are_inside(names: list[str]) -> None:
    for folder in ("templates", "static"):
        ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.*") if path.is_file()}
        shipped = {path for path in ours if not path.startswith("templates/dev/") and not path.endswith((".po", ".mo"))}
        assert shipped <= set(names)
    assert "templates/texts/en/LC_MESSAGES/madoguchi.mo" in names


def test_nothing_is_inside_that_does_not_run(names: list[str]) -> None:
    assert not [name for name in names if name.startswith((*OF_OTHERS, "templates/dev/")) or "/tests/" in name]
    assert not [name for name in names if name.endswith((".po", ".env", ".key"))]
    assert [name for name in names if name.endswith(".pem")] == ["botocore/cacert.pem"]


def test_chalice_is_inside_once_and_only_its_runtime(names: list[str]) -> None:
    modules = {name for name in names if name.startswith("chalice/") and name.endswith(".py")}
    assert "chalice/app.py" in modules
    assert "chalice/cli/__init__.py" not in modules
    assert not [name for name in names if name.startswith(("chalice-", "pip/", "setuptools/", "wheel/"))]


def test_no_secret_is_inside(unpacked: Path) -> None:
    ours = [unpacked / "app.py", *(unpacked / "chalicelib").rglob("*"), *(unpacked / "templates").rglob("*")]
    assert not [path for path in ours if path.is_file() and SECRETS.search(path.read_bytes())]


def test_every_module_is_compiled_for_this_runtime_and_never_looked_at_again(unpacked: Path) -> None:
    tag = sys.implementation.cache_tag
    for source in unpacked.rglob("*.py"):
        compiled = source.parent / "__pycache__" / f"{source.stem}.{tag}.pyc"
        head = compiled.read_bytes()[:8]
        assert head[:4] == MAGIC_NUMBER
        assert int.from_bytes(head[4:], "little") == FLAG_UNCHECKED_HASH


@pytest.mark.parametrize("capability", CAPABILITIES_WITH_PAGES)
def test_a_function_of_pages_loads_its_own_capability_alone(unpacked: Path, capability: str) -> None:
    assert _capabilities(_loaded(unpacked, "chalicelib.entry", capability)) == {capability}


@pytest.mark.parametrize("job", ["mailer", "feedback", "expiry"])
def test_a_job_loads_its_own_capability_alone(unpacked: Path, job: str) -> None:
    loaded = _loaded(unpacked, f"chalicelib.capabilities.{job}.jobs")
    assert _capabilities(loaded) == {job}
    assert "app" not in loaded


def _loaded(folder: Path, module: str, capability: str = "") -> list[str]:
    """What an interpreter has of ours after loading a module of the zip, with no package of this machine at hand."""
    settings = {"TABLE_PREFIX": "stage", "AWS_REGION": "ap-northeast-1", "CAPABILITY": capability}
    command = [sys.executable, "-S", "-E", "-B", "-c", LOADED, str(folder), module]
    environment = {"PATH": os.environ["PATH"], **settings}
    done = subprocess.run(  # noqa: S603 - our own program
        command, env=environment, cwd=folder, capture_output=True, text=True, timeout=RUNS_WITHIN, check=False
    )
    assert done.returncode == 0, done.stderr
    names: list[str] = json.loads(done.stdout)
    return names


def _capabilities(loaded: list[str]) -> set[str]:
    return {name.split(".")[2] for name in loaded if name.startswith("chalicelib.capabilities.")}

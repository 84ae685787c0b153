"""What is deployed is pinned, known, and thanked for."""

import re
import sys

import pytest

from tests.sources import DEPLOYED, ROOT, imports, modules

pytestmark = pytest.mark.house

PIN = re.compile(r"^([\w.-]+)==[\w.]+$")
# Where the name to import is another than the name to install.
IMPORTED_AS = {"argon2_cffi": "argon2", "pynacl": "nacl", "python_dateutil": "dateutil"}
# Chalice's packager adds its own runtime; stubs are for the type checker.
NOT_SHIPPED = {"chalice", "mypy_boto3_sesv2"}


def _requirements() -> list[str]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _shipped() -> set[str]:
    names = (found[1].lower().replace("-", "_") for line in _requirements() if (found := PIN.match(line)))
    return {IMPORTED_AS.get(name, name) for name in names}


def test_everything_that_ships_is_pinned() -> None:
    assert not [line for line in _requirements() if not PIN.match(line)]


def test_chalice_does_not_ship_twice() -> None:
    assert "chalice" not in _shipped()


def test_everything_that_ships_is_in_the_notices() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES").read_text(encoding="utf-8")
    thanked = {line.split()[0] for line in notices.splitlines() if line and not line.startswith(" ")}
    assert not [line for line in _requirements() if line.partition("==")[0] not in thanked]


def test_all_that_is_imported_ships() -> None:
    wanted = {found.target.partition(".")[0] for module in modules(*DEPLOYED) for found in imports(module.tree)}
    assert not wanted - _shipped() - _not_from_outside()


def _not_from_outside() -> set[str]:
    return {"app", "chalicelib", *NOT_SHIPPED, *sys.stdlib_module_names}

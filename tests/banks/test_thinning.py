"""The list as it is deployed says the same as the list as it comes."""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from infra.banks import LIST, thin_banks


@pytest.fixture(scope="module")
def whole() -> Path:
    """The list as it comes."""
    spec = find_spec("zengin_code")
    assert spec
    assert spec.origin
    return Path(spec.origin).parents[1] / LIST


@pytest.fixture(scope="module")
def thinned(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The list as it is deployed."""
    folder = tmp_path_factory.mktemp("files")
    shutil.copytree(whole, folder / LIST)
    thin_banks(folder)
    return folder / LIST


def _items(path: Path) -> dict[str, dict[str, Any]]:
    items: dict[str, dict[str, Any]] = json.loads(path.read_bytes())
    return items


def test_banks_and_branches_keep_what_is_read(whole: Path, thinned: Path) -> None:
    for path in (thinned / "banks.json", *(thinned / "branches").iterdir()):
        before = _items(whole / path.relative_to(thinned))
        assert _items(path) == {
            code: {"code": code, "name": item["name"], "kana": item["kana"]} for code, item in before.items()
        }


def test_every_bank_keeps_its_branches_and_no_other_has_any(thinned: Path) -> None:
    assert {path.stem for path in (thinned / "branches").iterdir()} == set(_items(thinned / "banks.json"))

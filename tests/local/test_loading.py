"""Loading code anew, with a package made for it."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local.loading import Loader, Watch

Write = Callable[[str], None]
NAME = "package_of_the_loading_tests"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "__init__.py").touch()

    def write(text: str) -> None:
        (tmp_path / NAME / "told.py").write_text(text, encoding="utf-8")

    write("WORD = 'one'")
    yield write
    for name in [name for name in sys.modules if name.startswith(NAME)]:
        del sys.modules[name]


@pytest.fixture
def loader(tmp_path: Path, write: Write) -> Loader:
    watch = Watch(tmp_path, (NAME,))
    made = Loader(lambda: importlib.import_module(f"{NAME}.told").WORD, watch, (NAME,), lambda _text: None)
    made.start()
    return made


def test_nothing_is_loaded_without_a_change(loader: Loader) -> None:
    assert not loader.refresh()
    assert loader.app == "one"


def test_a_change_is_loaded(loader: Loader, write: Write) -> None:
    write("WORD = 'a second one'")
    assert loader.refresh()
    assert loader.app == "a second one"


def test_a_change_of_the_same_length_in_the_same_second_is_loaded(loader: Loader, write: Write) -> None:
    for word in ("two", "six"):
        write(f"WORD = '{word}'")
        loader.refresh()
        assert loader.app == word


def test_the_last_good_one_stays_until_the_next_good_one(loader: Loader, write: Write) -> None:
    good = sys.modules[f"{NAME}.told"]
    write("WORD = ")
    loader.refresh()
    assert loader.app == "one"
    assert "SyntaxError" in loader.trouble
    assert sys.modules[f"{NAME}.told"] is good
    write("WORD = 'three'")
    loader.refresh()
    assert loader.app == "three"
    assert not loader.trouble


def test_what_editors_leave_behind_is_no_change(loader: Loader, tmp_path: Path) -> None:
    (tmp_path / NAME / ".told.py.swp").touch()
    assert not loader.refresh()

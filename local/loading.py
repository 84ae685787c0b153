"""Loading the portal anew when one of its files changes, while the stores stay as they are."""

import importlib
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from local.voice import say

WATCHED = ("app.py", "chalicelib", "local/dev", "templates", "static")
SUFFIXES = frozenset({".py", ".html", ".txt", ".css", ".js", ".svg", ".xml", ".po"})
OURS = ("app", "chalicelib", "local.dev")

Marks = dict[Path, tuple[int, int]]


class Watch:
    """Tells which files changed."""

    def __init__(self, root: Path, places: tuple[str, ...] = WATCHED) -> None:
        self._places = [root / place for place in places]
        self._marks = self._look()

    def changes(self) -> list[Path]:
        """Files that were written, added or removed since the last call."""
        before, self._marks = self._marks, self._look()
        return sorted(path for path in before.keys() | self._marks.keys() if before.get(path) != self._marks.get(path))

    def _look(self) -> Marks:
        return dict(mark for place in self._places for mark in _marks(place))


def _marks(place: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    paths = place.rglob("*") if place.is_dir() else [place]
    for path in paths:
        if path.suffix in SUFFIXES:
            try:
                found = path.stat()
            except FileNotFoundError:
                continue
            yield path, (found.st_mtime_ns, found.st_size)


class Loader:
    """Holds the newest application that could be loaded; `trouble` says why a newer one could not."""

    def __init__(
        self,
        load: Callable[[], Any],
        watch: Watch,
        ours: tuple[str, ...] = OURS,
        tell: Callable[[str], None] = say,
    ) -> None:
        self._load = load
        self._tell = tell
        self._watch = watch
        self._ours = ours
        self.app: Any = None
        self.trouble = ""

    def start(self) -> None:
        """Load for the first time; whatever goes wrong is raised."""
        self.app = self._load()
        # A compiled file is taken for current when second and size agree: two quick saves would look alike.
        sys.dont_write_bytecode = True

    def refresh(self) -> bool:
        """Load anew if a file changed. Whether anything was tried."""
        changes = self._watch.changes()
        if not changes:
            return False
        before = self._forget()
        importlib.invalidate_caches()
        try:
            self.app = self._load()
        except Exception:  # noqa: BLE001 - whatever somebody is typing
            self._forget()
            _restore(before)
            self.trouble = traceback.format_exc()
            self._tell(f"読み込めません / cannot be loaded: {_names(changes)}\n{self.trouble}")
        else:
            self.trouble = ""
            self._tell(f"読み込み直しました / loaded anew: {_names(changes)}")
        return True

    def _forget(self) -> dict[str, ModuleType]:
        names = [name for name in sys.modules if any(name == top or name.startswith(f"{top}.") for top in self._ours)]
        return {name: sys.modules.pop(name) for name in names}


def _restore(modules: dict[str, ModuleType]) -> None:
    sys.modules.update(modules)
    for name, module in modules.items():
        above, _, own = name.rpartition(".")
        if above in sys.modules:
            setattr(sys.modules[above], own, module)


def _names(paths: list[Path]) -> str:
    most = 3
    names = ", ".join(path.name for path in paths[:most])
    return names if len(paths) <= most else f"{names}, …"

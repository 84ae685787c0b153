"""The clean copy that is packaged: what runs, and nothing that lies beside it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
FILES = ("app.py", "requirements.txt")
# Chalice packages `vendor/` as the root of the zip; on checkouts without links its two links are mere text files.
VENDORED = ("templates", "static")
_NOT_SHIPPED = ("__pycache__", "*.pyc", ".*", "*.po", "*.mo", "*.pot", "dev", "README*")


def copy_project(target: Path, root: Path = ROOT) -> None:
    """Copy what is deployed from `root` to the empty folder `target`, and compile the catalogues in it."""
    for name in FILES:
        shutil.copy(root / name, target / name)
    shutil.copytree(root / "chalicelib", target / "chalicelib", ignore=_ignored())
    for name in VENDORED:
        shutil.copytree(root / name, target / "vendor" / name, ignore=_ignored())
    (target / ".chalice").mkdir()
    for path in (root / ".chalice").glob("*.json"):
        shutil.copy(path, target / ".chalice" / path.name)
    _compile_texts(root, target)


def _ignored() -> Callable[[str, list[str]], set[str]]:
    return shutil.ignore_patterns(*_NOT_SHIPPED)


def _compile_texts(root: Path, target: Path) -> None:
    for catalogue in sorted((root / "templates").rglob("*.po")):
        compiled = target / "vendor" / catalogue.relative_to(root).with_suffix(".mo")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with catalogue.open("rb") as words, compiled.open("wb") as file:
            write_mo(file, read_po(words))

"""The project's own files, read but not run, for the tests of the house."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
DEPLOYED = ("app.py", "chalicelib")
CODE = (*DEPLOYED, "local", "tools", "infra", "bench")
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uff01-\uff9f\U00020000-\U0002ffff]")
# The name of a language is written in that language, whatever language the page speaks.
SAME_EVERYWHERE = frozenset({"日本語"})

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file: its dotted name from the project's root, and its syntax tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        """Whether it is an `__init__.py`."""
        return self.path.name == "__init__.py"

    def at(self, node: ast.AST) -> str:
        """Where `node` stands, as an editor understands it."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@dataclass(frozen=True)
class Import:
    """One imported name: `target` is the module as written, `name` what is taken from it, if anything."""

    target: str
    name: str | None
    level: int
    node: ast.Import | ast.ImportFrom


@cache
def modules(*places: str) -> tuple[Module, ...]:
    """The modules below these files and folders of the project; a place that does not exist has none."""
    return tuple(read_module(path) for place in places for path in _python_files(ROOT / place))


def _python_files(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place] if place.exists() else []


def read_module(path: Path, root: Path = ROOT) -> Module:
    """The module at `path`."""
    parts = path.relative_to(root).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, ast.parse(path.read_text(encoding="utf-8"), str(path)))


def imports(tree: ast.AST) -> Iterator[Import]:
    """Every import anywhere below `tree`, those for type checking only included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, None, 0, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (Import(node.module or "", alias.name, node.level, node) for alias in node.names)


def functions(tree: ast.AST) -> Iterator[FunctionNode]:
    """Every function and method below `tree`."""
    return (node for node in ast.walk(tree) if isinstance(node, FunctionNode))


def classes(tree: ast.AST) -> Iterator[ast.ClassDef]:
    """Every class below `tree`."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def string_constants(tree: ast.AST) -> frozenset[str]:
    """Every string that is written out below `tree`."""
    return frozenset(
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def first_line(node: ast.ClassDef | FunctionNode | ast.Module) -> str:
    """The first line of the docstring, empty without one."""
    return (ast.get_docstring(node) or "").partition("\n")[0]

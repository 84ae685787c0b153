"""Imports only point left: the table of docs/architecture.md, held against every import in the code."""

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.rooms import ROOMS, objection, room_of
from tests.sources import CODE, DEPLOYED, Module, functions, imports, modules

pytestmark = pytest.mark.house


def _resolved(target: str, name: str | None, known: frozenset[str]) -> str:
    return f"{target}.{name}" if name and f"{target}.{name}" in known else target


def _imported(module: Module, known: frozenset[str]) -> list[tuple[str, ast.AST]]:
    return [(_resolved(found.target, found.name, known), found.node) for found in imports(module.tree)]


def _names(*places: str) -> frozenset[str]:
    return frozenset(module.name for module in modules(*places))


def test_every_module_stands_in_a_room() -> None:
    homeless = [m.name for m in modules(*DEPLOYED) if not m.is_package and room_of(m.name) is None]
    assert not homeless


def test_imports_only_point_left() -> None:
    known = _names(*DEPLOYED)
    wrong = [
        f"{module.at(node)}: {module.name} imports {target}: {reason}"
        for module in modules(*DEPLOYED)
        if not module.is_package
        for target, node in _imported(module, known)
        if (reason := objection(module.name, target))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("chalicelib.domain.accounts", "os"),
        ("chalicelib.domain.accounts", "chalicelib.ports"),
        ("chalicelib.domain.accounts", "pynamodb.models"),
        ("chalicelib.storage.accounts", "chalicelib.wiring"),
        ("chalicelib.mail.post", "chalicelib.web.pages"),
        ("chalicelib.web.pages", "chalicelib.capabilities.portal.routes"),
        ("chalicelib.web.pages", "chalicelib.storage.accounts"),
        ("chalicelib.capabilities.registration.routes", "chalicelib.capabilities.confirmation.usecases"),
        ("chalicelib.capabilities.registration.routes", "chalicelib.storage.accounts"),
        ("chalicelib.capabilities.registration.usecases", "chalicelib.web.pages"),
        ("chalicelib.capabilities.registration.usecases_resend", "chalicelib.wiring"),
        ("chalicelib.capabilities.registration.usecases", "chalicelib.capabilities.registration.routes"),
        ("chalicelib.capabilities.registration.forms", "chalicelib.capabilities.registration.usecases"),
        ("chalicelib.capabilities.registration.forms", "chalice.app"),
        ("chalicelib.unheard_of", "re"),
        ("app", "chalicelib.domain.accounts"),
        ("app", "local.run"),
    ],
)
def test_the_table_refuses_what_points_right(importer: str, imported: str) -> None:
    assert objection(importer, imported)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("chalicelib.domain.accounts", "datetime"),
        ("chalicelib.ports", "chalicelib.domain.accounts"),
        ("chalicelib.capabilities.registration.routes", "chalicelib.capabilities.registration.usecases"),
        ("chalicelib.capabilities.registration.usecases", "chalicelib.capabilities.registration.forms"),
        ("chalicelib.capabilities.registration.routes", "chalicelib.web.pages"),
        ("app", "chalicelib.capabilities.registration.routes"),
    ],
)
def test_the_table_lets_through_what_points_left(importer: str, imported: str) -> None:
    assert objection(importer, imported) is None


def test_no_room_is_open_to_one_that_is_open_to_it() -> None:
    mutual = [(a, b) for a, room in ROOMS.items() for b in room.rooms if a < b and a in ROOMS[b].rooms]
    assert not mutual


def test_imports_are_absolute() -> None:
    relative = [m.at(found.node) for m in modules(*CODE, "tests") for found in imports(m.tree) if found.level]
    assert not relative


def test_no_import_hides_in_a_function() -> None:
    hidden = {
        module.at(found.node)
        for module in modules(*CODE, "tests")
        for function in functions(module.tree)
        for found in imports(function)
    }
    assert not hidden


def test_no_imports_go_round_in_a_circle() -> None:
    known = _names(*CODE)
    graph = {
        module.name: {target for target, _ in _imported(module, known) if target in known} for module in modules(*CODE)
    }
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_packages_run_nothing_when_they_are_loaded() -> None:
    full = [str(m.path) for m in modules(*CODE, "tests") if m.is_package and m.path.stat().st_size]
    assert not full

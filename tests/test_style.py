"""How long, how tangled, and which names: the bounds that hold a file readable."""

import ast

import pytest

from tests.sources import CODE, FunctionNode, classes, functions, modules
from tests.words import words_of

pytestmark = pytest.mark.house

LONGEST_FUNCTION = 30
LONGEST_FILE = 250
MOST_BRANCHES = 8
SAYS_NOTHING = frozenset(
    {"manager", "helper", "helpers", "util", "utils", "service", "data", "info", "process", "handle"}
)
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)
# What WTForms calls.
GIVEN_NAMES = frozenset({"process", "process_data", "process_formdata"})


def _length(node: FunctionNode, lines: list[str]) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    docstring = range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1) if body is not node.body else range(0)
    numbers = range(node.lineno, (node.end_lineno or node.lineno) + 1)
    return sum(bool(lines[number - 1].strip()) and number not in docstring for number in numbers)


def _complexity(node: ast.AST) -> int:
    return 1 + sum(_branches(inner) for inner in ast.walk(node))


def _branches(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return len(node.ifs)
    return int(isinstance(node, BRANCHES))


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{module.at(function)} {function.name}"
        for module in modules(*CODE)
        for function in functions(module.tree)
        if _length(function, module.path.read_text(encoding="utf-8").splitlines()) > LONGEST_FUNCTION
    ]
    assert not long


def test_no_function_has_too_many_ways_through() -> None:
    tangled = [
        f"{module.at(function)} {function.name}"
        for module in modules(*CODE)
        for function in functions(module.tree)
        if _complexity(function) > MOST_BRANCHES
    ]
    assert not tangled


def test_no_file_is_too_long_to_read_at_once() -> None:
    long = [m.name for m in modules(*CODE) if len(m.path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE]
    assert not long


def test_names_say_something() -> None:
    empty = [
        f"{module.at(node)} {node.name}"
        for module in modules(*CODE)
        for node in (*functions(module.tree), *classes(module.tree))
        if node.name not in GIVEN_NAMES and SAYS_NOTHING & set(words_of(node.name))
    ]
    empty += [module.name for module in modules(*CODE) if SAYS_NOTHING & set(words_of(module.name.split(".")[-1]))]
    assert not empty

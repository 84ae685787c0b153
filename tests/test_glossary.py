"""One word for one thing: the glossary is complete, and the code keeps to it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.declarations import field_names
from tests.glossary import terms
from tests.sources import JAPANESE, Module, classes, first_line, functions, modules
from tests.words import words_of

pytestmark = pytest.mark.house

IDENTIFIERS = {identifier: term for term in terms() for identifier in term.identifiers}
# What is typed twice, and what no person types.
NOT_A_TERM = re.compile(r"_confirmation$|^csrf_token$|^submission(_id)?$")


def _nouns() -> Iterator[tuple[Module, ast.ClassDef]]:
    """The public classes of the domain that are not exceptions."""
    exceptions = {"Exception", "Refusal", "ProgramRefusal", "Contention"}
    for module in modules("chalicelib/domain"):
        for found in classes(module.tree):
            if exceptions & {base.id for base in found.bases if isinstance(base, ast.Name)}:
                exceptions.add(found.name)
            elif not found.name.startswith("_"):
                yield module, found


def test_every_noun_of_the_domain_is_in_the_glossary() -> None:
    nouns = list(_nouns())
    assert nouns
    assert not [f"{module.at(noun)} {noun.name}" for module, noun in nouns if noun.name not in IDENTIFIERS]


def test_a_noun_says_its_japanese_term_first() -> None:
    silent = [
        f"{module.at(noun)} {noun.name}: {IDENTIFIERS[noun.name].japanese}"
        for module, noun in _nouns()
        if noun.name in IDENTIFIERS and not first_line(noun).startswith(IDENTIFIERS[noun.name].japanese)
    ]
    assert not silent


def test_docstrings_speak_the_terms_of_the_glossary() -> None:
    known = {term.japanese for term in terms()}
    foreign = [
        f"{module.at(node)} {opening}"
        for module in modules("chalicelib/domain", "chalicelib/ports.py")
        for node in (*classes(module.tree), *functions(module.tree))
        for opening in re.findall(r"^([^\x00-\x7f]+)[:.]", first_line(node))
        if JAPANESE.search(opening) and opening not in known
    ]
    assert not foreign


def test_every_form_field_is_in_the_glossary() -> None:
    fields = {name for name in field_names() if not NOT_A_TERM.search(name)}
    assert not fields - IDENTIFIERS.keys()


def test_a_thing_has_one_word_and_a_word_one_thing() -> None:
    rows = terms()
    words = Counter(identifier for term in rows for identifier in term.identifiers)
    things = Counter(term.japanese for term in rows if term.japanese)
    assert not [word for word, times in (words + things).items() if times > 1]
    assert not IDENTIFIERS.keys() & {word for term in rows for word in term.instead}


def test_nothing_is_called_by_a_second_word() -> None:
    avoided = [(words_of(word), word) for term in terms() for word in term.instead]
    misnamed = [
        f"{place} {name}: not `{word}`"
        for module in modules("chalicelib")
        for place, name in _names(module)
        for words, word in avoided
        if _contains(words_of(name), words)
    ]
    assert not misnamed


def _names(module: Module) -> Iterator[tuple[str, str]]:
    """What the module itself names: definitions, parameters, variables."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield module.at(node), node.name
        elif isinstance(node, ast.arg):
            yield module.at(node), node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield module.at(node), node.id


def _contains(words: list[str], part: list[str]) -> bool:
    return any(words[start : start + len(part)] == part for start in range(len(words) - len(part) + 1))

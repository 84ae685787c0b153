"""Every text in every language, and words for everything that can be said."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from chalicelib.forms.problems import CODES
from tests.declarations import field_names, refusal_codes
from tests.sources import JAPANESE, SAME_EVERYWHERE, TEMPLATES, modules, string_constants
from tests.templates import macros_in
from tools.texts import LANGUAGES, Words, extract_texts, is_translated, read_catalogue

pytestmark = pytest.mark.house

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|{(\w+)}")

every_language = pytest.mark.parametrize("language", LANGUAGES)


def _forms(words: Words) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def _messages(language: str) -> list[Message]:
    return [message for message in read_catalogue(language) if message.id]


@every_language
def test_the_catalogue_holds_exactly_the_texts_in_use(language: str) -> None:
    wanted = {message.id for message in extract_texts() if message.id}
    written = {message.id for message in _messages(language)}
    assert wanted == written, "run `make texts`"


@every_language
def test_nothing_is_half_translated(language: str) -> None:
    catalogue = read_catalogue(language)
    assert not [message.id for message in _messages(language) if not is_translated(message.string)]
    assert not [message.id for message in _messages(language) if message.fuzzy]
    assert not catalogue.obsolete


@every_language
def test_translations_are_not_japanese(language: str) -> None:
    left = [
        words
        for message in _messages(language)
        if message.id not in SAME_EVERYWHERE
        for words in _forms(message.string)
        if JAPANESE.search(words)
    ]
    assert not left


@every_language
def test_translations_keep_the_placeholders(language: str) -> None:
    changed = [
        message.id
        for message in _messages(language)
        if {name for text in _forms(message.id) for name in PLACEHOLDER.findall(text)}
        != {name for text in _forms(message.string) for name in PLACEHOLDER.findall(text)}
    ]
    assert not changed


@every_language
def test_texts_can_be_filled_in(language: str) -> None:
    for message in _messages(language):
        for text in (*_forms(message.id), *_forms(message.string)):
            assert isinstance(text % defaultdict(int), str)


def test_a_text_is_one_line() -> None:
    """Else the key depends on how the template is indented: write `{% trans trimmed %}`, or one line."""
    broken = [message.id for message in extract_texts() for text in _forms(message.id) if "\n" in text and message.id]
    assert not broken


def test_every_refusal_has_a_page() -> None:
    assert refusal_codes()
    assert not [code for code in refusal_codes() if not (TEMPLATES / "refusals" / f"{code}.html").is_file()]


def test_every_page_of_a_refusal_is_reached() -> None:
    pages = {path.stem for path in (TEMPLATES / "refusals").glob("*.html") if path.stem != "base"}
    assert not pages - set(refusal_codes())


def test_refusals_have_codes_of_their_own() -> None:
    assert len(refusal_codes()) == len(set(refusal_codes()))


def test_every_problem_has_words_and_all_words_a_problem() -> None:
    assert macros_in("texts/problems.html") == CODES


def test_every_field_has_a_label() -> None:
    assert not field_names() - macros_in("texts/labels.html")


def test_every_label_names_a_field() -> None:
    trees = [module.tree for module in modules("chalicelib")]
    named = field_names().union(*map(string_constants, trees), *map(_members, trees))
    assert not macros_in("texts/labels.html") - named


def _members(tree: ast.AST) -> Iterator[str]:
    """What has a type of its own: members of records and of JSON."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id

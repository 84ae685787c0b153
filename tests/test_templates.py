"""What holds for every template, whatever it shows."""

import ast
import re
from collections.abc import Iterator

import pytest
from jinja2 import nodes

from chalicelib.texts.environment import SOURCE_LANGUAGE, environment
from tests.sources import JAPANESE, SAME_EVERYWHERE, TEMPLATES, modules
from tests.templates import Template, macros_in, templates

pytestmark = pytest.mark.house

GETTEXT = frozenset({"_", "gettext", "ngettext", "pgettext", "npgettext"})
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without a file": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.IGNORECASE),
    "a handler in an attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "another origin": re.compile(
        r"<(?:script|link|img|iframe|form)\b[^>]*\s(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//"
    ),
}
FOR_MAILS_TOO = {"a script without a file", "a handler in an attribute", "a javascript: address"}

every_template = pytest.mark.parametrize("template", templates(), ids=lambda template: template.name)


def _texts(template: Template) -> Iterator[tuple[int, str]]:
    for call in template.tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in GETTEXT:
            constants = (arg for arg in call.args if isinstance(arg, nodes.Const) and isinstance(arg.value, str))
            yield from ((call.lineno, constant.value) for constant in constants)


@every_template
def test_it_compiles_where_it_will_run(template: Template) -> None:
    assert environment(SOURCE_LANGUAGE).get_template(template.name).name == template.name


@every_template
def test_nothing_is_inline(template: Template) -> None:
    rules = {name: rule for name, rule in INLINE.items() if not template.is_mail or name in FOR_MAILS_TOO}
    assert not [name for name, rule in rules.items() if rule.search(template.text)]


@every_template
def test_nothing_goes_round_the_escaping(template: Template) -> None:
    filters = {found.name for found in template.tree.find_all(nodes.Filter)}
    assert not filters & {"safe", "forceescape"}
    assert "autoescape" not in re.findall(r"{%-?\s*(\w+)", template.text)


@every_template
def test_texts_are_japanese_in_the_source(template: Template) -> None:
    assert not [f"{template.name}:{line} {text}" for line, text in _texts(template) if not JAPANESE.search(text)]


@every_template
def test_texts_are_written_out_where_they_are_translated(template: Template) -> None:
    calls = [
        call
        for call in template.tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in GETTEXT
    ]
    computed = [call.lineno for call in calls if not call.args or not isinstance(call.args[0], nodes.Const)]
    assert not computed, f"{template.name}: what is computed cannot be translated, lines {computed}"


@every_template
def test_no_japanese_goes_past_the_translators(template: Template) -> None:
    if template.is_for_developers:
        return
    shown = [
        f"{node.lineno}: {node.data.strip()}"
        for node in template.tree.find_all(nodes.TemplateData)
        if JAPANESE.search(node.data)
    ]
    translated = SAME_EVERYWHERE.union(text for _, text in _texts(template))
    others = [
        f"{node.lineno}: {node.value}"
        for node in template.tree.find_all(nodes.Const)
        if isinstance(node.value, str) and JAPANESE.search(node.value) and node.value not in translated
    ]
    assert not shown + others


@every_template
def test_what_is_included_exists(template: Template) -> None:
    references: tuple[nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport, ...] = (
        *template.tree.find_all(nodes.Extends),
        *template.tree.find_all(nodes.Include),
        *template.tree.find_all(nodes.Import),
        *template.tree.find_all(nodes.FromImport),
    )
    wanted = [node.template.value for node in references if isinstance(node.template, nodes.Const)]
    assert not [name for name in wanted if not (TEMPLATES / name).is_file()]


@every_template
def test_macros_taken_from_another_template_exist(template: Template) -> None:
    missing = [
        f"{found.template.value}: {name}"
        for found in template.tree.find_all(nodes.FromImport)
        if isinstance(found.template, nodes.Const)
        for name in (pair[0] if isinstance(pair, tuple) else pair for pair in found.names)
        if name not in macros_in(found.template.value)
    ]
    assert not missing


@every_template
def test_macros_called_by_their_template_exist(template: Template) -> None:
    aliases = {
        found.target: found.template.value
        for found in template.tree.find_all(nodes.Import)
        if isinstance(found.template, nodes.Const)
    }
    missing = [
        f"{attribute.lineno}: {attribute.node.name}.{attribute.attr}"
        for attribute in template.tree.find_all(nodes.Getattr)
        if isinstance(attribute.node, nodes.Name)
        and attribute.node.name in aliases
        and attribute.attr not in macros_in(aliases[attribute.node.name])
    ]
    assert not missing


def test_code_never_marks_a_string_as_markup() -> None:
    named = [m.at(node) for m in modules("chalicelib") for node in _names_of_markup(m.tree)]
    assert not named


def _names_of_markup(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if (isinstance(node, ast.Name) and node.id == "Markup") or (
            isinstance(node, ast.Attribute) and node.attr == "Markup"
        ):
            yield node

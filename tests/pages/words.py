"""Sentences as the templates have them, so that tests name what is said and not how."""

from html import unescape

from chalicelib.forms.problems import Code, Problem
from chalicelib.texts.environment import environment

_SENTENCE = """
{%- import "texts/problems.html" as problems -%}
{%- import "texts/labels.html" as labels -%}
{{- problems[problem.code](problem, labels[name]() | trim) | trim -}}
"""


def sentence(name: str, code: Code, language: str = "ja", **params: str | int) -> str:
    """What is said about the field `name` when it has this problem."""
    template = environment(language).from_string(_SENTENCE)
    return unescape(template.render(name=name, problem=Problem(code, **params)))

"""The templates as syntax trees, for the tests of the house."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from tests.sources import TEMPLATES

COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
PARSER = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True, autoescape=True)


@dataclass(frozen=True)
class Template:
    """One template: its name as other templates call it, its text without comments, its syntax tree."""

    name: str
    text: str
    tree: nodes.Template

    @property
    def is_mail(self) -> bool:
        """Whether it is a mail's, where rules of pages do not hold."""
        return self.name.startswith("mail/")

    @property
    def is_for_developers(self) -> bool:
        """Whether only those who build the portal see it, in one language."""
        return self.name.startswith("dev/")

    def macros(self) -> dict[str, nodes.Macro]:
        """Its macros by name."""
        return {macro.name: macro for macro in self.tree.find_all(nodes.Macro)}


@cache
def templates() -> tuple[Template, ...]:
    """Every template of the project."""
    paths = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt", ".svg", ".xml"})
    return tuple(read_template(path) for path in paths)


def read_template(path: Path) -> Template:
    """The template at `path`; an error names the line."""
    name = path.relative_to(TEMPLATES).as_posix()
    text = path.read_text(encoding="utf-8")
    return Template(name, COMMENT.sub("", text), PARSER.parse(text, name, str(path)))


def macros_in(name: str) -> frozenset[str]:
    """The names of the macros of one template; none when it does not exist."""
    return frozenset(macro for template in templates() if template.name == name for macro in template.macros())

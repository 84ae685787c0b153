"""docs/glossary.md as rows."""

import re
from dataclasses import dataclass

from tests.sources import ROOT

_QUOTED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Term:
    """One row: its Japanese term (empty for a word of the house), its identifiers, and what is not said instead."""

    japanese: str
    identifiers: tuple[str, ...]
    instead: tuple[str, ...]


def terms() -> tuple[Term, ...]:
    """Every row of every table."""
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return tuple(_term(row) for row in rows if _QUOTED.search(row[1]))


def _term(row: list[str]) -> Term:
    japanese = "" if row[0] == "–" else row[0]
    return Term(japanese, tuple(_QUOTED.findall(row[1])), tuple(_QUOTED.findall(row[3])))

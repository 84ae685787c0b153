"""利用者: the person or corporation that holds an account."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """個人・法人の別."""

    INDIVIDUAL = "individual"
    CORPORATION = "corporation"


@dataclass(frozen=True)
class Individual:
    """個人: names as the person writes them, furigana in full-width katakana (manual 1, p. 7)."""

    family_kana: str
    given_kana: str
    family_name: str
    given_name: str


@dataclass(frozen=True)
class Corporation:
    """法人: company or body, its furigana, and who represents it (manual 1, p. 7)."""

    company_kana: str
    company_name: str
    representative_name: str


Holder = Individual | Corporation


def kind_of(holder: Holder) -> Kind:
    """Which of the two kinds `holder` is."""
    return Kind.INDIVIDUAL if isinstance(holder, Individual) else Kind.CORPORATION


def display_name_of(holder: Holder) -> str:
    """How the holder is called in one line: 氏名 or 会社・団体名."""
    if isinstance(holder, Individual):
        return f"{holder.family_name}\u3000{holder.given_name}"
    return holder.company_name

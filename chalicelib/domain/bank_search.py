"""How banks and branches (金融機関, 支店) are found by what was typed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from chalicelib.domain.bank_kana import SMALL_KANA
from chalicelib.domain.banks import Bank, Branch
from chalicelib.domain.characters import folded

# How names of each kind end as published, and in full.
_SHORT_AND_LONG = (
    (("信金", "シンキン"), ("信用金庫", "シンヨウキンコ")),
    (("信組", "シンクミ"), ("信用組合", "シンヨウクミアイ")),
    (("労金", "ロウキン"), ("労働金庫", "ロウドウキンコ")),
    (("農協", "ノウキヨウ"), ("農業協同組合",)),
    (("漁協", "ギヨキヨウ"), ("漁業協同組合",)),
    (("信連", "シンレン"), ("信用農業協同組合連合会",)),
    (("信漁連", "シンギヨレン"), ("信用漁業協同組合連合会",)),
    (("中金", "チユウキン"), ("中央金庫",)),
)
_ALL_OTHERS = ((), ("銀行", "ギンコウ"))
_BRANCHES = ("支店", "シテン", "支所", "シシヨ")
_FARMERS = "農協"

_LARGE_KATAKANA = {code: chr(code + 0x60).translate(SMALL_KANA) for code in range(0x3041, 0x3097)}
_HYPHENS = dict.fromkeys(map(ord, "-‐‑‒–—―−─━"), "ー")
_ALIKE = SMALL_KANA | _LARGE_KATAKANA | _HYPHENS | str.maketrans("○◯", "〇〇")
_SOUNDS_ALIKE = str.maketrans("ヂヅ", "ジズ")
_SIGNS = re.compile(r"[\W_]+")


class Match(IntEnum):
    """How well something fits what was typed, best first."""

    CODE = 0
    NAME = 1
    BEGINNING = 2
    PART = 3


Published = TypeVar("Published", Bank, Branch)


@dataclass(frozen=True)
class Entry(Generic[Published]):
    """A bank or branch with every way of calling it, as keys: made once, looked through often."""

    named: Published
    keys: tuple[str, ...]

    def match(self, key: str) -> Match | None:
        """How well it fits the key of what was typed."""
        if key == self.named.code:
            return Match.CODE
        if key in self.keys:
            return Match.NAME
        if self.named.code.startswith(key) or any(own.startswith(key) for own in self.keys):
            return Match.BEGINNING
        return Match.PART if any(key in own for own in self.keys) else None


def bank_entry(bank: Bank) -> Entry[Bank]:
    """A bank, called by name or kana, short or in full."""
    short, long = next((kind for kind in _SHORT_AND_LONG if bank.name.endswith(kind[0])), _ALL_OTHERS)
    names = (search_key(bank.name), search_key(bank.kana))
    full = [_without(name, short) + ending for name in names for ending in short + long]
    if bank.name.endswith(_FARMERS):
        full.append(f"ja{names[0]}")
    return Entry(bank, tuple(dict.fromkeys((*names, *full))))


def branch_entry(branch: Branch) -> Entry[Branch]:
    """A branch, called by name or kana, with or without what branches are called."""
    names = (search_key(branch.name), search_key(branch.kana))
    return Entry(branch, (*names, *(name + ending for name in names for ending in _BRANCHES)))


def best_matches(query: str, entries: Iterable[Entry[Published]], limit: int) -> list[Published]:
    """What `query` may mean, best first and then by code; nothing when nothing was typed."""
    key = search_key(query)
    found = [(match, entry.named) for entry in entries if key and (match := entry.match(key)) is not None]
    return [named for _, named in sorted(found, key=lambda pair: (pair[0], pair[1].code))[:limit]]


def search_key(text: str) -> str:
    """A key for comparing without width, case, spaces and signs; kana and hyphens are as banks have them.

    Never shown and never stored.
    """
    return _SIGNS.sub("", folded(text).translate(_ALIKE).translate(_SOUNDS_ALIKE))


def _without(name: str, endings: tuple[str, ...]) -> str:
    return next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), name)

"""金融機関 and 支店 as they are published, and how they are found by what was typed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from chalicelib.domain.bank_kana import SMALL_KANA
from chalicelib.domain.characters import folded

_LONG_FORMS = {
    "信金": ("信用金庫",),
    "シンキン": ("シンヨウキンコ",),
    "信組": ("信用組合",),
    "シンクミ": ("シンヨウクミアイ",),
    "労金": ("労働金庫", "ろうきん"),
    "ロウキン": ("ロウドウキンコ",),
    "農協": ("農業協同組合",),
    "漁協": ("漁業協同組合",),
    "中金": ("中央金庫",),
    "信連": ("信用農業協同組合連合会",),
    "信漁連": ("信用漁業協同組合連合会",),
}
_FARMERS = "農協"
_BANK = ("銀行", "ギンコウ")
_BRANCH = (("支店", "シテン"), ("支所", "シシヨ"))

_LARGE_KATAKANA = {code: chr(code + 0x60).translate(SMALL_KANA) for code in range(0x3041, 0x3097)}
_HYPHENS = dict.fromkeys(map(ord, "-‐‑‒–—―−─━"), "ー")
_ZEROS = dict.fromkeys(map(ord, "○◯"), "〇")
_ALIKE = SMALL_KANA | _LARGE_KATAKANA | _HYPHENS | _ZEROS
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Bank:
    """金融機関: four digits, the name as published (without 銀行, 信金 for 信用金庫), its full-width kana."""

    code: str
    name: str
    kana: str


@dataclass(frozen=True)
class Branch:
    """支店: three digits, the name as published (without 支店), its full-width kana."""

    code: str
    name: str
    kana: str


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
    full = [long for name in (bank.name, bank.kana) for long in _in_full(name)]
    if bank.name.endswith(_FARMERS):
        full.append(f"JA{bank.name}")
    elif not full:
        full = [bank.name + _BANK[0], bank.kana + _BANK[1]]
    return Entry(bank, _keys(bank.name, bank.kana, *full))


def branch_entry(branch: Branch) -> Entry[Branch]:
    """A branch, called by name or kana, with or without what branches are called."""
    full = [text for name, kana in _BRANCH for text in (branch.name + name, branch.kana + kana)]
    return Entry(branch, _keys(branch.name, branch.kana, *full))


def best_matches(query: str, entries: Iterable[Entry[Published]], limit: int) -> list[Published]:
    """What `query` may mean, best first and then by code; nothing when nothing was typed."""
    key = search_key(query)
    found = [(match, entry.named) for entry in entries if key and (match := entry.match(key)) is not None]
    return [named for _, named in sorted(found, key=lambda pair: (pair[0], pair[1].code))[:limit]]


def search_key(text: str) -> str:
    """A key for comparing without width, case, spaces and signs; kana and hyphens are as banks have them.

    Never shown and never stored.
    """
    return _SIGNS.sub("", folded(text).translate(_ALIKE))


def _in_full(name: str) -> list[str]:
    return [
        name.removesuffix(short) + long
        for short, forms in _LONG_FORMS.items()
        if name.endswith(short)
        for long in forms
    ]


def _keys(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(search_key, names)))

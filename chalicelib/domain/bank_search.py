"""How banks and branches (金融機関, 支店) are found by what was typed."""

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import TypeVar

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


Keys = tuple[str, ...]
Published = TypeVar("Published", Bank, Branch)


class _Match(IntEnum):
    CODE = 0
    NAME = 1
    BEGINNING = 2
    PART = 3


def bank_keys(bank: Bank) -> Keys:
    """Every way of calling a bank: by name or kana, short or in full."""
    short, long = next((kind for kind in _SHORT_AND_LONG if bank.name.endswith(kind[0])), _ALL_OTHERS)
    names = (search_key(bank.name), search_key(bank.kana))
    full = [_without(name, short) + ending for name in names for ending in short + long]
    if bank.name.endswith(_FARMERS):
        full.append(f"ja{names[0]}")
    return tuple(dict.fromkeys((*names, *full)))


def branch_keys(branch: Branch) -> Keys:
    """Every way of calling a branch: by name or kana, with or without 支店."""
    names = (search_key(branch.name), search_key(branch.kana))
    return (*names, *(name + ending for name in names for ending in _BRANCHES))


def best_matches(query: str, listed: Iterable[tuple[Published, Keys]], limit: int) -> list[Published]:
    """What `query` may mean, best first and then by code; nothing when nothing was typed.

    The very code comes first, then the very name, then what begins with what was typed, then what has it in it.
    """
    key = search_key(query)
    found = [(match, named) for named, keys in listed if key and (match := _match(key, named.code, keys)) is not None]
    return [named for _, named in sorted(found, key=lambda pair: (pair[0], pair[1].code))[:limit]]


def search_key(text: str) -> str:
    """A key for comparing without width, case, spaces and signs; kana and hyphens are as banks have them.

    Never shown and never stored.
    """
    return _SIGNS.sub("", folded(text).translate(_ALIKE).translate(_SOUNDS_ALIKE))


def _match(key: str, code: str, keys: Keys) -> _Match | None:
    if key == code:
        return _Match.CODE
    if key in keys:
        return _Match.NAME
    if code.startswith(key) or any(own.startswith(key) for own in keys):
        return _Match.BEGINNING
    return _Match.PART if any(key in own for own in keys) else None


def _without(name: str, endings: tuple[str, ...]) -> str:
    return next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), name)

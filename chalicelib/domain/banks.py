"""金融機関 and 支店 as they are published; bank_search.py finds them."""

from dataclasses import dataclass


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

"""The published list, read from the files of zengin-code, which itself reads all of them when it is imported."""

import json
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path

from chalicelib.domain.bank_search import Keys, bank_keys, best_matches, branch_keys
from chalicelib.domain.banks import Bank, Branch

_SHOWN = 20
_BANKS_REMEMBERED = 32


class PublishedBanks:
    """Implements ports.Banks. Each file is read when it is first asked for."""

    def __init__(self) -> None:
        self._branches_of = lru_cache(_BANKS_REMEMBERED)(self._read_branches)

    def search(self, query: str) -> list[Bank]:
        """Banks by name, kana or code."""
        return best_matches(query, self._banks.values(), _SHOWN)

    def find(self, bank_code: str) -> Bank | None:
        """The bank with that code."""
        found = self._banks.get(bank_code)
        return found[0] if found else None

    def search_branches(self, bank_code: str, query: str) -> list[Branch]:
        """Branches of a bank by name, kana or code."""
        return best_matches(query, self._branches(bank_code).values(), _SHOWN)

    def find_branch(self, bank_code: str, branch_code: str) -> Branch | None:
        """The branch of that bank with that code."""
        found = self._branches(bank_code).get(branch_code)
        return found[0] if found else None

    @cached_property
    def _folder(self) -> Path:
        spec = find_spec("zengin_code")
        if not spec or not spec.submodule_search_locations:
            raise FileNotFoundError("zengin_code is not installed")
        return Path(next(iter(spec.submodule_search_locations)), "source-data", "data")

    @cached_property
    def _banks(self) -> dict[str, tuple[Bank, Keys]]:
        banks = (Bank(*words) for words in _published(self._folder / "banks.json"))
        return {bank.code: (bank, bank_keys(bank)) for bank in banks}

    def _branches(self, bank_code: str) -> dict[str, tuple[Branch, Keys]]:
        """Files of banks that are no more lie there too, and a code may come from anybody."""
        return self._branches_of(bank_code) if bank_code in self._banks else {}

    def _read_branches(self, bank_code: str) -> dict[str, tuple[Branch, Keys]]:
        branches = (Branch(*words) for words in _published(self._folder / "branches" / f"{bank_code}.json"))
        return {branch.code: (branch, branch_keys(branch)) for branch in branches}


def _published(path: Path) -> list[tuple[str, str, str]]:
    return [(code, item["name"], item["kana"]) for code, item in json.loads(path.read_bytes()).items()]

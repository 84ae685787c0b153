"""The published banks, wired apart from the rest: only where accounts are written are they asked for."""

from functools import lru_cache

from chalicelib.banks.published import PublishedBanks
from chalicelib.ports import Banks


@lru_cache(maxsize=1)
def published_banks() -> Banks:
    """The list, made once; nothing is read before the first question."""
    return PublishedBanks()

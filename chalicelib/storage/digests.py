"""Digests under which rows are found by something that a dump of the table must not give away."""

import hashlib
import hmac
from collections.abc import Callable

from chalicelib.domain.addresses import comparison_key

Digest = Callable[[str], str]


def address_digest(pepper: str) -> Digest:
    """HMAC-SHA-256, in hexadecimal, of an address as it is compared; without `pepper` nobody can look people up."""

    def digest(address: str) -> str:
        return hmac.new(pepper.encode(), comparison_key(address).encode(), hashlib.sha256).hexdigest()

    return digest


def name_digest(name: str) -> str:
    """SHA-256 of a random name that a cookie holds (192 bits of chance need no salt)."""
    return hashlib.sha256(name.encode()).hexdigest()

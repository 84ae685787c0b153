"""Issuing two-dimensional codes, wherever they are asked for."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.code_refusals import LookupKeyTaken
from chalicelib.domain.lookup_keys import KEY_DIGITS, SINGLE_KEY_DIGITS, lookup_key, single_lookup_key
from chalicelib.domain.qr_codes import Purpose
from chalicelib.domain.refusals import IdsExhausted
from chalicelib.ports import Chance

_DRAWS = 10


def drawn_key(chance: Chance, purpose: Purpose) -> str:
    """A key by chance; it may be taken."""
    if purpose is Purpose.SINGLE_VEHICLE:
        return single_lookup_key(chance.new_digits(SINGLE_KEY_DIGITS))
    return lookup_key(chance.new_digits(KEY_DIGITS))


def until_free(store: Callable[[], str]) -> str:
    """What `store` gives once the key it draws is free. Raises IdsExhausted."""
    for _ in range(_DRAWS):
        try:
            return store()
        except LookupKeyTaken:
            continue
    raise IdsExhausted


def end_of_code(purpose: Purpose, now: datetime) -> datetime | None:
    """When a code issued now dies."""
    return now + purpose.lifetime if purpose.lifetime else None

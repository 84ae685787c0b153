"""Asking for a secret: the one way in which every door does it (spec: security.md, rules 6 and 7)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from chalicelib.domain.attempts import Door
from chalicelib.domain.refusals import AttemptsSpent
from chalicelib.ports import Begin, PasswordHasher, Work

_Holder = TypeVar("_Holder")


@dataclass(frozen=True)
class Knock:
    """Somebody at a door: whose secret they say they have, and the secret."""

    door: Door
    subject: str
    secret: str


@dataclass(frozen=True)
class Verdict(Generic[_Holder]):
    """Who was behind the door, if the secret was theirs and the door not locked."""

    holder: _Holder | None
    is_locked: bool


def knock(
    begin: Begin,
    hasher: PasswordHasher,
    asked: Knock,
    look_up: Callable[[Work], _Holder | None],
    hash_of: Callable[[_Holder], str],
) -> Verdict[_Holder]:
    """Compare the secret with the holder's hash.

    The try is reserved before the secret is looked at, so that guesses side by side cannot pass the count. Unknown
    subjects, wrong secrets and locked doors take the same steps: one transaction, one look-up, one comparison.
    """
    is_locked = not is_reserved(begin, asked.door, asked.subject)
    with begin() as work:
        holder = look_up(work)
    is_right = hasher.is_hash_of(hasher.decoy if holder is None else hash_of(holder), asked.secret)
    return Verdict(holder if is_right and not is_locked else None, is_locked)


def is_reserved(begin: Begin, door: Door, subject: str) -> bool:
    """Count one more try; False when the door is locked."""
    try:
        with begin() as work:
            work.attempts.reserve(door, subject)
    except AttemptsSpent:
        return False
    return True

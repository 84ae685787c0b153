"""Time, chance, hashing and the mail service, as tests want them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from chalicelib.domain.accounts import ID_SUFFIXES, id_suffix_at
from chalicelib.domain.letters import Letter
from chalicelib.ports import LetterDelayed
from tests.builders import NOW
from tests.fakes.hashing import OLD, quick_hash

_STRIDE = 718_281_828_459_045_235_360_287  # has no factor in common with 10, so it comes by everything


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> datetime:
        """Later by this much; the answer is the new moment."""
        self.now += by
        return self.now


class FakeChance:
    """`ports.Chance`: never the same token twice; suffixes and digits as the test wants them, then in some order."""

    def __init__(self, suffixes: Sequence[str] = (), digits: Sequence[str] = ()) -> None:
        self.suffixes = list(suffixes)
        self.digits = list(digits)
        self._tokens = count(1)
        self._positions = count(1)
        self._draws = count(1)

    def new_token(self) -> str:
        """32 URL-safe characters."""
        return f"token-{next(self._tokens):026d}"

    def new_id_suffix(self) -> str:
        """The test's next suffix, or one that was not drawn before."""
        if self.suffixes:
            return self.suffixes.pop(0)
        return id_suffix_at(next(self._positions) * 7919 % ID_SUFFIXES)

    def new_digits(self, count: int) -> str:
        """The test's next digits, or some that were not drawn before (until all of that length were)."""
        if self.digits:
            return self.digits.pop(0)
        return f"{next(self._draws) * _STRIDE % 10**count:0{count}d}"


@dataclass
class FakeHasher:
    """`ports.PasswordHasher`. `hashed`, `compared`: how often, which is what a sign-in costs."""

    hashed: int = 0
    compared: int = 0
    decoy: str = "$quick$of no password"

    def hash(self, password: str) -> str:
        """As the settings of today want it."""
        self.hashed += 1
        return quick_hash(password)

    def is_hash_of(self, password_hash: str, password: str) -> bool:
        """Whether the password gives that hash, old or new."""
        self.compared += 1
        return password_hash in {quick_hash(password), quick_hash(password, OLD)}

    def is_outdated(self, password_hash: str) -> bool:
        """Whether it is one of former times."""
        return password_hash.startswith(OLD)

    def credential(self, password: str, name: str) -> str:
        """Always the same for one password and one name."""
        self.hashed += 1
        return quick_hash(f"{name}\n{password}", "$of a receiver$")


@dataclass
class FakeSender:
    """`ports.LetterSender`: keeps what it was given.

    `failures`: raised by the next tries, one each. `broken`: raised for these letters, always. `while_sending`: runs
    in the middle of each sending.
    """

    sent: list[Letter] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    broken: dict[str, Exception] = field(default_factory=dict)
    is_out_of_order: bool = False
    while_sending: Callable[[Letter], object] = lambda _: None

    def send(self, letter: Letter) -> str:
        """Note the letter, unless told to fail."""
        self.while_sending(letter)
        if self.is_out_of_order:
            raise LetterDelayed("ServiceUnavailable")
        if self.failures:
            raise self.failures.pop(0)
        if letter.letter_id in self.broken:
            raise self.broken[letter.letter_id]
        self.sent.append(letter)
        return f"message-{letter.letter_id}"

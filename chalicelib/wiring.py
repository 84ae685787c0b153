"""The only place that builds things: what a capability needs from outside, made once per container."""

import hmac
import os
import random
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import argon2
from argon2.low_level import Type, hash_secret
from aws_lambda_powertools import Logger
from botocore.config import Config
from botocore.session import get_session

from chalicelib.domain.accounts import ID_SUFFIXES, id_suffix_at
from chalicelib.ports import Begin, LetterSender, LinkSigner, PasswordHasher
from chalicelib.settings import Settings, load_settings
from chalicelib.signing.forms import FormTokens
from chalicelib.signing.links import SignedLinks
from chalicelib.signing.sessions import CounterMarks, EnquiryMarks, SessionMarks
from chalicelib.signing.tokens import FilerTokens
from chalicelib.storage.connection import Meter, meter
from chalicelib.storage.digests import address_digest
from chalicelib.storage.work import StoredWork

_TOKEN_BYTES = 24
_FIRST_PAUSE_SECONDS = 0.025
# OWASP's parameters for Argon2id; another value would part receivers from their codes.
_CREDENTIAL = {"time_cost": 2, "memory_cost": 19456, "parallelism": 1, "hash_len": 32}
_QUICK = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 3})


@dataclass(frozen=True)
class World:
    """Time, chance, the store, the mail, the keys. Tests and the local server give other parts.

    `now`: aware UTC, to the second, read once per request. `new_token`: 192 random bits, URL-safe, 32 characters.
    `post`: made when first asked for, because only the mailer pays for its client. `stopwatch`: seconds, monotonic.
    `log`: writes one JSON line; what may stand in it is decided in `web.journal`.
    """

    settings: Settings
    begin: Begin
    now: Callable[[], datetime]
    new_token: Callable[[], str]
    new_id_suffix: Callable[[], str]
    new_digits: Callable[[int], str]
    hasher: PasswordHasher
    links: LinkSigner
    forms: FormTokens
    session_marks: SessionMarks
    enquiry_marks: EnquiryMarks
    counter_marks: CounterMarks
    tokens: FilerTokens
    post: Callable[[], LetterSender]
    meter: Meter
    stopwatch: Callable[[], float]
    log: Callable[[Mapping[str, Any]], None]


def new_token() -> str:
    """192 random bits in 32 URL-safe characters."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def new_id_suffix() -> str:
    """A suffix drawn at random; nothing about it tells how many exist."""
    return id_suffix_at(secrets.randbelow(ID_SUFFIXES))


def new_digits(count: int) -> str:
    """That many decimal digits drawn at random."""
    return f"{secrets.randbelow(10**count):0{count}d}"


def pause(attempt: int) -> None:
    """Wait before another attempt at a contended write: twice as long each time, at random below that."""
    time.sleep(random.uniform(0, _FIRST_PAUSE_SECONDS * 2**attempt))  # noqa: S311 - jitter, not a secret


def read_clock() -> datetime:
    """The present moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


class Argon2Hasher:
    """`ports.PasswordHasher`: Argon2id with the settings' parameters."""

    def __init__(self, settings: Settings) -> None:
        self._hasher = argon2.PasswordHasher(
            time_cost=settings.argon2_time_cost,
            memory_cost=settings.argon2_memory_kib,
            parallelism=settings.argon2_parallelism,
        )
        self._pepper = settings.pepper.encode()
        self.decoy = (
            f"$argon2id$v=19$m={settings.argon2_memory_kib},t={settings.argon2_time_cost},"
            f"p={settings.argon2_parallelism}$bm9ib2R5cyBzYWx0ISE$bm9ib2R5cyBoYXNoLCBhbmQgbmV2ZXIgYW55b25lcyE"
        )

    def hash(self, password: str) -> str:
        """A new salt each time."""
        return self._hasher.hash(password)

    def is_hash_of(self, password_hash: str, password: str) -> bool:
        """Compared with the parameters that the hash was made with."""
        try:
            return self._hasher.verify(password_hash, password)
        except argon2.exceptions.VerificationError:
            return False

    def credential(self, password: str, name: str) -> str:
        """The salt is the name's, so that two credentials of one receiver can be compared; parameters never change."""
        salt = hmac.digest(self._pepper, f"receiver\n{name}".encode(), "sha256")[:16]
        return hash_secret(password.encode(), salt, **_CREDENTIAL, type=Type.ID).decode()

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the settings ask for other parameters by now."""
        return self._hasher.check_needs_rehash(password_hash)


Posting = Callable[[Settings, LinkSigner], LetterSender]


def _no_post(_settings: Settings, _links: LinkSigner) -> LetterSender:
    raise LookupError("this function sends no letters: nothing called wiring.deliver_through")


class _Container:
    """What this process runs in, and its way out for letters: only the mailer pays for loading one."""

    world: World | None = None
    posting: Posting = staticmethod(_no_post)


def deliver_through(posting: Posting) -> None:
    """Let letters leave this process; called once, by the capability that sends them."""
    _Container.posting = staticmethod(posting)


def build_world(settings: Settings) -> World:
    """The world of a deployed function."""
    digest = address_digest(settings.pepper)
    links = SignedLinks(settings)
    logger = Logger(service=settings.service_short_name, level="INFO")
    return World(
        settings=settings,
        begin=lambda: StoredWork(digest, new_token(), pause),
        now=read_clock,
        new_token=new_token,
        new_id_suffix=new_id_suffix,
        new_digits=new_digits,
        hasher=Argon2Hasher(settings),
        links=links,
        forms=FormTokens(settings),
        session_marks=SessionMarks(settings),
        enquiry_marks=EnquiryMarks(settings),
        counter_marks=CounterMarks(settings),
        tokens=FilerTokens(settings),
        post=lru_cache(maxsize=1)(lambda: _Container.posting(settings, links)),
        meter=meter,
        stopwatch=time.perf_counter,
        log=lambda line: logger.info(line["event"], extra=dict(line)),
    )


def _secrets(path: str) -> dict[str, str]:
    """SECRET_KEYS and PEPPER from the Parameter Store below `path`; without one, the environment has them."""
    if not path:
        return {}
    parameters: Any = get_session().create_client("ssm", config=_QUICK)
    found = parameters.get_parameters_by_path(Path=path, WithDecryption=True)
    return {parameter["Name"].rpartition("/")[2]: parameter["Value"] for parameter in found["Parameters"]}


def world() -> World:
    """This container's world, built when it is first needed."""
    if _Container.world is None:
        _Container.world = build_world(load_settings({**os.environ, **_secrets(os.environ.get("SECRETS_PATH", ""))}))
    return _Container.world


def use(other: World | None) -> None:
    """Let this process run in another world, or with None build it anew when it is next needed."""
    _Container.world = other

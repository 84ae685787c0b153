"""The deployment that is measured: its environment, its tables in an emulator, its clock and its log."""

import contextlib
import io
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import boto3
from moto import mock_aws

from bench.ledger import Ledger
from bench.tape import Tape
from chalicelib import wiring
from chalicelib.settings import load_settings
from chalicelib.storage.connection import connection
from chalicelib.storage.tables import TABLES
from tools.texts import compile_texts


class Clock:
    """Begins at the real time, because drafts and links must still be alive when a fresh interpreter reads them."""

    def __init__(self) -> None:
        self.now = wiring.read_clock()

    def advance(self, span: timedelta) -> None:
        """Move on."""
        self.now += span


@dataclass(frozen=True)
class Surroundings:
    """What a step is played in."""

    clock: Clock
    tape: Tape
    ledger: Ledger
    log: io.StringIO


@contextmanager
def emulated(environment: MutableMapping[str, str]) -> Iterator[Surroundings]:
    """Empty tables and a mail service. Afterwards only the tape answers: the emulator's work is over."""
    compile_texts()
    with mock_aws():
        # The mail service's client comes from this one, made where nobody can listen to the client itself.
        session = boto3.DEFAULT_SESSION = boto3.Session()
        for table in TABLES:
            table.create_table(wait=True)
        session.client("sesv2").create_email_identity(EmailIdentity=environment["MAIL_FROM"])
        made = Surroundings(Clock(), Tape(), Ledger(session.client("dynamodb")), io.StringIO())
        _listen(made, session)
        _build_world(made, environment)
        yield made


def _listen(made: Surroundings, session: boto3.Session) -> None:
    made.ledger.attach(connection.client.meta.events)
    made.tape.attach(connection.client.meta.events, "dynamodb")
    made.tape.attach(session.events, "sesv2")


def _build_world(made: Surroundings, environment: MutableMapping[str, str]) -> None:
    # The logger takes the standard output of the moment at which it is made.
    with contextlib.redirect_stdout(made.log):
        world = wiring.build_world(load_settings(environment))

    def now() -> datetime:
        return made.clock.now

    wiring.use(replace(world, now=now, new_digits=_Digits()))


class _Digits:
    """Digits that do not come again soon: an application number drawn twice in a second costs another transaction."""

    def __init__(self) -> None:
        self._drawn = 0

    def __call__(self, count: int) -> str:
        """That many digits."""
        self._drawn += 1
        return f"{self._drawn * 7919 % 10**count:0{count}d}"

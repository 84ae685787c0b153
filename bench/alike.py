"""Whether time tells what words do not: which IDs exist, which are locked, whose address it is.

Whole requests, with the real hash, in turn and in a new order each round, against the emulated store; the first case
of each door is tried under two names, and what lies between those two is noise.
"""

import gc
import os
import random
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from app import app
from bench.my_page import LOGIN, WRONG, open_account
from bench.report import DOCUMENT, write_between
from bench.stage import Stage, Step
from bench.surroundings import emulated
from bench.tables import table
from bench.timing import no_collections
from bench.visitor import Visitor
from chalicelib import wiring
from chalicelib.domain.accounts import payer_id_of
from chalicelib.domain.attempts import WRONG_IN_A_ROW, Door
from chalicelib.storage.addresses import AddressRow
from chalicelib.storage.letters import LetterRow
from chalicelib.storage.sign_ins import SignInRow

BEGIN, END = "<!-- alike: begin -->", "<!-- alike: end -->"
RESET = "/mypage/password-reset"
STRANGER = "nobody@example.jp"
_UNKNOWN, _LOCKED_UNKNOWN = "ZZ9998", "ZZ9999"
_WARM_UPS = 5
_TITLES = (
    "door and case",
    "answer",
    "calls",
    "reads",
    "writes",
    "bytes",
    "median ms",
    "(quartiles)",
    "beside the first",
)


@dataclass(frozen=True)
class Try:
    """One case at one door. `before` brings the store to where the case begins, unmeasured."""

    door: str
    case: str
    step: Step
    before: Callable[[], None]


def run(options: Namespace) -> None:
    """Measure, show, and on request write into docs/bench.md."""
    with emulated(os.environ) as around:
        stage = Stage(app, around)
        tries = [*_sign_ins(stage), *_resets(stage)]
        now = f"{around.clock.now:%Y-%m-%d}"
        taken = _measured(stage, tries, options.tries)
        hash_alone = _hash_alone(options.tries)
    text = (
        f"{now}, `make bench ARGS='--alike --tries {options.tries}'`. One comparison with Argon2id alone takes "
        f"{hash_alone:.1f} ms of CPU; what a sign-in takes besides is that less of its row in the first table.\n\n"
        f"{_as_table(tries, taken)}"
    )
    print(text)
    if options.write_docs:
        write_between(DOCUMENT, (BEGIN, END), text)


def _sign_ins(stage: Stage) -> list[Try]:
    known, locked = open_account().id_suffix, open_account().id_suffix
    for suffix in (locked, _LOCKED_UNKNOWN):
        _lock(suffix)
    cases = (
        ("a known ID, a wrong password", known, _forgiven(known)),
        ("the same once more", known, _forgiven(known)),
        ("an unknown ID", _UNKNOWN, _forgiven(_UNKNOWN)),
        ("a known ID that is locked", locked, _nothing),
        ("an unknown ID that is locked", _LOCKED_UNKNOWN, _nothing),
    )
    return [Try("sign-in", case, _signing_in(stage, suffix, before), before) for case, suffix, before in cases]


def _signing_in(stage: Stage, suffix: str, before: Callable[[], None]) -> Step:
    before()
    visitor = Visitor(stage)
    visitor.get(LOGIN)
    visitor.post(LOGIN, payer_id=payer_id_of(suffix), payer_password=WRONG)
    return visitor.steps[-1]


def _resets(stage: Stage) -> list[Try]:
    account = open_account()
    cases = (
        ("ID and address belong together", account.id_suffix, account.management_email),
        ("the same once more", account.id_suffix, account.management_email),
        ("a known ID, somebody else's address", account.id_suffix, STRANGER),
        ("an unknown ID", _UNKNOWN, STRANGER),
    )
    return [Try("reset", case, _asking(stage, suffix, address), _nothing) for case, suffix, address in cases]


def _asking(stage: Stage, suffix: str, address: str) -> Step:
    visitor = Visitor(stage)
    visitor.get(RESET)
    visitor.post(RESET, payer_id=payer_id_of(suffix), management_email=address)
    return visitor.steps[-1]


def _nothing() -> None:
    """The store is as the case wants it."""


def _forgiven(suffix: str) -> Callable[[], None]:
    def forgive() -> None:
        with wiring.world().begin() as work:
            work.attempts.forget(Door.PAYER, suffix)

    return forgive


def _lock(suffix: str) -> None:
    for _ in range(WRONG_IN_A_ROW):
        with wiring.world().begin() as work:
            work.attempts.reserve(Door.PAYER, suffix)


def _measured(stage: Stage, tries: Sequence[Try], rounds: int) -> list[list[float]]:
    """Milliseconds of each case. An hour passes each round, so that no address has had its mails of the hour."""
    taken: list[list[float]] = [[] for _ in tries]
    numbers, now = list(range(len(tries))), stage.around.clock.now
    with no_collections():
        for turn in range(-_WARM_UPS, rounds):
            now += timedelta(hours=1)
            _sweep()
            random.shuffle(numbers)
            for number in numbers:
                milliseconds = _timed(stage, tries[number], now)
                if turn >= 0:
                    taken[number].append(milliseconds)
    return taken


def _sweep() -> None:
    """Let the store be as small as before: for each transaction the emulator copies all that it holds."""
    for model in (AddressRow, LetterRow, SignInRow):
        model.delete_table()
        model.create_table(wait=True)


def _timed(stage: Stage, one: Try, now: datetime) -> float:
    one.before()
    again = stage.again(one.step)
    stage.around.clock.now = now
    gc.collect()
    started = time.perf_counter_ns()
    again()
    return (time.perf_counter_ns() - started) / 1e6


def _hash_alone(tries: int) -> float:
    """CPU milliseconds of the comparison that every sign-in makes."""
    hasher, taken = wiring.world().hasher, []
    for _ in range(tries):
        started = time.process_time_ns()
        hasher.is_hash_of(hasher.decoy, WRONG)
        taken.append((time.process_time_ns() - started) / 1e6)
    return median(taken)


def _as_table(tries: Sequence[Try], taken: Sequence[Sequence[float]]) -> str:
    middles = [median(times) for times in taken]
    first = {one.door: middle for one, middle in reversed(list(zip(tries, middles, strict=True)))}
    return table(_TITLES, [_row(one, times, first[one.door]) for one, times in zip(tries, taken, strict=True)])


def _row(one: Try, times: Sequence[float], first: float) -> Sequence[str]:
    low, middle, high = quantiles(times, n=4)
    units, answer = one.step.units, one.step.answer
    return (
        f"{one.door}: {one.case}",
        one.step.outcome,
        str(units.calls),
        f"{units.reads:g}",
        f"{units.writes:g}",
        str(len(answer.body.encode()) if answer else 0),
        f"{middle:.2f}",
        f"({low:.2f}–{high:.2f})",
        f"{middle - first:+.2f}",
    )

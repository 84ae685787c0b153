"""Whether time tells what words do not: which IDs exist, which are locked, whose address it is.

Whole requests, with the real hash, in turn and in a new order each round: first against the emulated store, by the
clock; then with the store's answers given again, by the processor's time of our own work alone. The first case of each
door is tried under two names, and what lies between those two is noise.
"""

import gc
import os
import random
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from statistics import median, quantiles

from app import app
from bench.my_page import LOGIN, WRONG, open_account
from bench.report import DOCUMENT, write_between
from bench.stage import Stage, Step
from bench.surroundings import emulated
from bench.tables import table
from bench.timing import no_collections, own_time
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
_COUNTS = ("door and case", "answer", "calls", "reads", "writes", "bytes")
_TITLES = (*_COUNTS, "own CPU ms", "(quartiles)", "Δ first", "ms by the clock", "(quartiles)", "Δ first")
Taken = list[list[float]]


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
        by_clock = _by_clock(stage, tries, options.tries)
        hash_alone = _hash_alone(options.tries)
    own = _in_turn(len(tries), options.tries, lambda number: own_time(stage, tries[number].step))
    text = (
        f"{now}, `make bench ARGS='--alike --tries {options.tries}'`. One comparison with Argon2id alone takes "
        f"{hash_alone:.1f} ms of CPU; what a sign-in takes besides is that less of its row in the first table.\n\n"
        f"{_as_table(tries, own, by_clock)}"
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


def _in_turn(cases: int, rounds: int, take: Callable[[int], float], between: Callable[[], None] = _nothing) -> Taken:
    """What `take` says of each case, in a new order each round; the first rounds warm up."""
    taken: Taken = [[] for _ in range(cases)]
    numbers = list(range(cases))
    with no_collections():
        for turn in range(-_WARM_UPS, rounds):
            between()
            random.shuffle(numbers)
            for number in numbers:
                milliseconds = take(number)
                if turn >= 0:
                    taken[number].append(milliseconds)
    return taken


def _by_clock(stage: Stage, tries: Sequence[Try], rounds: int) -> Taken:
    """Against the emulated store. An hour passes each round, so that no address has had its mails of the hour."""
    hours = count(1)
    began_at = stage.around.clock.now
    moments = [began_at]

    def pass_an_hour() -> None:
        moments.append(began_at + next(hours) * timedelta(hours=1))
        _sweep()

    return _in_turn(len(tries), rounds, lambda number: _timed(stage, tries[number], moments[-1]), pass_an_hour)


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


def _as_table(tries: Sequence[Try], own: Taken, by_clock: Taken) -> str:
    doors = [one.door for one in tries]
    firsts = [doors.index(door) for door in doors]
    return table(
        _TITLES,
        [
            (*_case(one), *_beside(own[number], own[first]), *_beside(by_clock[number], by_clock[first]))
            for number, (one, first) in enumerate(zip(tries, firsts, strict=True))
        ],
    )


def _case(one: Try) -> Sequence[str]:
    units, answer = one.step.units, one.step.answer
    size = len(answer.body.encode()) if answer else 0
    counts = (str(units.calls), f"{units.reads:g}", f"{units.writes:g}", str(size))
    return (f"{one.door}: {one.case}", one.step.outcome, *counts)


def _beside(times: Sequence[float], first: Sequence[float]) -> Sequence[str]:
    low, middle, high = quantiles(times, n=4)
    return f"{middle:.2f}", f"({low:.2f}–{high:.2f})", f"{middle - median(first):+.2f}"

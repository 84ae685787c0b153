"""Cold starts: a fresh interpreter, the built package, one answer; against the floor, in turn."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import time
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.answering import Answering, answering
from bench.environment import DEPLOYMENT
from bench.journeys import Journey, all_steps
from bench.stage import Step
from bench.tape import Exchange
from bench.timing import Spread, spread_of

FLOOR = "floor: Chalice, one DynamoDB client"
# What each function answers; all but the portal's ask DynamoDB, as the floor does.
FIRST_STEPS = {
    "portal": "GET /",
    "registration": "GET /registration/entry",
    "confirmation": "GET /confirmation",
    "mypage": "GET /mypage",
    "status": "GET /status/application (newly filed)",
    "filing": "GET /filing/v1/applications (a list of 1)",
    "agency": "GET /agency/v1/applications (a list)",
    "qrcodes": "GET /qrcodes/{lookup_key} (enrolment)",
    "counter": "GET /counter",
    "mailer": "mailer (link)",
    "sweep": "sweep (nothing due)",
    "feedback": "feedback (delivery)",
    "expiry": "expiry (nothing due)",
}
# Libraries that only some functions load: what their imports take there.
WATCHED = ("msgspec", "jpholiday", "segno", "pyotp")
_IMPORT = re.compile(r"import time: +[0-9]+ \| +([0-9]+) \| +([a-z_.]+)")
_SECRETS = ("SECRET_KEYS", "PEPPER", "SIGNING_KEYS")
_FLOOR_EVENT = {
    "requestContext": {"httpMethod": "GET", "resourcePath": "/", "identity": {"sourceIp": "127.0.0.1"}, "path": "/"},
    "headers": {},
    "pathParameters": {},
    "multiValueQueryStringParameters": None,
    "stageVariables": {},
    "body": None,
}


class NoFirstAnswer(Exception):
    """A function could not be started, or answered otherwise than it should."""


@dataclass(frozen=True)
class Start:
    """One function to be started."""

    function: str
    handler: str
    variables: Mapping[str, str]
    event: Mapping[str, Any]
    exchanges: tuple[Exchange, ...]
    answer: str


@dataclass(frozen=True)
class ColdFigures:
    """What starting a function takes, until it has answered. `imports`: milliseconds of those watched."""

    function: str
    cpu: Spread
    wall: Spread
    modules: int
    peak_mib: float
    answer: str
    imports: Mapping[str, float]


def measure_cold_starts(journeys: Iterable[Journey], rounds: int, package: Path) -> list[ColdFigures]:
    """Floor and functions in turn, `rounds` times; nothing without a package that fits."""
    archive, template = package / "deployment.zip", package / "template.json"
    if not (archive.exists() and template.exists() and _fits(archive)):
        return []
    functions = _functions(json.loads(template.read_text(encoding="utf-8")))
    steps = {step.title: step for step in all_steps(journeys)}
    starts = [Start(FLOOR, "floor.app", {}, _FLOOR_EVENT, (), "200")]
    starts += [_start(name, *functions[name], steps[title]) for name, title in FIRST_STEPS.items() if name in functions]
    with tempfile.TemporaryDirectory() as place, answering({name: DEPLOYMENT[name] for name in _SECRETS}) as given:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(place)
        took = [[_started(Path(place), start, given)[0] for start in starts] for _ in range(rounds)]
        imports = [_imports(Path(place), start, given, rounds) for start in starts]
    return [_figures(start, [told[number] for told in took], imports[number]) for number, start in enumerate(starts)]


def _fits(archive: Path) -> bool:
    """Whether the package's compiled libraries are for this interpreter."""
    with zipfile.ZipFile(archive) as packed:
        return any(name.endswith(sysconfig.get_config_var("EXT_SUFFIX")) for name in packed.namelist())


def _functions(template: dict[str, Any]) -> dict[str, tuple[str, dict[str, str]]]:
    """Handler and literal variables of each function in the template."""
    found = {
        name.lower(): resource["Properties"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    return {name: (properties["Handler"], _literals(properties)) for name, properties in found.items()}


def _literals(properties: dict[str, Any]) -> dict[str, str]:
    variables = properties.get("Environment", {}).get("Variables", {})
    return {name: value for name, value in variables.items() if isinstance(value, str)}


def _start(name: str, handler: str, variables: dict[str, str], step: Step) -> Start:
    return Start(name, handler, variables, step.event, step.exchanges, step.outcome)


def _imports(folder: Path, start: Start, given: Answering, rounds: int) -> dict[str, float]:
    """Milliseconds that importing each watched library takes with all that it loads first; medians of all rounds.

    In rounds of their own, because the interpreter is slower while it tells.
    """
    lines = [line for _ in range(rounds) for line in _started(folder, start, given, "-X", "importtime")[1]]
    found = [match for match in map(_IMPORT.fullmatch, lines) if match]
    taken = {name: [int(match[1]) / 1000 for match in found if match[2] == name] for name in WATCHED}
    return {name: median(times) for name, times in taken.items() if times}


def _started(folder: Path, start: Start, given: Answering, *options: str) -> tuple[dict[str, Any], list[str]]:
    """What one start told of itself, and the lines that the interpreter printed before."""
    given.prepare(start.exchanges)
    event_file = folder / "event-of-the-benchmark.json"
    event_file.write_text(json.dumps(start.event), encoding="utf-8")
    here = Path(__file__).parent
    script = [str(here / "first_answer.py"), str(folder), str(here), start.handler, str(event_file)]
    began = time.perf_counter()
    done = subprocess.run(
        # Lambda cannot write into the package either.
        [sys.executable, "-I", "-S", "-B", *options, *script],
        env=_environment(start, given.address),
        capture_output=True,
        text=True,
        check=False,
    )
    wall_ms = (time.perf_counter() - began) * 1000
    if done.returncode:
        raise NoFirstAnswer(f"{start.function}: {done.stderr[-2000:]}")
    lines = done.stderr.splitlines()
    # Behind it, an interpreter that tells of imports may tell of those at its end.
    said = next(line for line in reversed(lines) if line.startswith("{"))
    told: dict[str, Any] = {**json.loads(said), "wall_ms": wall_ms}
    if told["answer"] != start.answer or given.left:
        raise NoFirstAnswer(f"{start.function} answered {told['answer']} with {given.left} calls unmade: {done.stdout}")
    return told, lines


def _environment(start: Start, address: str) -> dict[str, str]:
    known = {name: value for name, value in DEPLOYMENT.items() if name not in _SECRETS}
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, **known, **start.variables, "SECRETS_PATH": "/bench", "AWS_ENDPOINT_URL": address}


def _figures(start: Start, told: list[dict[str, Any]], imports: Mapping[str, float]) -> ColdFigures:
    return ColdFigures(
        function=start.function,
        cpu=spread_of([one["cpu_ms"] for one in told]),
        wall=spread_of([one["wall_ms"] for one in told]),
        modules=told[-1]["modules"],
        peak_mib=max(one["peak_kib"] for one in told) / 1024,
        answer=start.answer,
        imports=imports,
    )

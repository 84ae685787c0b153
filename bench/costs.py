"""What a journey costs on AWS, from what was measured and a dated file of prices."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass
from math import ceil
from pathlib import Path
from typing import Any

from bench.figures import StepFigures, name_of, sent_bytes
from bench.journeys import Journey
from bench.stage import Step

PRICES = Path(__file__).with_name("prices.json")
CONFIGURATION = Path(__file__).parents[1] / ".chalice" / "config.json"
_MIB_PER_GIB = 1024
_GB = 1_000_000_000


@dataclass(frozen=True)
class Bill:
    """What AWS counts. Each field has its price in the file of prices under the same name."""

    api_requests: float = 0
    invocations: float = 0
    gb_seconds: float = 0
    read_units: float = 0
    write_units: float = 0
    mails: float = 0
    gb_out: float = 0
    gb_logged: float = 0

    def __add__(self, other: "Bill") -> "Bill":
        return Bill(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class JourneyFigures:
    """One journey: what it asks for, and US dollars for a million of it, by what is paid for."""

    name: str
    requests: int
    jobs: int
    calls: int
    bill: Bill
    usd: Mapping[str, float]

    @property
    def total_usd(self) -> float:
        """US dollars for a million."""
        return sum(self.usd.values())


class PriceList:
    """The prices, and what cannot be measured here and is assumed instead."""

    def __init__(self, path: Path = PRICES) -> None:
        read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        self.as_of: str = read["as_of"]
        self.region: str = read["region"]
        self.caution: str = read["caution"]
        self.prices: dict[str, dict[str, Any]] = read["prices"]
        self.assumptions: dict[str, float] = read["assumptions"]

    def million(self, bill: Bill) -> dict[str, float]:
        """US dollars for a million times `bill`."""
        return {
            name: amount * 1_000_000 * self.prices[name]["usd"] / self.prices[name]["for"]
            for name, amount in asdict(bill).items()
        }


class Functions:
    """What the configuration says of the deployed functions and their gateway."""

    def __init__(self, path: Path = CONFIGURATION) -> None:
        read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        self.smallest_compressed: int = read.get("minimum_compression_size", _GB)
        self._default: int = read["lambda_memory_size"]
        [stage] = read["stages"].values()
        self._own: dict[str, dict[str, Any]] = stage.get("lambda_functions", {})

    def memory_mib(self, function: str) -> int:
        """The memory of a function, in MiB."""
        return int(self._own.get(function, {}).get("lambda_memory_size", self._default))


def cost_journeys(journeys: Iterable[Journey], measured: Iterable[StepFigures]) -> list[JourneyFigures]:
    """The bill of each journey."""
    prices, functions = PriceList(), Functions()
    cpu = {figures.name: figures.cpu.own.middle for figures in measured}
    return [_cost(journey, cpu, prices, functions) for journey in journeys]


def _cost(
    journey: Journey, cpu: Mapping[tuple[str, str], float], prices: PriceList, functions: Functions
) -> JourneyFigures:
    bills = [_bill(step, cpu[name_of(step)], prices.assumptions, functions) for step in journey.steps]
    bill = sum(bills, Bill())
    requests = sum(step.answer is not None for step in journey.steps)
    return JourneyFigures(
        name=journey.name,
        requests=requests,
        jobs=len(journey.steps) - requests,
        calls=sum(step.units.calls for step in journey.steps),
        bill=bill,
        usd=prices.million(bill),
    )


def _bill(step: Step, cpu_ms: float, assumed: Mapping[str, float], functions: Functions) -> Bill:
    memory = functions.memory_mib(step.function)
    out = sent_bytes(step.answer, functions.smallest_compressed) if step.answer else 0
    return Bill(
        api_requests=int(step.answer is not None),
        invocations=1,
        gb_seconds=memory / _MIB_PER_GIB * _billed_ms(step, cpu_ms, memory, assumed) / 1000,
        read_units=step.units.reads,
        write_units=step.units.writes,
        mails=step.mails,
        gb_out=out / _GB,
        gb_logged=(step.log_bytes + assumed["platform_log_bytes"]) / _GB,
    )


def _billed_ms(step: Step, cpu_ms: float, memory: int, assumed: Mapping[str, float]) -> int:
    """Below the memory of a whole processor a function gets a share of it: its CPU time takes longer."""
    share = min(1.0, memory / assumed["mib_for_one_vcpu"])
    waiting = (
        step.units.calls * assumed["milliseconds_per_dynamodb_call"] + step.mails * assumed["milliseconds_per_mail"]
    )
    return ceil(cpu_ms / share + waiting)

"""Moto's tables, worked only where they were not worked before.

A store answers the same request in the same state alike. Thousands of runs begin in the same few states, so what moto
answered, and the state it was in then, is remembered; moto itself sees each question in each state once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from moto.core.botocore_stubber import MockRawResponse

from tests.faults.rows import Items, Rows, kept, plain, put_back


@dataclass(frozen=True)
class Told:
    """An answer, and the number of the state after it."""

    status: int
    headers: dict[str, str]
    body: bytes
    after: int


@dataclass
class Memory:
    """All states so far. `present` is the number of the one that holds; moto itself may be elsewhere."""

    states: list[tuple[Items, Rows]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    told: dict[tuple[int, str, str], Told] = field(default_factory=dict)
    present: int = 0
    of_moto: int = 0

    def __post_init__(self) -> None:
        self._note_state()

    @property
    def rows(self) -> Rows:
        """What is stored at present."""
        return self.states[self.present][1]

    def ask(
        self, operation: str, asked: str, request: AWSPreparedRequest, beyond: Callable[[], AWSResponse]
    ) -> AWSResponse:
        """The store's answer; `asked` is what of the request matters, `beyond` asks moto."""
        question = (self.present, operation, asked)
        told = self.told.get(question)
        if not told:
            told = self.told[question] = self._ask_moto(beyond)
        self.present = told.after
        headers: Any = dict(told.headers)
        return AWSResponse(request.url, told.status, headers, MockRawResponse(told.body))

    def _ask_moto(self, beyond: Callable[[], AWSResponse]) -> Told:
        if self.of_moto != self.present:
            put_back(self.states[self.present][0])
        answer = beyond()
        self.of_moto = self._note_state()
        return Told(answer.status_code, dict(answer.headers), answer.content, self.of_moto)

    def _note_state(self) -> int:
        items = kept()
        found = plain(items)
        number = self.numbers.setdefault(repr(found), len(self.states))
        if number == len(self.states):
            self.states.append((items, found))
        return number

"""The wire to AWS: counts calls, lets one of them meet a fault, and behaves like DynamoDB where moto does not.

Calls are counted where clients are asked (`_make_api_call`); faults strike where each attempt leaves the process, so
that the SDK's own retries, error parsing and limits are the real ones. Only its waiting is left out.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.client import BaseClient
from botocore.retries.quota import RetryQuota
from botocore.signers import RequestSigner
from botocore.useragent import UserAgentString
from moto.core.botocore_stubber import BotocoreStubber

from tests.faults.answers import MAIL, TRANSACTION, answer, body_of, error
from tests.faults.kinds import Fault, Lasting, Struck
from tests.faults.mailbox import Mailbox
from tests.faults.memory import Memory

ENDLESS = 200


@dataclass(frozen=True)
class Plan:
    """Which call of the watched act meets which fault, and who comes in between when it is overtaken."""

    number: int
    fault: Fault
    rival: Callable[[], object] = lambda: None


@dataclass
class Wire:
    """What went over it since `watching` began; `attempts` counts those of the present call."""

    mailbox: Mailbox
    memory: Memory
    plan: Plan | None = None
    calls: list[str] = field(default_factory=list)
    attempts: int = 0
    has_struck: bool = False
    is_watching: bool = False
    applied: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def watching(self, plan: Plan | None) -> Iterator[None]:
        """Count calls, and let `plan` come true, until this is left."""
        self.plan, self.calls, self.has_struck, self.is_watching = plan, [], False, True
        try:
            yield
        finally:
            self.is_watching = False

    def note_call(self, operation: str) -> None:
        """A client is asked for something."""
        if self.is_watching:
            self.calls.append(operation)
            self.attempts = 0
            assert len(self.calls) < ENDLESS, "it never ends"

    def attempt(self, operation: str, request: AWSPreparedRequest, beyond: Callable[[], AWSResponse]) -> AWSResponse:
        """One attempt leaves the process."""
        self.attempts += 1

        def carry_out() -> AWSResponse:
            return self._carried_out(operation, request, beyond)

        if self.plan and self._is_struck(self.plan, operation):
            self.has_struck = True
            return self.plan.fault.strike(Struck(request, operation, carry_out, self._rival))
        return carry_out()

    def _is_struck(self, plan: Plan, operation: str) -> bool:
        if not self.is_watching or operation not in plan.fault.operations:
            return False
        if plan.fault.lasting is Lasting.REST:
            return len(self.calls) >= plan.number
        is_first = plan.fault.lasting is Lasting.CALL or self.attempts == 1
        return len(self.calls) == plan.number and is_first

    def _rival(self) -> None:
        """Somebody else acts to the end; what they ask for is not counted."""
        assert self.plan
        self.is_watching = False
        try:
            self.plan.rival()
        finally:
            self.is_watching = True

    def _carried_out(
        self, operation: str, request: AWSPreparedRequest, beyond: Callable[[], AWSResponse]
    ) -> AWSResponse:
        if operation == MAIL:
            return self.mailbox.take(request)
        if operation == TRANSACTION:
            return self._transacted(request, beyond)
        return self.memory.ask(operation, body_of(request), request, beyond)

    def _transacted(self, request: AWSPreparedRequest, beyond: Callable[[], AWSResponse]) -> AWSResponse:
        """What moto ignores: the same token changes nothing a second time, and may not come with something else."""
        asked = json.loads(body_of(request))
        token = asked.pop("ClientRequestToken")
        if token in self.applied:
            is_same = self.applied[token] == asked
            return answer(request, 200, {}) if is_same else error(request, "IdempotentParameterMismatchException")
        told = self.memory.ask(TRANSACTION, json.dumps(asked), request, beyond)
        if told.status_code == 200:
            self.applied[token] = asked
        return told


@contextmanager
def laid(wire: Wire) -> Iterator[None]:
    """Put the wire between every client and moto.

    Nobody sleeps, the SDK's purse of retries never empties, and what only costs time is left out.
    """
    ask: Any = BaseClient.__dict__["_make_api_call"]
    send: Any = BotocoreStubber.__call__

    def asked(client: BaseClient, operation: str, params: dict[str, Any]) -> Any:
        wire.note_call(operation)
        return ask(client, operation, params)

    def sent(stub: BotocoreStubber, event_name: str, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        return wire.attempt(event_name.rpartition(".")[2], request, lambda: send(stub, event_name, request))

    with ExitStack() as patches:
        patches.enter_context(patch.object(BaseClient, "_make_api_call", asked))
        patches.enter_context(patch.object(BotocoreStubber, "__call__", sent))
        patches.enter_context(patch("botocore.endpoint.time", SimpleNamespace(sleep=lambda _: None)))
        patches.enter_context(patch.object(RetryQuota, "acquire", lambda *_: True))
        patches.enter_context(patch.object(RequestSigner, "sign", lambda *_, **__: None))
        patches.enter_context(patch.object(UserAgentString, "to_string", lambda _: "tests"))
        yield

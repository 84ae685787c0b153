"""What can go wrong with one call, from its sending to its answer.

Sources: AWS, "Error handling with DynamoDB" and the actions' own pages: which errors come before and which may come
after the effect.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

from tests.faults.answers import BATCH_READ, MAIL, TRANSACTION, answer, body_of, cancelled, error, is_for_the_store

WRITES = frozenset({TRANSACTION, "UpdateItem", "PutItem", "DeleteItem"})
READS = frozenset({"GetItem", BATCH_READ, "Query"})
ALL = WRITES | READS | {MAIL}


class KilledProcess(BaseException):
    """The process ends here: out of time, out of memory, or its machine is gone."""


class Lasting(StrEnum):
    """How long the trouble lasts."""

    ATTEMPT = "once"
    CALL = "for all attempts of the SDK"
    REST = "from then on"


@dataclass(frozen=True)
class Struck:
    """One attempt that meets a fault: what is sent, and how it would be carried out."""

    request: AWSPreparedRequest
    operation: str
    carry_out: Callable[[], AWSResponse]
    rival: Callable[[], object]


@dataclass(frozen=True)
class Fault:
    """A kind of trouble. `operations`: whom it can hit."""

    name: str
    lasting: Lasting
    strike: Callable[[Struck], AWSResponse]
    operations: frozenset[str] = ALL

    def __str__(self) -> str:
        return f"{self.name}, {self.lasting}"

    def is_ridden_out(self, operation: str) -> bool:
        """Whether nobody should notice: one bad attempt is followed by another, but for mails, which would double."""
        ends_it = self.strike in {_killed_before, _killed_after, _overtaken}
        return self.lasting is Lasting.ATTEMPT and operation != MAIL and not ends_it


def _unsent(struck: Struck) -> AWSResponse:
    raise ConnectTimeoutError(endpoint_url=struck.request.url)


def _lost(struck: Struck) -> AWSResponse:
    struck.carry_out()
    raise ReadTimeoutError(endpoint_url=struck.request.url)


def _broken(struck: Struck) -> AWSResponse:
    struck.carry_out()
    return error(struck.request, "InternalServerError", 500)


def _throttled(struck: Struck) -> AWSResponse:
    if struck.operation == TRANSACTION:
        return cancelled(struck.request, "ThrottlingError")
    if is_for_the_store(struck.request):
        return error(struck.request, "ProvisionedThroughputExceededException")
    return error(struck.request, "TooManyRequestsException", 429)


def _in_the_way(struck: Struck) -> AWSResponse:
    if struck.operation == TRANSACTION:
        return cancelled(struck.request, "TransactionConflict")
    return error(struck.request, "TransactionConflictException")


def _in_progress(struck: Struck) -> AWSResponse:
    return error(struck.request, "TransactionInProgressException")


def _half_answered(struck: Struck) -> AWSResponse:
    """One row of one table is left out, and its key handed back to be asked for again."""
    told = json.loads(struck.carry_out().content)
    asked = json.loads(body_of(struck.request))["RequestItems"]
    if sum(len(wanted["Keys"]) for wanted in asked.values()) == 1:
        return error(struck.request, "ProvisionedThroughputExceededException")
    table = max(asked)
    key = asked[table]["Keys"][-1]
    told["Responses"][table] = [row for row in told["Responses"][table] if not key.items() <= row.items()]
    told["UnprocessedKeys"] = {table: {**asked[table], "Keys": [key]}}
    return answer(struck.request, 200, told)


def _killed_before(struck: Struck) -> AWSResponse:
    raise KilledProcess(struck.operation)


def _killed_after(struck: Struck) -> AWSResponse:
    struck.carry_out()
    raise KilledProcess(struck.operation)


def _overtaken(struck: Struck) -> AWSResponse:
    struck.rival()
    return struck.carry_out()


OVERTAKEN = Fault("overtaken", Lasting.ATTEMPT, _overtaken)
# What the SDK does not try again is over after one attempt.
_TRIED_AGAIN = ALL - {MAIL}
FAULTS = (
    Fault("not sent", Lasting.ATTEMPT, _unsent),
    Fault("not sent", Lasting.CALL, _unsent, _TRIED_AGAIN),
    Fault("not sent", Lasting.REST, _unsent),
    Fault("answer lost", Lasting.ATTEMPT, _lost),
    Fault("answer lost", Lasting.CALL, _lost, _TRIED_AGAIN),
    Fault("answer lost", Lasting.REST, _lost),
    Fault("answered 500", Lasting.ATTEMPT, _broken),
    Fault("answered 500", Lasting.CALL, _broken, _TRIED_AGAIN),
    Fault("answered 500", Lasting.REST, _broken),
    Fault("throttled", Lasting.ATTEMPT, _throttled),
    Fault("throttled", Lasting.CALL, _throttled, _TRIED_AGAIN - {TRANSACTION}),
    Fault("throttled", Lasting.REST, _throttled),
    Fault("in the way of a transaction", Lasting.ATTEMPT, _in_the_way, WRITES),
    Fault("in the way of a transaction", Lasting.REST, _in_the_way, WRITES),
    Fault("transaction in progress", Lasting.ATTEMPT, _in_progress, frozenset({TRANSACTION})),
    Fault("transaction in progress", Lasting.CALL, _in_progress, frozenset({TRANSACTION})),
    Fault("transaction in progress", Lasting.REST, _in_progress, frozenset({TRANSACTION})),
    Fault("half answered", Lasting.ATTEMPT, _half_answered, frozenset({BATCH_READ})),
    Fault("half answered", Lasting.REST, _half_answered, frozenset({BATCH_READ})),
    Fault("killed before", Lasting.ATTEMPT, _killed_before),
    Fault("killed after", Lasting.ATTEMPT, _killed_after),
    OVERTAKEN,
)

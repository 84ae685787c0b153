"""What can happen between the storage and DynamoDB, told to botocore at its own seams."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ReadTimeoutError

from chalicelib.storage.connection import connection

URL = "https://dynamodb.ap-northeast-1.amazonaws.com"
CONFLICT = "TransactionConflict"
FAILED = "ConditionalCheckFailed"
FINE = "None"


@dataclass
class Network:
    """Every request that was sent, and what is to happen to the next ones.

    `answers`: given instead of DynamoDB's own. `lost_requests`, `lost_answers`: how many never arrive, or are carried
    out without anybody hearing of it.
    """

    requests: list[AWSPreparedRequest] = field(default_factory=list)
    answers: list[tuple[AWSResponse, dict[str, Any]]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    lost_requests: int = 0
    lost_answers: int = 0

    def refuse(self, code: str, *reasons: str, times: int = 1) -> None:
        """Let the next calls be answered with an error; `reasons` are those of a cancelled transaction."""
        parsed = {
            "Error": {"Code": code, "Message": "refused"},
            "CancellationReasons": [{"Code": reason} for reason in reasons],
            "ResponseMetadata": {"HTTPStatusCode": 400, "HTTPHeaders": {}},
        }
        self.answers += [(AWSResponse(URL, 400, HTTPHeaders(), None), parsed)] * times

    def before_call(self, params: dict[str, Any], **_: object) -> tuple[AWSResponse, dict[str, Any]] | None:
        """Botocore's `before-call`: an answer here keeps the request from being sent."""
        self.calls.append(params)
        return self.answers.pop(0) if self.answers else None

    def before_sending(self, request: AWSPreparedRequest, **_: object) -> None:
        """Botocore's `before-send`, ahead of moto."""
        self.requests.append(request)
        if self.lost_requests:
            self.lost_requests -= 1
            raise ReadTimeoutError(endpoint_url=URL)

    def after_sending(self, **_: object) -> None:
        """Botocore's `before-send`, behind moto, which has done its work by then."""
        if self.lost_answers:
            self.lost_answers -= 1
            raise ReadTimeoutError(endpoint_url=URL)


@contextmanager
def watched() -> Iterator[Network]:
    """The network of the one connection, while this lasts."""
    network = Network()
    events = connection.client.meta.events
    events.register("before-call.dynamodb", network.before_call)
    events.register_first("before-send.dynamodb", network.before_sending)
    events.register_last("before-send", network.after_sending)
    try:
        yield network
    finally:
        events.unregister("before-call.dynamodb", network.before_call)
        events.unregister("before-send.dynamodb", network.before_sending)
        events.unregister("before-send", network.after_sending)

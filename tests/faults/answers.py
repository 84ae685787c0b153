"""Answers that AWS gives when it cannot or will not do what it is asked, as they come over the wire."""

import json
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from moto.core.botocore_stubber import MockRawResponse

TRANSACTION = "TransactWriteItems"
BATCH_READ = "BatchGetItem"
MAIL = "SendEmail"
_DYNAMODB = "com.amazonaws.dynamodb.v20120810#"


def answer(request: AWSPreparedRequest, status: int, body: dict[str, Any], code: str = "") -> AWSResponse:
    """An answer in JSON; REST services tell the error's code in a header, DynamoDB in the body."""
    headers: Any = {"x-amzn-errortype": code} if code else {}
    return AWSResponse(request.url, status, headers, MockRawResponse(json.dumps(body)))


def body_of(request: AWSPreparedRequest) -> str:
    """What is sent, as text."""
    assert isinstance(request.body, bytes)
    return request.body.decode()


def error(request: AWSPreparedRequest, code: str, status: int = 400) -> AWSResponse:
    """A refusal, in the words of whom it was asked."""
    if is_for_the_store(request):
        return answer(request, status, {"__type": _DYNAMODB + code, "message": "refused"})
    return answer(request, status, {"message": "refused"}, code)


def cancelled(request: AWSPreparedRequest, reason: str) -> AWSResponse:
    """A transaction that did not come about, for the sake of its first item."""
    others = len(json.loads(body_of(request))["TransactItems"]) - 1
    reasons = [{"Code": reason, "Message": "refused"}, *[{"Code": "None"}] * others]
    return answer(
        request,
        400,
        {
            "__type": _DYNAMODB + "TransactionCanceledException",
            "Message": "Transaction cancelled, please refer cancellation reasons for specific reasons",
            "CancellationReasons": reasons,
        },
    )


def is_for_the_store(request: AWSPreparedRequest) -> bool:
    """Whether DynamoDB is asked, and not the mail service."""
    return "X-Amz-Target" in request.headers

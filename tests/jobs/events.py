"""Events as AWS hands them to a function."""

from typing import Any

ADDRESS_IN_EVENTS = "taro@example.jp"


def record(letter_id: str, name: str = "INSERT", number: int = 1) -> dict[str, Any]:
    """One record of the letters' stream (KEYS_ONLY)."""
    return {
        "eventID": f"{number:032x}",
        "eventName": name,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "ap-northeast-1",
        "eventSourceARN": "arn:aws:dynamodb:ap-northeast-1:123456789012:table/test-letters/stream/2019-09-24T00:00:00",
        "dynamodb": {
            "ApproximateCreationDateTime": 1569286550.0,
            "Keys": {"letter_id": {"S": letter_id}},
            "SequenceNumber": f"{number:021d}",
            "SizeBytes": 41,
            "StreamViewType": "KEYS_ONLY",
        },
    }


def stream_of(*letter_ids: str) -> dict[str, Any]:
    """A batch of newly posted letters, in order."""
    return {"Records": [record(letter_id, number=number) for number, letter_id in enumerate(letter_ids, 1)]}


def number_of(position: int) -> dict[str, str]:
    """How the record at this position, from 1, is handed back."""
    return {"itemIdentifier": f"{position:021d}"}


def schedule() -> dict[str, Any]:
    """A schedule that fired."""
    return _event("aws.events", "Scheduled Event", {})


def feedback_on(letter_id: str, kind: str, **parts: Any) -> dict[str, Any]:
    """What Amazon SES tells of a letter, by way of EventBridge."""
    detail = {
        "eventType": kind,
        "mail": {
            "timestamp": "2019-09-24T00:56:00.000Z",
            "messageId": f"message-{letter_id}",
            "source": "noreply@portal.example.jp",
            "destination": [ADDRESS_IN_EVENTS],
            "tags": {"letter_id": [letter_id], "ses:from-domain": ["portal.example.jp"]},
        },
        **parts,
    }
    return _event("aws.ses", f"Email {kind}", detail)


def bounce(letter_id: str) -> dict[str, Any]:
    """A mailbox that does not exist."""
    told = {
        "bounceType": "Permanent",
        "bounceSubType": "General",
        "bouncedRecipients": [
            {"emailAddress": ADDRESS_IN_EVENTS, "diagnosticCode": f"smtp; 550 5.1.1 <{ADDRESS_IN_EVENTS}>: unknown"}
        ],
    }
    return feedback_on(letter_id, "Bounce", bounce=told)


def complaint(letter_id: str) -> dict[str, Any]:
    """Somebody who called it spam."""
    return feedback_on(letter_id, "Complaint", complaint={"complaintFeedbackType": "abuse", "userAgent": "example"})


def delivery(letter_id: str) -> dict[str, Any]:
    """The reader's mail server has it."""
    return feedback_on(letter_id, "Delivery", delivery={"smtpResponse": f"250 2.0.0 <{ADDRESS_IN_EVENTS}> ok"})


def reject(letter_id: str) -> dict[str, Any]:
    """Amazon SES itself refused it."""
    return feedback_on(letter_id, "Reject", reject={"reason": "Bad content"})


def _event(source: str, kind: str, detail: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": "0",
        "id": "00000000-0000-0000-0000-000000000000",
        "source": source,
        "account": "123456789012",
        "time": "2019-09-24T00:55:50Z",
        "region": "ap-northeast-1",
        "resources": [],
        "detail-type": kind,
        "detail": detail,
    }

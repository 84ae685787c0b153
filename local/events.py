"""Events as AWS would send them.

Sources: AWS, EventBridge's scheduled events, and "Amazon SES event data" inside EventBridge's `aws.ses` events.
"""

from datetime import datetime
from typing import Any

FATES = {
    "bounce": (
        "Email Bounced",
        {"eventType": "Bounce", "bounce": {"bounceType": "Permanent", "bounceSubType": "General"}},
    ),
    "complaint": (
        "Email Complaint Received",
        {"eventType": "Complaint", "complaint": {"complaintFeedbackType": "abuse"}},
    ),
    "delivery": ("Email Delivered", {"eventType": "Delivery", "delivery": {}}),
}


def scheduled_event(now: datetime) -> dict[str, Any]:
    """What EventBridge sends when a schedule is due."""
    return _event("aws.events", "Scheduled Event", {}, now)


def feedback_event(fate: str, letter_id: str, now: datetime) -> dict[str, Any]:
    """What SES tells of a letter by way of EventBridge."""
    kind, detail = FATES[fate]
    return _event("aws.ses", kind, {**detail, "mail": {"tags": {"letter_id": [letter_id]}}}, now)


def _event(source: str, kind: str, detail: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "version": "0",
        "id": f"{source}-{now.timestamp():.0f}",
        "source": source,
        "account": "123456789012",
        "region": "ap-northeast-1",
        "resources": [],
        "time": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "detail-type": kind,
        "detail": detail,
    }

"""Feedback of Amazon SES, by way of its configuration set and EventBridge's default bus.

Source: AWS, "Amazon SES event data", and EventBridge's `aws.ses` events, whose `detail` is that data.
"""

from typing import Any

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.capabilities.feedback.usecases import Told, note_feedback
from chalicelib.domain.letters import Delivery
from chalicelib.web.jobs import running

jobs = Blueprint(__name__)

_DELIVERIES = {
    "Bounce": Delivery.BOUNCED,
    "Complaint": Delivery.COMPLAINED,
    "Delivery": Delivery.DELIVERED,
    "Reject": Delivery.BOUNCED,
}
PATTERN = {
    "source": ["aws.ses"],
    "detail-type": ["Email Bounced", "Email Complaint Received", "Email Delivered", "Email Rejected"],
}


@jobs.on_cw_event(PATTERN, name="feedback")
def feedback(event: CloudWatchEvent) -> None:
    """Keep what the mail service tells of one letter; events of other senders are passed over."""
    with running("feedback", "feedback") as run:
        told = _told(event.detail)
        if told and note_feedback(run.world.begin, told):
            run.counts[told.delivery.value] += 1


def _told(detail: dict[str, Any]) -> Told | None:
    is_passing = detail.get("bounce", {}).get("bounceType") == "Transient"
    delivery = Delivery.DEFERRED if is_passing else _DELIVERIES.get(detail.get("eventType", ""))
    tags = detail.get("mail", {}).get("tags", {}).get("letter_id", [])
    return Told(tags[0], delivery, _reason(detail)) if delivery and tags else None


def _reason(detail: dict[str, Any]) -> str:
    """The mail service's own codes; its texts may quote the address and are left out."""
    bounce, complaint = detail.get("bounce", {}), detail.get("complaint", {})
    codes = (bounce.get("bounceType"), bounce.get("bounceSubType"), complaint.get("complaintFeedbackType"))
    return "/".join(code for code in codes if code)

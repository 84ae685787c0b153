"""What the systems of offices may tell, as the description of the interface shows it: one event of each kind."""

from collections.abc import Mapping
from typing import Any

_REASONS = [{"text": "申請の内容が要件を満たしていません。"}]

EVENTS: Mapping[str, Any] = {
    "documents_obtained": {
        "type": "documents_obtained",
        "event_id": "documents-0001",
        "attachments": ["insurance"],
        "is_recording_agent_usable": True,
    },
    "review_passed": {"type": "review_passed", "event_id": "review-0001", "completed_on": "2026-04-08"},
    "review_passed_new_vehicle": {
        "type": "review_passed",
        "event_id": "review-0002",
        "completed_on": "2026-04-08",
        "plate_number": "品川-580-さ-1234",
    },
    "review_passed_by_the_tax_office": {
        "type": "review_passed",
        "event_id": "review-0003",
        "completed_on": "2026-04-08",
        "environmental_tax": 12300,
    },
    "correction_asked": {
        "type": "correction_asked",
        "event_id": "correction-0001",
        "due_on": "2026-04-22",
        "reasons": [{"field": "chassis_number", "text": "車台番号が自動車検査証と異なります。"}],
    },
    "rejected": {"type": "rejected", "event_id": "rejection-0001", "reasons": _REASONS},
    "voided": {"type": "voided", "event_id": "void-0001", "reasons": _REASONS},
    "payment_reported": {
        "type": "payment_reported",
        "event_id": "payment-0001",
        "kind": "inspection_fee",
        "amount": 1500,
        "paid_on": "2026-04-08",
    },
    "ready": {"type": "ready", "event_id": "ready-0001"},
    "handed_over": {"type": "handed_over", "event_id": "handover-0001"},
    "notice_given": {
        "type": "notice_given",
        "event_id": "notice-0001",
        "text": "お受け取りの際は、本人確認書類をお持ちください。",
    },
    "unlocked": {"type": "unlocked", "event_id": "unlock-0001"},
}

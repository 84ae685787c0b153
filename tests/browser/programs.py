"""Programs beside the browser: software that files applications, and the systems of the offices that judge them."""

import time
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from tests.browser.portal import Portal

PASSWORD = "the long way home at night"
CONTINUATION, NEW_VEHICLE = "continuation", "new_vehicle"
FILED, AT_OFFICES = "/filing/v1/applications", "/agency/v1/applications"
PLATE = "練馬-480-あ-12"
DAYS_TO_CORRECT = 5
ENVIRONMENTAL_TAX = 12_300
_FILER = "KIHF2000"
_OFFICE = "TK01"
JAPAN = ZoneInfo("Asia/Tokyo")
# Well within the fifteen minutes of a token.
_KEPT_SECONDS = 600
_ids = count(1)

_COMMON = {
    "chassis_number": "AX01-0000001",
    "applicant_name": "見本商会",
    "user_name": "見本太郎",
    "office": _OFFICE,
    "insurance_reference": "HOKEN-0000001",
}
RECORDS = {
    CONTINUATION: {**_COMMON, "plate_number": "品川-580-さ-1234", "compliance_reference": "TEKIGO-0000001"},
    NEW_VEHICLE: {**_COMMON, "model": "5BA-AX01", "owner_name": "見本太郎", "completion_reference": "KANSEI-0000001"},
}
PAID, PASSED, ASKED = "payment_reported", "review_passed", "correction_asked"
_REVIEW = (PAID, PAID)
_READY = {CONTINUATION: (*_REVIEW, PASSED, "ready"), NEW_VEHICLE: (*_REVIEW, PASSED, PASSED, PAID)}
# What offices and banks tell until an application is there.
WAYS: dict[str, dict[str, tuple[str, ...]]] = {
    CONTINUATION: {
        "ready_to_return": _READY[CONTINUATION],
        "returned": (*_READY[CONTINUATION], "handed_over"),
    },
    NEW_VEHICLE: {
        "tax_review": (*_REVIEW, PASSED),
        "tax_correction": (*_REVIEW, PASSED, ASKED),
        "environmental_tax_due": (*_REVIEW, PASSED, PASSED),
        "environmental_tax_bulk": (*_REVIEW, PASSED, PASSED),
        "ready_to_issue": _READY[NEW_VEHICLE],
        "issued": (*_READY[NEW_VEHICLE], "handed_over"),
    },
}
for _ways in WAYS.values():
    _ways |= {
        "not_accepted": (),
        "inspection_fee_due": (),
        "inspection_fee_bulk": (),
        "weight_tax_due": (PAID,),
        "weight_tax_bulk": (PAID,),
        "inspection_review": _REVIEW,
        "inspection_correction": (*_REVIEW, ASKED),
        "void": ("voided",),
        "rejected": (*_REVIEW, "rejected"),
        "withdrawn": (*_REVIEW, ASKED),
    }


def file(portal: Portal, procedure: str = CONTINUATION, **other: str) -> str:
    """File an application; its number."""
    filing = {"procedure": procedure, "application_password": PASSWORD, **RECORDS[procedure], **other}
    (result,) = _send(portal, FILED, _token(portal), {"applications": [filing]})["results"]
    assert result["application_number"], result
    return str(result["application_number"])


def tell(portal: Portal, number: str, kind: str, **facts: Any) -> None:
    """Let an office, or the bank, tell that something happened; what is not said is what fits."""
    said = {"type": kind, "event_id": f"event-{next(_ids)}", **_usual_facts(portal, number, kind), **facts}
    _send(portal, f"{AT_OFFICES}/{number}/events", _key(portal), said)


def lead(portal: Portal, number: str, procedure: str, state: str) -> None:
    """Let everything happen until a filed application is in a state."""
    for kind in WAYS[procedure][state]:
        tell(portal, number, kind)
    if state == "withdrawn":
        _send(portal, f"{FILED}/{number}/withdrawal", _token(portal), {})
    assert look(portal, number)["state"] == state


def look(portal: Portal, number: str) -> dict[str, Any]:
    """An application as its office sees it."""
    answer = portal.doors.get(f"{AT_OFFICES}/{number}", headers={"Authorization": f"Bearer {_key(portal)}"})
    assert answer.ok, answer.text()
    return dict(answer.json())


def _usual_facts(portal: Portal, number: str, kind: str) -> dict[str, Any]:
    today = datetime.now(JAPAN).date()
    if kind == PAID:
        charge = look(portal, number)["charges"][-1]
        return {"kind": charge["kind"], "amount": charge["amount"], "paid_on": today.isoformat()}
    if kind == PASSED:
        known = look(portal, number)
        if known["state"] == "tax_review":
            return {"environmental_tax": ENVIRONMENTAL_TAX}
        return {"plate_number": PLATE} if known["procedure"] == NEW_VEHICLE else {}
    if kind == ASKED:
        reasons = [
            {"field": "chassis_number", "text": "自動車検査証の車台番号と一致していません。"},
            {"field": "user_name", "text": "使用者名の表記を確認してください。"},
        ]
        return {"reasons": reasons, "due_on": (today + timedelta(days=DAYS_TO_CORRECT)).isoformat()}
    if kind in {"rejected", "voided"}:
        return {"reasons": [{"text": "提出された書類では、基準を満たしていることを確認できませんでした。"}]}
    return {}


def _send(portal: Portal, path: str, bearer: str, said: dict[str, Any]) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {bearer}", "Idempotency-Key": f"key-{next(_ids)}"}
    answer = portal.doors.post(path, data=said, headers=headers)
    assert answer.ok, answer.text()
    return dict(answer.json())


def _key(portal: Portal) -> str:
    return next(str(one["api_key"]) for one in portal.examples["api_keys"] if one["office"] == _OFFICE)


def _token(portal: Portal) -> str:
    asked_at, token = portal.kept.get("token", (0.0, ""))
    if not token or time.monotonic() - asked_at > _KEPT_SECONDS:
        token = _ask_token(portal)
        portal.kept["token"] = (time.monotonic(), token)
    return str(token)


def _ask_token(portal: Portal) -> str:
    password = next(one["filer_password"] for one in portal.examples["accounts"] if one["filer_id"] == _FILER)
    answer = portal.doors.post("/filing/v1/token", data={"filer_id": _FILER, "filer_password": password})
    assert answer.ok, answer.text()
    return str(answer.json()["access_token"])

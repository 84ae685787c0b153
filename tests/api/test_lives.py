"""Both procedures from filing to their end, through the two interfaces on the real storage."""

import pytest

from chalicelib.domain.procedures import Procedure
from tests.api.program import Program
from tests.api.steps import (
    ask_correction,
    bulk_payment,
    filed,
    look,
    pass_review,
    pay,
    tell,
)
from tests.application_builders import PLATE_NUMBER
from tests.builders import ADDRESS

CONTINUATION, NEW = Procedure.CONTINUATION, Procedure.NEW_VEHICLE
_CORRECTED = {"user_name": "見本次郎"}


def _state(program: Program, number: str) -> str:
    return str(look(program, number).said["state"])


def _correct(filer: Program, office: Program, number: str) -> None:
    ask_correction(office, number, "user_name")
    assert look(filer, number).said["fields_to_correct"] == ["user_name"]
    answered = filer.post(f"/filing/v1/applications/{number}/corrections", {"fields": _CORRECTED})
    assert answered.said["record"]["user_name"] == "見本次郎"


@pytest.mark.parametrize("is_bulk", [False, True], ids=["individually", "in_bulk"])
def test_a_continuation_lives_through_both_interfaces(filer: Program, office: Program, is_bulk: bool) -> None:  # noqa: FBT001
    number = filed(filer, notification_email=ADDRESS, **(bulk_payment(filer) if is_bulk else {}))
    assert _state(filer, number) == ("inspection_fee_bulk" if is_bulk else "inspection_fee_due")
    assert pay(office, number).said["state"] == ("weight_tax_bulk" if is_bulk else "weight_tax_due")
    assert pay(office, number).said["state"] == "inspection_review"
    tell(office, number, "documents_obtained", attachments=["insurance", "compliance"], is_recording_agent_usable=True)
    _correct(filer, office, number)
    tell(office, number, "notice_given", text="お受け取りの際は本人確認書類をお持ちください。")
    assert pass_review(office, number).said["state"] == "inspection_review"
    assert tell(office, number, "ready").said["state"] == "ready_to_return"
    assert tell(office, number, "handed_over").said["state"] == "returned"
    events = [one["event"] for one in look(filer, number).said["history"]]
    assert events == [
        None,
        "paid",
        "paid",
        "correction_asked",
        "corrected",
        "review_passed",
        "ready",
        "handed_over",
    ]
    assert look(filer, number).said == look(office, number).said


@pytest.mark.parametrize("is_bulk", [False, True], ids=["individually", "in_bulk"])
def test_a_new_vehicle_lives_through_both_interfaces(filer: Program, office: Program, is_bulk: bool) -> None:  # noqa: FBT001
    number = filed(filer, NEW, **(bulk_payment(filer) if is_bulk else {}))
    pay(office, number)
    pay(office, number)
    passed = pass_review(office, number, plate_number=PLATE_NUMBER, completed_on="2019-09-24")
    assert passed.said["state"] == "tax_review"
    _correct(filer, office, number)
    due = pass_review(office, number, environmental_tax=12_300).said["state"]
    assert due == ("environmental_tax_bulk" if is_bulk else "environmental_tax_due")
    assert pay(office, number).said["state"] == "ready_to_issue"
    assert tell(office, number, "handed_over").said["state"] == "issued"
    said = look(filer, number).said
    assert (said["plate_number"], said["completed_on"], said["turn"]) == (PLATE_NUMBER, "2019-09-24", "nobody")
    assert [one["amount"] for one in said["charges"]] == [1_500, 9_900, 12_300]
    assert {one["state"] for one in said["charges"]} == {"paid"}


def test_without_environmental_tax_the_last_payment_is_skipped(filer: Program, office: Program) -> None:
    number = filed(filer, NEW)
    pay(office, number)
    pay(office, number)
    pass_review(office, number, plate_number=PLATE_NUMBER)
    assert pass_review(office, number, environmental_tax=0).said["state"] == "ready_to_issue"

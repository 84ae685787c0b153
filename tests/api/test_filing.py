"""Applications of business software: each is answered by itself, and can be looked at."""

import json

import pytest

from chalicelib.domain.bulk_files import FILE_LIFETIME
from chalicelib.domain.procedures import Procedure
from tests.api.program import Program
from tests.api.steps import (
    FILED,
    a_filing,
    bulk_payment,
    file,
    filed,
    look,
    new_bulk_file,
    signed_in,
    tell,
    under_review,
)
from tests.application_builders import APPLICATION_PASSWORD
from tests.builders import ADDRESS, an_account


def test_each_application_is_answered_by_itself(filer: Program) -> None:
    answered = file(
        filer,
        a_filing(),
        a_filing(office="ZZ99"),
        a_filing(Procedure.NEW_VEHICLE),
        a_filing(insurance_reference="なし"),
    )
    results = answered.said["results"]
    assert [one["status"] for one in results] == ["accepted", "refused", "accepted", "refused"]
    assert results[1]["errors"][0]["field"] == "/applications/1/office"
    assert results[1]["application_number"] is None
    assert len({one["application_number"] for one in results}) == 3


def test_an_application_is_told_as_it_was_filed_without_its_password(filer: Program) -> None:
    number = filed(
        filer, notification_email=ADDRESS, plate_number="品川 ５８０ さ 12-34", chassis_number="ax01-0000001"
    )
    told = look(filer, number)
    assert told.said["record"]["plate_number"] == "品川-580-さ-1234"
    assert told.said["record"]["chassis_number"] == "AX01-0000001"
    assert (told.said["turn"], told.said["due_on"]) == ("applicant", "2019-10-08")
    assert [item["amount"] for item in told.said["charges"][0]["items"]] == [1_100, 400]
    assert told.said["attachments"] == {"insurance": "not_obtained", "compliance": "not_obtained"}
    text = json.dumps(told.said, ensure_ascii=False)
    assert APPLICATION_PASSWORD not in text
    assert "password" not in text


def test_the_applicant_is_written_to(filer: Program) -> None:
    filed(filer, notification_email=ADDRESS)
    filer.portal.deliver_letters()
    (letter,) = filer.portal.sender.sent
    assert (letter.to, letter.facts["state"]) == (ADDRESS, "inspection_fee_due")


def test_twenty_five_at_once_cost_two_calls_and_one_each(filer: Program) -> None:
    results = file(filer, *(a_filing() for _ in range(25))).said["results"]
    assert len({one["application_number"] for one in results}) == 25
    assert filer.portal.lines[-1]["calls"] == 2 + 25


def test_a_bulk_payment_file_costs_one_more_call(filer: Program) -> None:
    paid = bulk_payment(filer)
    file(filer, a_filing(**paid), a_filing())
    assert filer.portal.lines[-1]["calls"] == 2 + 2 + 1


def test_looking_and_withdrawing_make_the_calls_they_were_designed_to_make(filer: Program, office: Program) -> None:
    number = filed(filer, **bulk_payment(filer))
    look(filer, number)
    assert filer.portal.lines[-1]["calls"] == 2
    filer.post(f"{FILED}/{number}/withdrawal", {})
    assert filer.portal.lines[-1]["calls"] == 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{}", "bulk_file_forged"),
        ("no file at all", "bulk_file_forged"),
        ("\0", "bulk_file_forged"),
        ("x" * (16 * 1024 + 1), "bulk_file_forged"),
    ],
)
def test_with_a_forged_bulk_payment_file_it_is_kept_as_not_accepted(filer: Program, content: str, reason: str) -> None:
    _require_not_accepted(filer, content, reason)


def test_with_an_altered_bulk_payment_file_it_is_kept_as_not_accepted(filer: Program) -> None:
    content = bulk_payment(filer)["bulk_payment_file"]
    _require_not_accepted(filer, content.replace("見本", "模本"), "bulk_file_forged")


def test_with_an_expired_bulk_payment_file_it_is_kept_as_not_accepted(filer: Program) -> None:
    content = bulk_payment(filer)["bulk_payment_file"]
    filer.portal.clock.move(FILE_LIFETIME)
    _require_not_accepted(signed_in(filer.portal, an_account()), content, "bulk_file_expired")


def test_with_a_replaced_bulk_payment_file_it_is_kept_as_not_accepted(filer: Program) -> None:
    old = bulk_payment(filer)["bulk_payment_file"]
    new_bulk_file(filer.portal, an_account())
    _require_not_accepted(filer, old, "bulk_file_replaced")


def _require_not_accepted(filer: Program, content: str, reason: str) -> None:
    answered = file(filer, a_filing(payment_method="bulk", bulk_payment_file=content))
    (result,) = answered.said["results"]
    assert (result["status"], result["state"]) == ("not_accepted", "not_accepted")
    assert [(one["field"], one["reason"]) for one in result["errors"]] == [
        ("/applications/0/bulk_payment_file", reason)
    ]
    told = look(filer, result["application_number"]).said
    assert told["notices"][0]["kind"] == "not_accepted"
    assert told["notices"][0]["reasons"] == [{"field": "bulk_payment_file", "text": reason}]
    assert (told["turn"], told["charges"]) == ("nobody", [])


def test_a_reference_that_names_nothing_is_kept_as_not_accepted(filer: Program) -> None:
    (result,) = file(filer, a_filing(insurance_reference="INS")).said["results"]
    assert result["status"] == "not_accepted"
    reasons = look(filer, result["application_number"]).said["notices"][0]["reasons"]
    assert reasons == [{"field": "insurance_reference", "text": "document_reference_unreadable"}]


def test_others_cannot_look_withdraw_or_correct(filer: Program, office: Program, other_filer: Program) -> None:
    number = under_review(filer, office)
    look(other_filer, number, expect=404)
    other_filer.post(f"{FILED}/{number}/withdrawal", {}, expect=404)
    answered = other_filer.post(f"{FILED}/{number}/corrections", {"fields": {"user_name": "他人"}}, expect=404)
    assert answered.code == "application_unknown"


@pytest.mark.parametrize(
    "number", ["21122310500030450", "2112231050003045", "211223105000304599", "2112231050003045X", "%EF%BC%91" * 17]
)
def test_what_is_no_number_is_unknown(filer: Program, number: str) -> None:
    assert look(filer, number, expect=404).code == "application_unknown"


def test_an_application_that_nobody_filed_is_unknown(filer: Program) -> None:
    assert look(filer, "19092409555010013", expect=404).code == "application_unknown"


def test_an_application_is_withdrawn_before_its_bulk_payment(filer: Program) -> None:
    number = filed(filer, **bulk_payment(filer))
    told = filer.post(f"{FILED}/{number}/withdrawal", {}).said
    assert (told["state"], told["charges"][0]["state"]) == ("withdrawn", "void")
    assert told["history"][-1]["by"] == "filer"


def test_what_cannot_be_withdrawn_is_refused_with_its_state(filer: Program) -> None:
    number = filed(filer)
    answered = filer.post(f"{FILED}/{number}/withdrawal", {}, expect=409)
    assert (answered.code, answered.said["state"]) == ("not_withdrawable", "inspection_fee_due")


def test_an_ended_application_takes_nothing(filer: Program, office: Program) -> None:
    number = under_review(filer, office)
    tell(office, number, "rejected", reasons=[{"text": "要件を満たしていません。"}])
    filer.post(f"{FILED}/{number}/withdrawal", {}, expect=409)
    answered = filer.post(f"{FILED}/{number}/corrections", {"fields": {"user_name": "見本"}}, expect=409)
    assert (answered.code, answered.said["state"]) == ("not_correctable", "rejected")

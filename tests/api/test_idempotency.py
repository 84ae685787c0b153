"""Sending again: the same key gives the same answer, and nothing happens twice."""

from typing import Any

import pytest

from tests.api.program import Program
from tests.api.steps import FILED, a_filing, bulk_payment, file, filed, look
from tests.application_builders import APPLICATION_PASSWORD
from tests.builders import ADDRESS

_CORRECTED = {"fields": {"user_name": "見本次郎", "receiver_name": ""}}


def _numbers(filer: Program) -> list[str]:
    return [line["application_number"] for line in filer.get(FILED, limit=100).said["applications"]]


def test_the_same_again_gives_the_same_numbers(filer: Program) -> None:
    filings = [a_filing(notification_email=ADDRESS), a_filing(office="ZZ99"), a_filing(insurance_reference="INS")]
    answers = [file(filer, *filings, key="batch-1").said for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert len(_numbers(filer)) == 2
    filer.portal.deliver_letters()
    assert len(filer.portal.sender.sent) == 1


def test_what_was_refused_can_be_put_right_under_the_same_key(filer: Program) -> None:
    first = file(filer, a_filing(), a_filing(office="ZZ99"), key="batch-1").said["results"]
    second = file(filer, a_filing(), a_filing(), key="batch-1").said["results"]
    assert second[0] == first[0]
    assert [one["status"] for one in second] == ["accepted", "accepted"]
    assert len(_numbers(filer)) == 2


def test_what_a_broken_request_left_out_is_stored_by_the_next(filer: Program) -> None:
    filings = [a_filing() for _ in range(3)]
    chance = filer.portal.chance
    chance.digits[:] = ["000", "1" * 24, "001", "2" * 24, *(["000", "3" * 24] * 10)]
    answered = file(filer, *filings, key="batch-1", expect=503)
    assert (answered.code, answered.headers["Retry-After"]) == ("numbers_exhausted", "5")
    stored = _numbers(filer)
    assert len(stored) == 2
    results = file(filer, *filings, key="batch-1").said["results"]
    assert [one["application_number"] for one in results[:2]] == stored
    assert len(_numbers(filer)) == 3


@pytest.mark.parametrize("other", [{"user_name": "見本次郎"}, {"language": "en"}, {"notification_email": ADDRESS}])
def test_another_application_under_the_same_key_is_refused(filer: Program, other: dict[str, Any]) -> None:
    file(filer, a_filing(), key="batch-1")
    assert file(filer, a_filing(**other), key="batch-1", expect=422).code == "key_reused"
    assert len(_numbers(filer)) == 1


def test_more_or_other_applications_under_the_same_key_are_refused(filer: Program) -> None:
    file(filer, a_filing(), a_filing(receiver_name=None), key="batch-1")
    assert file(filer, a_filing(), key="batch-1", expect=422).code == "key_reused"
    assert file(filer, a_filing(receiver_name=None), a_filing(), key="batch-1", expect=422).code == "key_reused"


def test_filers_may_use_the_same_keys(filer: Program, other_filer: Program) -> None:
    assert filed(filer) != filed(other_filer)
    file(filer, a_filing(), key="batch-1")
    file(other_filer, a_filing(user_name="見本次郎"), key="batch-1")
    assert len(_numbers(other_filer)) == 2


@pytest.mark.parametrize("key", ["", " ", "a b", "あ", "x" * 101, "a,b", '"quoted"'])
def test_without_a_key_nothing_is_taken(filer: Program, in_correction: str, key: str) -> None:
    path = f"{FILED}/{in_correction}"
    for where, said in (
        (FILED, {"applications": [a_filing()]}),
        (f"{path}/withdrawal", {}),
        (f"{path}/corrections", _CORRECTED),
    ):
        assert filer.post(where, said, key=key, expect=400).code == "idempotency_key_missing"
    assert _numbers(filer) == [in_correction]
    assert look(filer, in_correction).said["state"] == "inspection_correction"


def test_a_withdrawal_sent_again_is_answered_the_same(filer: Program) -> None:
    number = filed(filer, **bulk_payment(filer))
    path = f"{FILED}/{number}/withdrawal"
    answers = [filer.post(path, {}, key="w1").said for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert filer.post(path, {}, key="w2", expect=409).code == "not_withdrawable"


def test_a_correction_sent_again_is_answered_the_same(filer: Program, in_correction: str) -> None:
    path = f"{FILED}/{in_correction}/corrections"
    answers = [filer.post(path, _CORRECTED, key="c1").said for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert filer.post(path, _CORRECTED, key="c2", expect=409).code == "not_correctable"


def test_a_key_of_one_command_is_none_for_another(filer: Program, in_correction: str) -> None:
    other = filed(filer, **bulk_payment(filer))
    filer.post(f"{FILED}/{other}/withdrawal", {}, key="k1")
    path = f"{FILED}/{in_correction}"
    assert filer.post(f"{path}/withdrawal", {}, key="k1", expect=422).code == "key_reused"
    assert filer.post(f"{path}/corrections", _CORRECTED, key="k1", expect=422).code == "key_reused"
    assert look(filer, in_correction).said["state"] == "inspection_correction"


def test_the_password_is_no_part_of_what_is_remembered(filer: Program) -> None:
    """A digest of it would be a weak hash."""
    first = file(filer, a_filing(), key="batch-1").said
    other = f"{APPLICATION_PASSWORD} too"
    assert file(filer, a_filing(application_password=other), key="batch-1").said == first

"""What the systems of offices may send wrong, and what they are told."""

from typing import Any

import pytest

from chalicelib.domain.procedures import Procedure
from tests.api.program import Program
from tests.api.steps import AT_OFFICES, filed, look, tell, under_review
from tests.application_builders import PLATE_NUMBER

_ASKED: dict[str, Any] = {"reasons": [{"field": "user_name", "text": "確かめてください。"}], "due_on": "2019-10-10"}
_PAID = {"kind": "inspection_fee", "amount": 1_500, "paid_on": "2019-09-24"}


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"type": "ready"},
        {"event_id": "e1"},
        {"type": "vanished", "event_id": "e1"},
        {"type": ["ready"], "event_id": "e1"},
        {"type": "ready", "event_id": ""},
        {"type": "ready", "event_id": "e 1"},
        {"type": "ready", "event_id": "e" * 101},
        {"type": "ready", "event_id": 1},
        {"type": "ready", "event_id": "e1", "note": "x"},
        {"type": "rejected", "event_id": "e1"},
        {"type": "rejected", "event_id": "e1", "reasons": []},
        {"type": "rejected", "event_id": "e1", "reasons": [{"text": "x", "colour": "red"}]},
        {"type": "voided", "event_id": "e1", "reasons": [{"text": "x"}] * 21},
        {"type": "notice_given", "event_id": "e1", "text": ""},
        {"type": "notice_given", "event_id": "e1", "text": "あ" * 501},
        {"type": "documents_obtained", "event_id": "e1", "attachments": ["passport"]},
        {"type": "payment_reported", "event_id": "e1", **_PAID, "amount": -1},
        {"type": "payment_reported", "event_id": "e1", **_PAID, "amount": 1500.0},
        {"type": "payment_reported", "event_id": "e1", **_PAID, "amount": "1500"},
        {"type": "payment_reported", "event_id": "e1", **_PAID, "amount": True},
        {"type": "payment_reported", "event_id": "e1", **_PAID, "amount": 10**30},
        {"type": "payment_reported", "event_id": "e1", **_PAID, "paid_on": "2019-02-30"},
        {"type": "payment_reported", "event_id": "e1", **_PAID, "payment_number": "123"},
        {"type": "payment_reported", "event_id": "e1", **_PAID, "kind": "toll"},
        [],
        None,
    ],
)
def test_what_is_no_event_is_refused(filer: Program, office: Program, said: Any) -> None:
    number = filed(filer)
    answered = office.post(f"{AT_OFFICES}/{number}/events", said, key="", expect=400)
    assert answered.code == "wrong_shape"
    assert len(answered.said["errors"]) == 1


def test_the_reader_of_json_is_as_strict_as_for_filers(filer: Program, office: Program) -> None:
    path = f"{AT_OFFICES}/{filed(filer)}/events"
    bodies = {
        b"{": "not_json",
        b'{"type": "ready", "type": "voided"}': "not_json",
        b'{"type": "\\ud800"}': "not_json",
        b"[" * 100_000: "not_json",
        b'{"type": "\xff"}': "not_utf8",
    }
    for body, code in bodies.items():
        assert office.post_bytes(path, body, expect=400).code == code
    assert office.post_bytes(path, b" " * (6 * 1024 * 1024), expect=413).code == "too_large"
    assert office.send("POST", path, b"{}", expect=415).code == "unsupported_type"


@pytest.mark.parametrize(
    ("kind", "facts", "errors"),
    [
        ("review_passed", {"plate_number": "品川-580-さ-1234"}, {"/plate_number": "not_at_this_step"}),
        ("review_passed", {"environmental_tax": 0}, {"/environmental_tax": "not_at_this_step"}),
        ("review_passed", {"completed_on": "2019-09-25"}, {"/completed_on": "day_not_past"}),
        ("rejected", {"reasons": [{"text": "x", "field": "model"}]}, {"/reasons/0/field": "unknown_choice"}),
        ("documents_obtained", {"attachments": ["completion"]}, {"/attachments": "not_of_procedure"}),
        ("correction_asked", {**_ASKED, "due_on": "2019-09-24"}, {"/due_on": "day_not_ahead"}),
        ("correction_asked", {**_ASKED, "due_on": "2019-12-24"}, {"/due_on": "day_not_ahead"}),
        ("correction_asked", {**_ASKED, "due_on": "9999-12-31"}, {"/due_on": "day_not_ahead"}),
        (
            "correction_asked",
            {**_ASKED, "reasons": [{"field": "office", "text": "違います。"}]},
            {"/reasons/0/field": "not_correctable_field"},
        ),
        (
            "correction_asked",
            {**_ASKED, "reasons": [*_ASKED["reasons"], {"text": "違います。"}]},
            {"/reasons/1/field": "not_correctable_field"},
        ),
        (
            "correction_asked",
            {**_ASKED, "reasons": [{"field": "model", "text": "違います。"}, {"field": "x/~", "text": " \n"}]},
            {
                "/reasons/0/field": "not_correctable_field",
                "/reasons/1/text": "line_break",
                "/reasons/1/field": "not_correctable_field",
            },
        ),
        ("rejected", {"reasons": [{"text": "\u202e"}]}, {"/reasons/0/text": "forbidden_character"}),
        ("notice_given", {"text": "見本\u0000"}, {"/text": "forbidden_character"}),
    ],
)
def test_a_wrong_value_is_named_with_its_reason(
    filer: Program, office: Program, kind: str, facts: dict[str, Any], errors: dict[str, str]
) -> None:
    number = under_review(filer, office)
    answered = tell(office, number, kind, **facts, expect=422)
    assert (answered.code, answered.pointers) == ("invalid_fields", errors)
    assert look(office, number).said["state"] == "inspection_review"


def test_a_new_vehicle_gets_a_plate_that_can_be_one(filer: Program, office: Program) -> None:
    number = under_review(filer, office, Procedure.NEW_VEHICLE)
    for plate_number, reason in (("品川", "not_a_plate_number"), ("", "required")):
        answered = tell(office, number, "review_passed", plate_number=plate_number, expect=422)
        assert answered.pointers == {"/plate_number": reason}


def test_the_tax_office_says_which_tax_there_is(filer: Program, office: Program) -> None:
    number = under_review(filer, office, Procedure.NEW_VEHICLE)
    tell(office, number, "review_passed", plate_number=PLATE_NUMBER)
    answered = tell(office, number, "review_passed", plate_number=PLATE_NUMBER, expect=422)
    assert answered.pointers == {"/environmental_tax": "required", "/plate_number": "not_at_this_step"}


def test_a_wrong_value_can_be_put_right_under_the_same_id(filer: Program, office: Program) -> None:
    number = under_review(filer, office)
    tell(office, number, "correction_asked", event_id="e1", **{**_ASKED, "due_on": "2019-09-01"}, expect=422)
    tell(office, number, "correction_asked", event_id="e1", **_ASKED)


def test_reasons_about_fields_reach_the_filer(filer: Program, office: Program) -> None:
    number = under_review(filer, office)
    tell(office, number, "correction_asked", **_ASKED)
    told = look(filer, number).said
    assert told["notices"][-1]["reasons"] == _ASKED["reasons"]
    assert (told["turn"], told["fields_to_correct"]) == ("applicant", ["user_name"])

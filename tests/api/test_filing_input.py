"""What business software may send wrong, and what it is told."""

import json
from typing import Any

import pytest

from chalicelib.domain.procedures import Procedure
from tests.api.program import Program, Told, new_key
from tests.api.steps import FILED, TOKEN, a_filing, bulk_payment, file, filed

_MEGABYTE = 1024 * 1024


def _errors(told: Told) -> dict[str, str]:
    (result,) = told.said["results"]
    assert result["status"] == "refused", result
    return {one["field"].removeprefix("/applications/0/"): one["reason"] for one in result["errors"]}


def _post_bytes(filer: Program, body: bytes, *, expect: int = 400) -> Told:
    keyed = filer.with_headers(Idempotency_Key=new_key())
    return keyed.post_bytes(FILED, body, expect=expect)


def _require_nothing_was_stored(filer: Program) -> None:
    assert filer.get(FILED).said["applications"] == []


@pytest.mark.parametrize("number", [0, 26, 100])
def test_one_to_twenty_five_come_at_once(filer: Program, number: int) -> None:
    answered = file(filer, *(a_filing() for _ in range(number)), expect=400)
    assert (answered.code, answered.pointers) == ("wrong_shape", {"/applications": "wrong_shape"})
    _require_nothing_was_stored(filer)


@pytest.mark.parametrize("size", [2 * _MEGABYTE + 1, 6 * _MEGABYTE])
def test_a_body_of_many_megabytes_is_too_large(filer: Program, size: int) -> None:
    assert _post_bytes(filer, b" " * size, expect=413).code == "too_large"


def test_a_token_request_may_be_a_quarter_of_a_megabyte(stranger: Program) -> None:
    assert stranger.post_bytes(TOKEN, b" " * (_MEGABYTE // 4 + 1), expect=413).code == "too_large"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"applications", "not_json"),
        (b"{'applications': []}", "not_json"),
        (b'{"applications": [], "applications": []}', "not_json"),
        (b'{"applications": [{"language": "ja", "language": "en"}]}', "not_json"),
        (b'{"applications": NaN}', "not_json"),
        (b'{"applications": [Infinity]}', "not_json"),
        (b'{"applications": ["\\ud800"]}', "not_json"),
        (b'{"\\udfff": []}', "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "not_json"),
        (b'{"applications": ' + b"9" * 5_000 + b"}", "not_json"),
        (b'\xef\xbb\xbf{"applications": []}', "not_json"),
        ('{"applications": ["見本"]}'.encode("shift_jis"), "not_utf8"),
        ('{"applications": []}'.encode("utf-16"), "not_utf8"),
        (b'{"applications": ["\xed\xa0\x80"]}', "not_utf8"),
        (b"null", "wrong_shape"),
        (b"[]", "wrong_shape"),
        (b'"applications"', "wrong_shape"),
        (b"{}", "wrong_shape"),
        (b'{"applications": null}', "wrong_shape"),
        (b'{"applications": {}}', "wrong_shape"),
        (b'{"applications": [null]}', "wrong_shape"),
    ],
)
def test_what_is_no_list_of_applications_is_refused_whole(filer: Program, body: bytes, code: str) -> None:
    assert _post_bytes(filer, body).code == code
    _require_nothing_was_stored(filer)


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
def test_a_body_says_that_it_is_json(filer: Program, kind: str) -> None:
    program = filer.with_headers(Idempotency_Key=new_key(), Content_Type=kind)
    answered = program.send("POST", FILED, b'{"applications": []}', expect=415)
    assert answered.code == "unsupported_type"


def test_json_may_name_its_charset(filer: Program) -> None:
    program = filer.with_headers(Idempotency_Key=new_key(), Content_Type="Application/JSON; charset=UTF-8")
    program.send("POST", FILED, json.dumps({"applications": [a_filing()]}).encode(), expect=200)


@pytest.mark.parametrize(
    ("other", "pointer"),
    [
        ({"procedure": "renewal"}, "/procedure"),
        ({"procedure": None}, ""),
        ({"application_password": None}, ""),
        ({"application_password": 12345678}, "/application_password"),
        ({"application_password": "x" * 2000}, "/application_password"),
        ({"user_name": ["見本"]}, "/user_name"),
        ({"user_name": "見" * 501}, "/user_name"),
        ({"payment_method": "cash"}, "/payment_method"),
        ({"language": "fr"}, "/language"),
        ({"username": "見本"}, ""),
        ({"bulk_payment_file": "x" * (64 * 1024 + 1)}, "/bulk_payment_file"),
    ],
)
def test_a_member_of_another_shape_is_named(filer: Program, other: dict[str, Any], pointer: str) -> None:
    said = {name: value for name, value in {**a_filing(), **other}.items() if value is not None}
    answered = file(filer, a_filing(), said, expect=400)
    assert answered.pointers == {f"/applications/1{pointer}": "wrong_shape"}
    _require_nothing_was_stored(filer)


@pytest.mark.parametrize(
    ("other", "errors"),
    [
        ({"plate_number": None}, {"plate_number": "required"}),
        ({"plate_number": "品川580"}, {"plate_number": "not_a_plate_number"}),
        ({"chassis_number": "ＡＸ01_1"}, {"chassis_number": "not_a_code"}),
        ({"chassis_number": "A" * 41}, {"chassis_number": "too_long"}),
        ({"applicant_name": ""}, {"applicant_name": "required"}),
        ({"applicant_name": "見本\n太郎"}, {"applicant_name": "line_break"}),
        ({"applicant_name": "見本\u202e太郎"}, {"applicant_name": "forbidden_character"}),
        ({"user_name": "見" * 101}, {"user_name": "too_long"}),
        ({"user_name": "\U00020b9f田"}, {"user_name": "not_on_certificate"}),
        ({"office": "ZZ99"}, {"office": "unknown_office"}),
        ({"office": "HELPDESK"}, {"office": "unknown_office"}),
        ({"notification_email": "taro@"}, {"notification_email": "not_an_address"}),
        ({"application_password": "short"}, {"application_password": "too_short"}),
        ({"application_password": "password123456789"}, {"application_password": "common_password"}),
        ({"application_password": ""}, {"application_password": "required"}),
        ({"recording_agent_name": None}, {"recording_agent_name": "required"}),
        ({"recording_agent_number": None}, {"recording_agent_number": "required"}),
        ({"model": "5BA-AX01"}, {"model": "not_of_procedure"}),
        ({"owner_name": "見本花子", "completion_reference": "C1"}, ["owner_name", "completion_reference"]),
        ({"payment_method": "bulk"}, {"bulk_payment_file": "required"}),
        ({"bulk_payment_file": "{}"}, {"bulk_payment_file": "only_for_bulk_payment"}),
    ],
)
def test_a_wrong_value_is_named_with_its_reason(
    filer: Program, other: dict[str, Any], errors: dict[str, str] | list[str]
) -> None:
    found = _errors(file(filer, a_filing(**other)))
    assert (list(found) if isinstance(errors, list) else found) == errors
    _require_nothing_was_stored(filer)


def test_a_new_vehicle_knows_no_plate(filer: Program) -> None:
    found = _errors(file(filer, a_filing(Procedure.NEW_VEHICLE, plate_number="品川-580-さ-1234")))
    assert found == {"plate_number": "not_of_procedure"}


def test_all_that_is_wrong_is_named_at_once(filer: Program) -> None:
    found = _errors(file(filer, a_filing(office="", user_name="", payment_method="bulk")))
    assert set(found) == {"office", "user_name", "bulk_payment_file"}


def test_passwords_may_not_be_the_persons_own_words(filer: Program) -> None:
    own = "LONG-CHASSIS-NUMBER-0001"
    found = _errors(file(filer, a_filing(chassis_number=own, application_password=own)))
    assert found == {"application_password": "same_as_own"}


def test_names_of_hundreds_of_words_are_refused_at_once(filer: Program) -> None:
    """The words that a password may not be are combined by twos."""
    names = ("applicant_name", "user_name", "receiver_name", "recording_agent_name")
    words: dict[str, Any] = {
        name: " ".join(chr(0x4E00 + 250 * at + one) for one in range(250)) for at, name in enumerate(names)
    }
    found = _errors(file(filer, a_filing(**words)))
    assert set(names) <= set(found)


def test_refusals_speak_the_language_that_is_asked_for(filer: Program) -> None:
    wrong = a_filing(office="ZZ99")
    said = {file(program, wrong).said["results"][0]["errors"][0]["detail"] for program in _both(filer)}
    assert len(said) == 2
    unknown = {program.get(f"{FILED}/1", expect=404).said["detail"] for program in _both(filer)}
    assert len(unknown) == 2
    other = {program.send("PUT", FILED, expect=405).said["detail"] for program in _both(filer)}
    assert len(other) == 2


def _both(program: Program) -> tuple[Program, Program]:
    return program, program.with_headers(Accept_Language="en-GB,en;q=0.9,ja;q=0.5")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused_with_those_that_there_are(filer: Program, method: str) -> None:
    answered = filer.send(method, FILED, expect=405)
    assert answered.code == "method_not_allowed"
    assert "POST" in answered.headers["Allow"]


@pytest.mark.parametrize(
    ("fields", "code", "status"),
    [
        ({}, "wrong_shape", 400),
        ({"colour": "red"}, "wrong_shape", 400),
        ({"user_name": None}, "wrong_shape", 400),
        ({"user_name": "見本次郎", "chassis_number": "AX01-2"}, "field_not_asked", 422),
        ({"chassis_number": "AX01-2"}, "field_not_asked", 422),
        ({"user_name": ""}, "invalid_fields", 422),
        ({"user_name": "見本次郎"}, "invalid_fields", 422),
        ({"user_name": "\U00020b9f田", "receiver_name": ""}, "invalid_fields", 422),
    ],
)
def test_a_correction_names_what_was_asked_for_and_nothing_else(
    filer: Program, in_correction: str, fields: dict[str, Any], code: str, status: int
) -> None:
    path = f"{FILED}/{in_correction}"
    assert filer.post(f"{path}/corrections", {"fields": fields}, expect=status).code == code
    assert filer.get(path).said["state"] == "inspection_correction"


def test_a_correction_leaves_out_nothing_but_may_empty_what_is_optional(filer: Program, in_correction: str) -> None:
    path = f"{FILED}/{in_correction}/corrections"
    missing = filer.post(path, {"fields": {"user_name": "見本次郎"}}, expect=422)
    assert missing.pointers == {"/fields/receiver_name": "required"}
    record = filer.post(path, {"fields": {"user_name": "見本次郎", "receiver_name": ""}}).said["record"]
    assert "receiver_name" not in record


def test_a_withdrawal_says_nothing_more(filer: Program) -> None:
    number = filed(filer, **bulk_payment(filer))
    answered = filer.post(f"{FILED}/{number}/withdrawal", {"reason": "要らない"}, expect=400)
    assert answered.code == "wrong_shape"

"""What an officer is told about a code, and which of several reasons comes first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.application_states import State
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import VISIT, CodeSays, Purpose, QrCode
from chalicelib.domain.verdicts import Verdict, collectable, verdict_on, verdict_on_receiver
from tests.application_builders import PLATE_NUMBER, an_application
from tests.builders import NOW
from tests.code_builders import (
    OFFICE,
    OTHER_CREDENTIAL,
    OTHER_OFFICE,
    SINGLE_LOOKUP_KEY,
    a_qr_code,
    a_receiver,
    a_redemption,
)

SECOND = timedelta(seconds=1)
VALID = None
ENROLMENT, AUTHENTICATION, PASSWORD_CHANGE, SINGLE = (
    Purpose.ENROLMENT,
    Purpose.AUTHENTICATION,
    Purpose.PASSWORD_CHANGE,
    Purpose.SINGLE_VEHICLE,
)


def _on(code: QrCode | None, *, office: str = OFFICE, at: datetime = NOW) -> Verdict | None:
    """The verdict on a code, scanned as it was printed; typed, it must be the same."""
    scanned = verdict_on(code, code.says if code else None, office, at)
    assert scanned == verdict_on(code, None, office, at)
    return scanned


@pytest.mark.parametrize("purpose", Purpose)
def test_a_fresh_code_has_nothing_against_it(purpose: Purpose) -> None:
    assert _on(a_qr_code(purpose)) is VALID


def test_a_code_that_is_not_known_was_not_found() -> None:
    assert _on(None) is Verdict.NOT_FOUND
    assert verdict_on(None, a_qr_code().says, OFFICE, NOW) is Verdict.NOT_FOUND


@pytest.mark.parametrize("purpose", [ENROLMENT, AUTHENTICATION, PASSWORD_CHANGE])
def test_a_code_expires_at_its_end_and_not_before(purpose: Purpose) -> None:
    code = a_qr_code(purpose)
    assert code.expires_at
    assert _on(code, at=code.expires_at - SECOND) is VALID
    assert _on(code, at=code.expires_at) is Verdict.EXPIRED


@pytest.mark.parametrize("purpose", Purpose)
def test_a_used_code_says_so_at_another_office(purpose: Purpose) -> None:
    assert _on(a_qr_code(purpose, redemption=a_redemption()), office=OTHER_OFFICE) is Verdict.USED


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not AUTHENTICATION])
def test_most_codes_are_used_at_once(purpose: Purpose) -> None:
    assert _on(a_qr_code(purpose, redemption=a_redemption())) is Verdict.USED


def test_an_authentication_code_is_used_when_the_visit_is_over() -> None:
    code = a_qr_code(AUTHENTICATION, redemption=a_redemption())
    assert _on(code, at=NOW + VISIT - SECOND) is VALID
    assert _on(code, at=NOW + VISIT) is Verdict.USED


@pytest.mark.parametrize(
    "other",
    [
        {"purpose": PASSWORD_CHANGE},
        {"lookup_key": SINGLE_LOOKUP_KEY},
        {"issued_at": NOW - SECOND},
        {"expires_at": None},
        {"expires_at": NOW + timedelta(days=3650)},
    ],
)
def test_a_genuine_print_that_differs_from_what_was_issued_is_forged(other: dict[str, Any]) -> None:
    code = a_qr_code()
    assert verdict_on(code, replace(code.says, **other), OFFICE, NOW) is Verdict.FORGED


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (lambda code: code, Verdict.EXPIRED),
        (lambda code: code.redeemed(a_redemption()), Verdict.USED),
        (lambda code: code.redeemed(a_redemption()).revoked(NOW), Verdict.REVOKED),
    ],
    ids=["expired", "used and expired", "revoked, used and expired"],
)
def test_of_several_reasons_the_strongest_is_told(change: Callable[[QrCode], QrCode], verdict: Verdict) -> None:
    code = change(a_qr_code())
    end = NOW + timedelta(days=1000)
    assert _on(code, at=end) is verdict
    false = CodeSays(AUTHENTICATION, code.lookup_key, NOW, None)
    assert verdict_on(code, false, OFFICE, end) is Verdict.FORGED


@pytest.mark.parametrize(
    ("purpose", "exists", "is_same", "verdict"),
    [
        (ENROLMENT, False, True, VALID),
        (ENROLMENT, True, True, Verdict.NAME_TAKEN),
        (ENROLMENT, True, False, Verdict.NAME_TAKEN),
        (AUTHENTICATION, False, True, Verdict.RECEIVER_UNKNOWN),
        (AUTHENTICATION, True, True, VALID),
        (AUTHENTICATION, True, False, Verdict.CREDENTIAL_WRONG),
        (PASSWORD_CHANGE, False, True, Verdict.RECEIVER_UNKNOWN),
        (PASSWORD_CHANGE, True, True, VALID),
        (PASSWORD_CHANGE, True, False, VALID),
    ],
)
def test_the_receiver_decides_the_rest(
    purpose: Purpose,
    exists: bool,  # noqa: FBT001
    is_same: bool,  # noqa: FBT001
    verdict: Verdict | None,
) -> None:
    receiver = a_receiver() if is_same else a_receiver(credential=OTHER_CREDENTIAL)
    assert verdict_on_receiver(a_qr_code(purpose), receiver if exists else None) is verdict


def test_after_a_password_change_old_authentication_codes_die_and_new_ones_live_whenever_they_were_issued() -> None:
    changed = a_receiver().with_credential(OTHER_CREDENTIAL, NOW)
    for issued_at in (NOW - SECOND, NOW, NOW + SECOND):
        old = a_qr_code(AUTHENTICATION, issued_at=issued_at)
        assert verdict_on_receiver(old, changed) is Verdict.CREDENTIAL_WRONG
        assert verdict_on_receiver(replace(old, credential=OTHER_CREDENTIAL), changed) is VALID


def test_a_new_vehicle_lies_on_the_shelf_under_the_plate_that_the_review_gave_it() -> None:
    application = an_application(Procedure.NEW_VEHICLE, State.READY_TO_ISSUE)
    assert application.record.plate_number == ""
    found = collectable(application)
    assert found.plate_number == PLATE_NUMBER
    assert (found.application_number, found.procedure) == (application.application_number, Procedure.NEW_VEHICLE)
    assert (found.record, found.changed_at) == (application.record, application.changed_at)


def test_an_old_vehicle_lies_there_under_its_own() -> None:
    application = an_application(state=State.READY_TO_RETURN)
    assert collectable(application).plate_number == application.record.plate_number == PLATE_NUMBER

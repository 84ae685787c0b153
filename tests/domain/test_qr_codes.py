"""二次元コード: how long one is good, and what becomes of it (manual 2)."""

from datetime import timedelta

import pytest

from chalicelib.domain.qr_codes import RECEIVER_PURPOSES, SHOWN_FOR, VISIT, Purpose
from tests.builders import NOW
from tests.code_builders import (
    CREDENTIAL,
    OFFICE,
    OTHER_OFFICE,
    OTHER_OFFICER_ID,
    RECEIVER_NAME,
    a_qr_code,
    a_redemption,
)

TICK = timedelta(microseconds=1)
OFTEN = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("purpose", "days"), [(Purpose.ENROLMENT, 90), (Purpose.AUTHENTICATION, 30), (Purpose.PASSWORD_CHANGE, 90)]
)
def test_a_receivers_code_is_good_until_its_last_moment(purpose: Purpose, days: int) -> None:
    end = NOW + timedelta(days=days)
    code = a_qr_code(purpose)
    assert code.expires_at == end
    assert not code.is_expired(end - TICK)
    assert code.is_expired(end)


def test_a_single_vehicles_code_never_expires() -> None:
    assert Purpose.SINGLE_VEHICLE.lifetime is None
    assert not a_qr_code(Purpose.SINGLE_VEHICLE).is_expired(NOW + timedelta(days=10_000))


def test_three_purposes_are_about_receivers() -> None:
    assert set(RECEIVER_PURPOSES) == set(Purpose) - {Purpose.SINGLE_VEHICLE}


def test_a_code_is_shown_for_half_an_hour_in_the_browser_that_issued_it() -> None:
    code = a_qr_code(shown_to="browser")
    assert timedelta(minutes=30) == SHOWN_FOR
    assert code.is_shown_to("browser", NOW + SHOWN_FOR - TICK)
    assert not code.is_shown_to("browser", NOW + SHOWN_FOR)
    assert not code.is_shown_to("another", NOW)


@pytest.mark.parametrize("purpose", Purpose)
def test_what_is_printed_names_nobody_and_holds_no_secret(purpose: Purpose) -> None:
    code = a_qr_code(purpose)
    says = code.says
    assert (says.purpose, says.lookup_key) == (purpose, code.lookup_key)
    assert (says.issued_at, says.expires_at) == (code.issued_at, code.expires_at)
    assert len(vars(says)) == 4
    assert not {RECEIVER_NAME, CREDENTIAL, code.application_number} & set(vars(says).values())


@pytest.mark.parametrize("purpose", Purpose)
def test_a_code_that_was_not_used_is_open_everywhere(purpose: Purpose) -> None:
    assert a_qr_code(purpose).is_open_at(OFFICE, NOW)
    assert a_qr_code(purpose).is_open_at(OTHER_OFFICE, NOW)


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.AUTHENTICATION])
def test_most_codes_are_used_once(purpose: Purpose) -> None:
    assert not a_qr_code(purpose, redemption=a_redemption()).is_open_at(OFFICE, NOW)


def test_an_authentication_code_is_good_for_one_visit_at_one_office() -> None:
    code = a_qr_code(Purpose.AUTHENTICATION, redemption=a_redemption())
    assert timedelta(minutes=30) == VISIT
    assert code.is_open_at(OFFICE, NOW + VISIT - TICK)
    assert not code.is_open_at(OFFICE, NOW + VISIT)
    assert not code.is_open_at(OTHER_OFFICE, NOW)


def test_a_visit_is_not_made_longer_by_handing_over_more() -> None:
    first = a_redemption()
    code = a_qr_code(Purpose.AUTHENTICATION).redeemed(first)
    again = code.redeemed(a_redemption(at=NOW + OFTEN, officer_id=OTHER_OFFICER_ID))
    assert again == code
    assert again.redemption == first


def test_the_first_moment_of_a_revocation_stays() -> None:
    revoked = a_qr_code().revoked(NOW)
    assert revoked.revoked(NOW + OFTEN) == revoked
    assert revoked.revoked_at == NOW


def test_using_a_code_changes_nothing_that_is_printed() -> None:
    code = a_qr_code()
    assert code.redeemed(a_redemption()).says == code.revoked(NOW).says == code.says

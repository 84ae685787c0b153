"""Officers' one-time passwords: those of RFC 6238, and which time step each belongs to."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from chalicelib.one_time_passwords import address_of, new_secret, step_of
from tests.builders import NOW
from tests.code_builders import OFFICER_ID, TOTP_SECRET

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
STEP = timedelta(seconds=30)
CURRENT = int(NOW.timestamp()) // 30
CODE = pyotp.TOTP(TOTP_SECRET).at(NOW)


@pytest.mark.parametrize(
    ("second", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_the_codes_of_the_standard_are_known(second: int, code: str) -> None:
    assert step_of(RFC_SECRET, code, datetime.fromtimestamp(second, UTC)) == second // 30


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off_and_the_step_stays_the_codes_own(drift: int) -> None:
    assert step_of(TOTP_SECRET, CODE, NOW + drift * STEP) == CURRENT


@pytest.mark.parametrize("drift", [-10, -2, 2, 10])
def test_an_older_or_later_code_is_wrong(drift: int) -> None:
    assert step_of(TOTP_SECRET, CODE, NOW + drift * STEP) is None


@pytest.mark.parametrize("code", ["", CODE[:-1], f"{CODE}0", f"{(int(CODE) + 1) % 10**6:06d}", "abcdef", "数字"])
def test_every_other_code_is_wrong(code: str) -> None:
    assert step_of(TOTP_SECRET, code, NOW) is None


def test_the_code_of_another_secret_is_wrong() -> None:
    assert step_of(RFC_SECRET, CODE, NOW) is None


def test_secrets_differ_and_have_160_bits() -> None:
    found = {new_secret() for _ in range(20)}
    assert len(found) == 20
    assert {len(secret) for secret in found} == {32}


def test_an_authenticator_reads_the_secret_from_its_address() -> None:
    address = urlsplit(address_of(TOTP_SECRET, OFFICER_ID, "Madoguchi"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert address.path == f"/Madoguchi:{OFFICER_ID}"
    assert parse_qs(address.query) == {"secret": [TOTP_SECRET], "issuer": ["Madoguchi"]}

"""Officers' one-time passwords (RFC 6238), apart from the rest: only the counter loads their library."""

from datetime import datetime

import pyotp

_STEP_SECONDS = 30
_DRIFT = (0, -1, 1)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code that is; phones' clocks may be half a minute off. None for every other code."""
    current = int(now.timestamp()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret, interval=_STEP_SECONDS)
    for drift in _DRIFT:
        if pyotp.utils.strings_equal(totp.generate_otp(current + drift), code):
            return current + drift
    return None


def new_secret() -> str:
    """A secret for an authenticator, in base32."""
    return pyotp.random_base32()


def address_of(secret: str, officer_id: str, issuer: str) -> str:
    """What an authenticator's camera reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=officer_id, issuer_name=issuer)

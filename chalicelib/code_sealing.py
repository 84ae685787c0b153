"""Signatures of two-dimensional codes, wired apart from the rest: few functions should pay for PyNaCl."""

from functools import lru_cache

from chalicelib.ports import CodeSealer
from chalicelib.settings import Settings
from chalicelib.signing.qr_codes import QrCodeSeal


@lru_cache(maxsize=1)
def qr_code_seal(settings: Settings) -> CodeSealer:
    """The seal with the keys of these settings, made when it is first needed."""
    return QrCodeSeal(settings)

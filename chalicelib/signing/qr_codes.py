"""What two-dimensional codes carry: signed, checkable by anybody, and readable by every scanner.

`MDG1` and 135 characters of base32 (RFC 4648, without padding): letters and digits alone, because scanners that type
as keyboards garble signs. Below it 84 bytes: purpose (1), lookup key as a number (7), issued and expires as epoch
seconds (4 each, 0 for none), key id (4), Ed25519 signature (64) of all before it. docs/qr-codes.md describes it.
"""

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from nacl.exceptions import CryptoError

from chalicelib.domain.code_refusals import CodeForged
from chalicelib.domain.lookup_keys import is_lookup_key, is_single
from chalicelib.domain.qr_codes import CodeSays, Purpose
from chalicelib.settings import Settings
from chalicelib.signing.published import jwk, keys_for, public_key_in

MARK = "MDG1"
SHAPE = re.compile(rf"{MARK}[A-Z2-7]{{135}}", re.ASCII)
# No key of another purpose is derived from it.
_PURPOSE = b"madoguchi-qr-code-1"
_PREFIX = _PURPOSE + b"\n"
_BODY = struct.Struct(">B7sII4s")
_PURPOSES = (Purpose.ENROLMENT, Purpose.AUTHENTICATION, Purpose.PASSWORD_CHANGE, Purpose.SINGLE_VEHICLE)
_KEY_ID_BYTES = 4


class QrCodeSeal:
    """`ports.CodeSealer`: the newest key signs, all verify; each is derived for this purpose alone."""

    def __init__(self, settings: Settings) -> None:
        self._keys = keys_for(_PURPOSE, settings)
        public_keys = [bytes(key.verify_key) for key in self._keys]
        self._public_keys = {"keys": [jwk(one, key_id_of(one).hex()) for one in public_keys]}

    def sealed(self, says: CodeSays) -> str:
        """The text of the code: 139 characters."""
        key = self._keys[0]
        body = _body(says, key_id_of(bytes(key.verify_key)))
        return MARK + base64.b32encode(body + key.sign(_PREFIX + body).signature).decode().rstrip("=")

    def opened(self, text: str) -> CodeSays:
        """What a code of ours says, by a key still in use. Raises CodeForged."""
        return verified(text, self._public_keys)

    def public_keys(self) -> dict[str, Any]:
        """All keys in use, newest first, as a JWK Set (RFC 7517, RFC 8037)."""
        return self._public_keys


def verified(text: str, keys: Mapping[str, Any]) -> CodeSays:
    """What a code says whose signature is good by one of `keys`, a JWK Set. Raises CodeForged for all others."""
    if not SHAPE.fullmatch(text):
        raise CodeForged
    try:
        raw = base64.b32decode(f"{text.removeprefix(MARK)}=")
        body, signature = raw[: _BODY.size], raw[_BODY.size :]
        public_key_in(keys, body[-_KEY_ID_BYTES:].hex()).verify(_PREFIX + body, signature)
        says = _said(body)
    except (ValueError, IndexError, binascii.Error, CryptoError) as error:
        raise CodeForged from error
    # One way to write it: spare bits of the last letter are refused with everything else that differs.
    if base64.b32encode(raw).decode().rstrip("=") != text.removeprefix(MARK):
        raise CodeForged
    return says


def key_id_of(public_key: bytes) -> bytes:
    """How a key is called in codes: the beginning of its SHA-256."""
    return hashlib.sha256(public_key).digest()[:_KEY_ID_BYTES]


def _body(says: CodeSays, key_id: bytes) -> bytes:
    number = int(says.lookup_key.removeprefix("K"))
    return _BODY.pack(
        _PURPOSES.index(says.purpose),
        number.to_bytes(7, "big"),
        int(says.issued_at.timestamp()),
        int(says.expires_at.timestamp()) if says.expires_at else 0,
        key_id,
    )


def _said(body: bytes) -> CodeSays:
    purpose_at, number, issued, expires, _ = _BODY.unpack(body)
    purpose = _PURPOSES[purpose_at]
    digits = int.from_bytes(number, "big")
    lookup_key = f"K{digits:015d}" if purpose is Purpose.SINGLE_VEHICLE else f"{digits:016d}"
    if not is_lookup_key(lookup_key) or is_single(lookup_key) is purpose.is_about_receivers:
        raise CodeForged
    expires_at = datetime.fromtimestamp(expires, UTC) if expires else None
    return CodeSays(purpose, lookup_key, datetime.fromtimestamp(issued, UTC), expires_at)

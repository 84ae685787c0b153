"""まとめ納付管理ファイル: RFC 8785 canonical JSON, signed with Ed25519; docs/bulk-payment-file.md describes it."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import rfc8785
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from chalicelib.domain.bulk_files import BulkPaymentFile
from chalicelib.domain.refusals import BulkFileForged
from chalicelib.settings import Settings

FORMAT = "madoguchi-bulk-payment-file"
VERSION = 1
MOST_BYTES = 16 * 1024
_PURPOSE = b"madoguchi-bulk-payment-file-1\n"
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_MEMBERS = {
    "format": str,
    "version": int,
    "payer_id": str,
    "display_name": str,
    "issued_at": str,
    "expires_at": str,
    "serial": int,
    "key_id": str,
    "signature": str,
}


class BulkFileSeal:
    """`ports.BulkFileSealer`: the newest key signs, all verify. Each key is derived for this purpose alone."""

    def __init__(self, settings: Settings) -> None:
        self._keys = [_signing_key(seed) for seed in settings.signing_keys]
        self._public = {_key_id(key.verify_key): key.verify_key for key in self._keys}

    def sealed(self, file: BulkPaymentFile) -> str:
        """The canonical JSON, on one line."""
        key = self._keys[0]
        members: dict[str, Any] = {
            "format": FORMAT,
            "version": VERSION,
            "payer_id": file.payer_id,
            "display_name": file.display_name,
            "issued_at": file.issued_at.astimezone(UTC).strftime(_MOMENT),
            "expires_at": file.expires_at.astimezone(UTC).strftime(_MOMENT),
            "serial": file.serial,
            "key_id": _key_id(key.verify_key),
        }
        signature = key.sign(_PURPOSE + rfc8785.dumps(members)).signature
        return rfc8785.dumps({**members, "signature": _text(signature)}).decode()

    def opened(self, content: bytes) -> BulkPaymentFile:
        """What a file of ours says. Raises BulkFileForged."""
        return _opened(content, self._public)

    def public_keys(self) -> dict[str, Any]:
        """A JWK Set (RFC 7517) of Ed25519 keys (RFC 8037)."""
        return {
            "keys": [
                {"kty": "OKP", "crv": "Ed25519", "x": _text(bytes(key)), "kid": kid, "use": "sig", "alg": "EdDSA"}
                for kid, key in self._public.items()
            ]
        }


def verified(content: bytes, jwks: Mapping[str, Any]) -> BulkPaymentFile:
    """What a file says whose signature is good under one of the published keys. Raises BulkFileForged."""
    return _opened(content, {jwk["kid"]: VerifyKey(_bytes(jwk["x"])) for jwk in jwks["keys"]})


def _opened(content: bytes, keys: Mapping[str, VerifyKey]) -> BulkPaymentFile:
    if len(content) > MOST_BYTES:
        raise BulkFileForged
    try:
        members = json.loads(content.decode("utf-8"))
        _require_form(members, content)
        signature = _bytes(members.pop("signature"))
        keys[members["key_id"]].verify(_PURPOSE + rfc8785.dumps(members), signature)
        return _file_in(members)
    except (ValueError, KeyError, RecursionError, NotBase64, BadSignatureError) as error:
        raise BulkFileForged from error


def _require_form(members: Any, content: bytes) -> None:
    """The members of this version, each of its type, and not a byte that is not canonical. Raises ValueError."""
    if not isinstance(members, dict) or {name: type(value) for name, value in members.items()} != _MEMBERS:
        raise ValueError("members")
    if (members["format"], members["version"]) != (FORMAT, VERSION) or rfc8785.dumps(members) != content:
        raise ValueError("form")


def _file_in(members: Mapping[str, Any]) -> BulkPaymentFile:
    return BulkPaymentFile(
        payer_id=members["payer_id"],
        display_name=members["display_name"],
        issued_at=_moment(members["issued_at"]),
        expires_at=_moment(members["expires_at"]),
        serial=members["serial"],
    )


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)


def _signing_key(seed: str) -> SigningKey:
    return SigningKey(hmac.new(_bytes(seed), _PURPOSE, hashlib.sha256).digest())


def _key_id(key: VerifyKey) -> str:
    return _text(hashlib.sha256(bytes(key)).digest()[:8])


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))

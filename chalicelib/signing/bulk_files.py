"""Bulk payment files as signed documents. docs/bulk-payment-file.md describes them for those who read them elsewhere.

A file's bytes are the canonical form (RFC 8785) of its own content, so there is only one way to write it: whoever
changes a byte of it, were it a space or a spare bit of the signature's base64, has another file.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import rfc8785
from nacl.exceptions import CryptoError

from chalicelib.domain.bulk_files import BulkPaymentFile
from chalicelib.domain.refusals import BulkFileForged
from chalicelib.settings import Settings
from chalicelib.signing.published import decoded, encoded, jwk, keys_for, public_key_in

FORMAT = "madoguchi-bulk-payment-file"
VERSION = 1
LARGEST_BYTES = 16 * 1024
# What these keys sign begins with the purpose, and no key of another purpose is derived from it.
_PURPOSE = f"{FORMAT}-{VERSION}".encode()
_PREFIX = _PURPOSE + b"\n"
_KEY_ID_BYTES = 8
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_TYPES = {
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
    """`ports.BulkFileSealer`: the newest key signs, all verify; each is derived for this purpose alone."""

    def __init__(self, settings: Settings) -> None:
        self._keys = keys_for(_PURPOSE, settings)
        public_keys = [bytes(key.verify_key) for key in self._keys]
        self._public_keys = {"keys": [jwk(one, key_id_of(one)) for one in public_keys]}

    def sealed(self, file: BulkPaymentFile) -> str:
        """The file as people keep it."""
        key = self._keys[0]
        unsigned = _unsigned(file, key_id_of(bytes(key.verify_key)))
        signature = key.sign(_PREFIX + rfc8785.dumps(unsigned)).signature
        return rfc8785.dumps({**unsigned, "signature": encoded(signature)}).decode()

    def opened(self, content: bytes) -> BulkPaymentFile:
        """What a file of ours says, by a key still in use. Raises BulkFileForged."""
        return verified(content, self._public_keys)

    def public_keys(self) -> dict[str, Any]:
        """All keys in use, newest first, as a JWK Set (RFC 7517, RFC 8037)."""
        return self._public_keys


def verified(content: bytes, keys: Mapping[str, Any]) -> BulkPaymentFile:
    """What a file says whose signature is good by one of `keys`, a JWK Set. Raises BulkFileForged for all others."""
    try:
        document = _read(content)
        file, signature = _file_in(document), decoded(document["signature"])
        unsigned = _unsigned(file, document["key_id"])
        if rfc8785.dumps({**unsigned, "signature": encoded(signature)}) != content:
            raise BulkFileForged
        public_key_in(keys, document["key_id"]).verify(_PREFIX + rfc8785.dumps(unsigned), signature)
    except (ValueError, RecursionError, CryptoError) as error:
        raise BulkFileForged from error
    return file


def key_id_of(public_key: bytes) -> str:
    """How a key is called in files and key sets: the beginning of its SHA-256."""
    return encoded(hashlib.sha256(public_key).digest()[:_KEY_ID_BYTES])


def _unsigned(file: BulkPaymentFile, key_id: str) -> dict[str, str | int]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "payer_id": file.payer_id,
        "display_name": file.display_name,
        "issued_at": _written(file.issued_at),
        "expires_at": _written(file.expires_at),
        "serial": file.serial,
        "key_id": key_id,
    }


def _read(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST_BYTES:
        raise BulkFileForged
    document = json.loads(content.decode("utf-8"))
    if type(document) is not dict or {name: type(value) for name, value in document.items()} != _TYPES:
        raise BulkFileForged
    return document


def _file_in(document: dict[str, Any]) -> BulkPaymentFile:
    return BulkPaymentFile(
        payer_id=document["payer_id"],
        display_name=document["display_name"],
        issued_at=_moment(document["issued_at"]),
        expires_at=_moment(document["expires_at"]),
        serial=document["serial"],
    )


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _moment(text: str) -> datetime:
    if not _MOMENT.fullmatch(text):
        raise BulkFileForged
    return datetime.fromisoformat(text)

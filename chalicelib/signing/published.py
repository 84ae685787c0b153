"""Ed25519 keys that anybody can check with: derived for one purpose each, published as JWK Sets (RFC 7517, 8037)."""

import base64
import hmac
from collections.abc import Mapping
from typing import Any

from nacl.signing import SigningKey, VerifyKey

from chalicelib.settings import Settings


def keys_for(purpose: bytes, settings: Settings) -> list[SigningKey]:
    """The keys of one purpose, newest first; no key of another purpose is among them."""
    return [SigningKey(hmac.digest(decoded(seed), purpose, "sha256")) for seed in settings.signing_keys]


def jwk(public_key: bytes, key_id: str) -> dict[str, str]:
    """A public key under the name by which what it signed calls it."""
    return {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key_id, "x": encoded(public_key)}


def public_key_in(keys: Mapping[str, Any], key_id: str) -> VerifyKey:
    """The key of that name in a JWK Set. Raises ValueError when there is none, or none that can be read."""
    for key in keys["keys"]:
        if (key.get("kid"), key.get("kty"), key.get("crv")) == (key_id, "OKP", "Ed25519"):
            return VerifyKey(decoded(key.get("x", "")))
    raise ValueError("no such key")


def encoded(content: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """What base64url without padding says. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)

"""The environment that the portal meets on a developer's machine, and which AWS it talks to."""

import os
import re
from collections.abc import Mapping, MutableMapping
from enum import StrEnum

REGION = "ap-northeast-1"
# Known to everybody who reads this file: they protect example records and nothing else.
_SETTINGS = {
    "TABLE_PREFIX": "local",
    "SECRET_KEYS": "local-only-key-that-everybody-knows-and-that-protects-nothing",
    "PEPPER": "local-only-pepper-that-everybody-knows-and-that-protects-nothing",
    "SIGNING_KEYS": "bG9jYWwtb25seS1zaWduaW5nLXNlZWQtMzItYnl0ZXM",
}
_REAL_KEY = re.compile(r"A[KS]IA[A-Z0-9]{16}", re.ASCII)
_SENDER = "notice@madoguchi.example.jp"
# Emulators tell accounts apart by a key of 12 digits.
_NOBODY = {"AWS_ACCESS_KEY_ID": "123456789012", "AWS_SECRET_ACCESS_KEY": "opens-nothing"}
_MOTO = {
    # moto does not know the address of streams that has the account's number in it.
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


class Backend(StrEnum):
    """What answers in place of AWS, or AWS itself."""

    MOTO = "moto"
    ENDPOINT = "endpoint"
    AWS = "aws"


def choose_backend(environment: MutableMapping[str, str]) -> Backend:
    """What the person at the terminal asked for: an endpoint, an account of theirs, or nothing."""
    if any(value for name, value in environment.items() if name.startswith("AWS_ENDPOINT_URL")):
        return Backend.ENDPOINT
    return Backend.AWS if _has_account(environment) else Backend.MOTO


def _has_account(environment: Mapping[str, str]) -> bool:
    """A profile, or a key of the form that AWS gives out: placeholders such as "test" are nobody's account."""
    return bool(environment.get("AWS_PROFILE") or _REAL_KEY.fullmatch(environment.get("AWS_ACCESS_KEY_ID", "")))


def prepare(environment: MutableMapping[str, str], port: int) -> Backend:
    """Set what the portal reads when it is loaded."""
    backend = choose_backend(environment)
    region = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or REGION
    environment.update(_SETTINGS, BASE_URL=f"http://127.0.0.1:{port}", AWS_REGION=region, AWS_DEFAULT_REGION=region)
    environment.setdefault("MAIL_FROM", _SENDER)
    if not (_has_account(environment) or (backend is Backend.ENDPOINT and environment.get("AWS_ACCESS_KEY_ID"))):
        environment.update(_NOBODY)
        environment.pop("AWS_SESSION_TOKEN", None)
    if backend is Backend.MOTO:
        environment.update(_MOTO)
    return backend

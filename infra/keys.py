"""The secrets of a stage: made once, kept in the Parameter Store, never printed and never overwritten.

CloudFormation cannot make encrypted parameters; so this does, before the stack.
"""

import argparse
import secrets
from typing import Any

import boto3

from infra.stages import stack_name

# How many random bytes each has; a signing key is the seed of an Ed25519 key, which has exactly 32.
_BYTES = {"SECRET_KEYS": 48, "PEPPER": 48, "SIGNING_KEYS": 32}
NAMES = tuple(_BYTES)
LISTS = ("SECRET_KEYS", "SIGNING_KEYS")


def secrets_path(stack: str) -> str:
    """Where the secrets of a stack are kept; its functions may read nothing else."""
    return f"/{stack}"


def ensure_secrets(ssm: Any, stack: str) -> list[str]:
    """Make what is missing. The answer: the names of what was made."""
    kept = ssm.get_parameters_by_path(Path=secrets_path(stack))["Parameters"]
    present = {parameter["Name"] for parameter in kept}
    missing = {path: name for name in NAMES if (path := f"{secrets_path(stack)}/{name}") not in present}
    for path, name in missing.items():
        ssm.put_parameter(Name=path, Value=_new(name), Type="SecureString", Overwrite=False)
    return list(missing)


def rotate_key(ssm: Any, stack: str, name: str = LISTS[0]) -> int:
    """Put a new key before the others of the list `name`, which go on verifying. The answer: how many there are now."""
    kept = _kept(ssm, stack, name)
    _store(ssm, stack, name, [_new(name), *kept])
    return len(kept) + 1


def drop_oldest_key(ssm: Any, stack: str, name: str = LISTS[0]) -> int:
    """Let the oldest key go, once nothing that it signed is alive. The answer: how many are left."""
    kept = _kept(ssm, stack, name)
    if len(kept) > 1:
        _store(ssm, stack, name, kept[:-1])
    return max(len(kept) - 1, 1)


def _new(name: str) -> str:
    return secrets.token_urlsafe(_BYTES[name])


def _kept(ssm: Any, stack: str, name: str) -> list[str]:
    parameter = ssm.get_parameter(Name=f"{secrets_path(stack)}/{name}", WithDecryption=True)["Parameter"]
    return str(parameter["Value"]).split(",")


def _store(ssm: Any, stack: str, name: str, keys: list[str]) -> None:
    path = f"{secrets_path(stack)}/{name}"
    ssm.put_parameter(Name=path, Value=",".join(keys), Type="SecureString", Overwrite=True)


def main() -> None:
    """Rotate: add a key, or drop the oldest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage")
    parser.add_argument("step", choices=("add", "drop"))
    parser.add_argument("--keys", choices=LISTS, default=LISTS[0])
    asked = parser.parse_args()
    change = {"add": rotate_key, "drop": drop_oldest_key}[asked.step]
    count = change(boto3.client("ssm"), stack_name(asked.stage), asked.keys)
    print(f"{count} {asked.keys}; functions take them up when they start anew")


if __name__ == "__main__":
    main()

"""The secrets of a stage: made once, kept in the Parameter Store, never printed and never overwritten.

CloudFormation cannot make encrypted parameters; so this does, before the stack.
"""

import argparse
import secrets
from typing import Any

import boto3

from infra.stages import stack_name

NAMES = ("SECRET_KEYS", "PEPPER")
_BYTES = 48


def secrets_path(stack: str) -> str:
    """Where the secrets of a stack are kept; its functions may read nothing else."""
    return f"/{stack}"


def ensure_secrets(ssm: Any, stack: str) -> list[str]:
    """Make what is missing. The answer: the names of what was made."""
    kept = ssm.get_parameters_by_path(Path=secrets_path(stack))["Parameters"]
    present = {parameter["Name"] for parameter in kept}
    missing = [name for name in (f"{secrets_path(stack)}/{name}" for name in NAMES) if name not in present]
    for name in missing:
        ssm.put_parameter(Name=name, Value=secrets.token_urlsafe(_BYTES), Type="SecureString", Overwrite=False)
    return missing


def rotate_key(ssm: Any, stack: str) -> int:
    """Put a new signing key before the others, which go on verifying. The answer: how many there are now."""
    name = f"{secrets_path(stack)}/{NAMES[0]}"
    kept = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"].split(",")
    _store(ssm, name, [secrets.token_urlsafe(_BYTES), *kept])
    return len(kept) + 1


def drop_oldest_key(ssm: Any, stack: str) -> int:
    """Let the oldest signing key go, once nothing that it signed is alive. The answer: how many are left."""
    name = f"{secrets_path(stack)}/{NAMES[0]}"
    kept = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"].split(",")
    if len(kept) > 1:
        _store(ssm, name, kept[:-1])
    return max(len(kept) - 1, 1)


def _store(ssm: Any, name: str, keys: list[str]) -> None:
    ssm.put_parameter(Name=name, Value=",".join(keys), Type="SecureString", Overwrite=True)


def main() -> None:
    """Rotate: add a key, or drop the oldest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage")
    parser.add_argument("step", choices=("add", "drop"))
    asked = parser.parse_args()
    change = {"add": rotate_key, "drop": drop_oldest_key}[asked.step]
    print(f"{change(boto3.client('ssm'), stack_name(asked.stage))} keys; functions take them up when they start anew")


if __name__ == "__main__":
    main()

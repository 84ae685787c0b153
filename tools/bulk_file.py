"""Says what a bulk payment file (まとめ納付管理ファイル) says, and whether it is genuine and still good.

usage: python -m tools.bulk_file FILE --keys KEYS, where KEYS is the file or the address of the published public keys.
Exit code 0 when the signature is good and the year is not over, else 1. Whether a newer file was issued since, only the
portal knows. docs/bulk-payment-file.md describes the format.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from chalicelib.domain.bulk_files import BulkPaymentFile
from chalicelib.domain.refusals import BulkFileForged
from chalicelib.signing.bulk_files import verified

_ADDRESSES = ("https://", "http://127.0.0.1", "http://localhost")
_SECONDS = 10


class KeysUnreadable(Exception):
    """There is no set of public keys where one was said to be."""


def read_keys(place: str) -> dict[str, Any]:
    """The JWK Set in a file or at an address. Raises KeysUnreadable."""
    try:
        keys = json.loads(_content_of(place))
    except (OSError, ValueError) as error:
        raise KeysUnreadable(f"{place}: {error}") from error
    if not isinstance(keys, dict) or not isinstance(keys.get("keys"), list):
        raise KeysUnreadable(f"{place} holds no JWK Set")
    if not all(isinstance(key, dict) and isinstance(key.get("x", ""), str) for key in keys["keys"]):
        raise KeysUnreadable(f"{place} holds something else than keys")
    return keys


def _content_of(place: str) -> bytes:
    if not place.startswith(_ADDRESSES):
        return Path(place).read_bytes()
    with urlopen(place, timeout=_SECONDS) as answer:  # noqa: S310 - the schemes are those above
        content: bytes = answer.read()
        return content


def report(content: bytes, keys: dict[str, Any], now: datetime) -> tuple[int, str]:
    """The exit code and what to print about a file."""
    try:
        file = verified(content, keys)
    except BulkFileForged:
        return 1, "FORGED: not issued with one of these keys, or changed since. What it says means nothing."
    state = "EXPIRED" if file.is_expired(now) else "good"
    return int(file.is_expired(now)), "\n".join((*_lines(file), f"signature:    good\nfile:         {state}"))


def _lines(file: BulkPaymentFile) -> tuple[str, ...]:
    return (
        f"payer ID:     {file.payer_id}",
        f"display name: {file.display_name}",
        f"issued at:    {file.issued_at.isoformat()}",
        f"expires at:   {file.expires_at.isoformat()}",
        f"serial:       {file.serial}",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Read both, and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--keys", required=True, help="a file or an https address")
    asked = parser.parse_args(arguments)
    try:
        code, words = report(asked.file.read_bytes(), read_keys(asked.keys), datetime.now(UTC))
    except (OSError, KeysUnreadable) as error:
        code, words = 1, f"NOT CHECKED: {error}"
    print(words, file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())

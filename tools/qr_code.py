"""Says what a two-dimensional code says, and whether it is genuine and still good, without asking the portal.

usage: python -m tools.qr_code TEXT --keys KEYS, where TEXT is what a scanner reads and KEYS the file or the address of
the published public keys. Exit code 0 when the signature is good and the code has not expired, else 1. Whether it was
used or revoked, and whether its receiver exists, only the portal knows. docs/qr-codes.md describes the format.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.code_refusals import CodeForged
from chalicelib.domain.lookup_keys import grouped_key
from chalicelib.domain.qr_codes import CodeSays
from chalicelib.signing.qr_codes import verified
from tools.bulk_file import KeysUnreadable, read_keys


def report(text: str, keys: dict[str, Any], now: datetime) -> tuple[int, str]:
    """The exit code and what to print about a code."""
    try:
        says = verified(text.strip(), keys)
    except CodeForged:
        return 1, "FORGED: not issued with one of these keys, or changed since. What it says means nothing."
    is_expired = says.expires_at is not None and now >= says.expires_at
    state = "EXPIRED" if is_expired else "good"
    verdict = "genuine, not checked for use or revocation"
    return int(is_expired), "\n".join((*_lines(says), f"time:       {state}", f"signature:  {verdict}"))


def _lines(says: CodeSays) -> tuple[str, ...]:
    return (
        f"purpose:    {says.purpose.value}",
        f"lookup key: {grouped_key(says.lookup_key)}",
        f"issued at:  {says.issued_at.isoformat()}",
        f"expires at: {says.expires_at.isoformat() if says.expires_at else 'when it is used'}",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Read both, and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", help="what the scanner reads")
    parser.add_argument("--keys", required=True, help="a file or an https address")
    asked = parser.parse_args(arguments)
    try:
        code, words = report(asked.text, read_keys(asked.keys), datetime.now(UTC))
    except KeysUnreadable as error:
        code, words = 1, f"NOT CHECKED: {error}"
    print(words, file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())

"""What the operators' tools share: a unit of work without the portal's secrets, and telling what came of a step."""

import argparse
import sys

from chalicelib.ports import StoreUnavailable
from chalicelib.storage.work import StoredWork
from chalicelib.wiring import new_token, pause


class NotDone(Exception):
    """What was asked for cannot be done; the message says why."""


def work() -> StoredWork:
    """A unit of work that meets no mail address and no receiver's name: it needs no pepper."""
    return StoredWork(_no_digest, new_token(), pause)


def _no_digest(_text: str) -> str:
    raise LookupError("operators' tools have nothing to do with addresses and names")


def take_step(asked: argparse.Namespace) -> int:
    """Print what `asked.step` tells; the exit code."""
    try:
        print(*asked.step(asked), sep="\n")
    except NotDone as refusal:
        print(f"Not done: {refusal}", file=sys.stderr)
        return 1
    except StoreUnavailable as error:
        print(f"Not done: the tables of this stage cannot be reached ({error})", file=sys.stderr)
        return 1
    return 0

"""`make run`: the whole portal on this machine, with example records, a mailbox, a clock and nothing to set up.

Only light modules are loaded here, so that a taken port and an old Python are told at once.
"""

import argparse
import importlib
import io
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

if sys.version_info < (3, 11):  # noqa: UP036 - people run this with whatever `python` is
    sys.exit("Python 3.11 以上が必要です。/ Python 3.11 or newer is needed.")

from local.listening import listen

LARGEST_PORT = 65535


def main() -> int:
    """Listen, start, and answer until Ctrl-C or SIGTERM."""
    _write_whole_lines()
    port = _arguments().port
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        listener = listen(port)
    except OSError as error:
        print(_why_not(port, error), file=sys.stderr, flush=True)
        return 1
    # The portal and what stands in for AWS take a moment to load.
    return int(importlib.import_module("local.start").serve(listener))


def _write_whole_lines() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")


def _arguments() -> Any:
    parser = argparse.ArgumentParser(prog="python -m local.run", description=__doc__)
    parser.add_argument("--port", type=_port, default=8000, help="0 takes any free one")
    return parser.parse_args()


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= LARGEST_PORT:
        raise ValueError(text)
    return number


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """End quietly from wherever we are; a second signal must not disturb the first."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    sys.exit(0)


def _why_not(port: int, error: OSError) -> str:
    return (
        f"ポート {port} を使えません（{error.strerror}）。別の番号で make run PORT={port + 1} のように始めてください。"
        f" / Port {port} cannot be used ({error.strerror}): try another, such as make run PORT={port + 1}."
    )


if __name__ == "__main__":
    sys.exit(main())

"""Starts the portal as `make run` does, for as long as somebody looks at it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A free port is taken, and told.
COMMAND = (sys.executable, "-m", "local.run", "--port", "0")
READY = re.compile(r"^Ready: (http://\S+?)/?$", re.MULTILINE)
_KEPT = ("HOME", "LANG", "PATH", "SYSTEMROOT", "TMPDIR")
_START_SECONDS = 90
_END_SECONDS = 10
_PAUSE_SECONDS = 0.05


@contextmanager
def running_portal(log: Path) -> Iterator[str]:
    """The address of a portal that stops at the end; what it says stands in `log`."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("wb") as written,
        subprocess.Popen(COMMAND, cwd=ROOT, env=environment, stdout=written, stderr=subprocess.STDOUT) as portal,
    ):
        try:
            yield _address_of(portal, log)
        finally:
            _stop(portal)


def _address_of(portal: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and portal.poll() is None:
        if found := READY.search(log.read_text(encoding="utf-8", errors="replace")):
            return found[1]
        time.sleep(_PAUSE_SECONDS)
    said = log.read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"The portal was not ready (exit code {portal.poll()}). It said:\n{said[-4000:]}")


def _stop(portal: subprocess.Popen[bytes]) -> None:
    portal.send_signal(signal.SIGTERM)
    try:
        portal.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        portal.kill()

"""An emulator of AWS of this run's own: on a free port of the loopback interface, gone when the tests are."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import boto3

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".emulator" / "bin" / "python"
ACCOUNT = "123456789012"
REGION = "ap-northeast-1"
_STARTS_WITHIN = 60
_STOPS_WITHIN = 10
_HOST = "127.0.0.1"


@dataclass(frozen=True)
class Emulator:
    """A running emulator. `log`: what it and the functions in it print."""

    url: str
    log: Path

    def environment(self) -> dict[str, str]:
        """What leads the AWS tools here, and nowhere else."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": ACCOUNT,
            "AWS_SECRET_ACCESS_KEY": "opens-nothing",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
        }

    def client(self, service: str) -> Any:
        """A client for one of its services."""
        session: Any = boto3.session.Session()
        return session.client(service, endpoint_url=self.url, region_name=REGION)

    def printed(self, function: str) -> list[str]:
        """What a function wrote into its log, as CloudWatch has it."""
        asked = {"logGroupName": f"/aws/lambda/{function}"}
        pages = self.client("logs").get_paginator("filter_log_events").paginate(**asked)
        return [event["message"] for page in pages for event in page["events"]]

    def mails(self) -> list[dict[str, Any]]:
        """What was handed to SES, oldest first."""
        told = json.loads(_fetch(f"{self.url}/_ministack/ses/messages"))
        mails: list[dict[str, Any]] = told["messages"].get(ACCOUNT, [])
        return mails


@contextmanager
def started(folder: Path) -> Iterator[Emulator]:
    """Start one, its files in `folder`; stop it and all that it started in the end."""
    require_same_python()
    port = _free_port()
    emulator = Emulator(f"http://{_HOST}:{port}", folder / "emulator.log")
    with emulator.log.open("wb") as log:
        running = subprocess.Popen(  # noqa: S603 - our own program
            [PYTHON, "-m", "ministack"],
            cwd=folder,
            env=_surroundings(folder, port),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_for(emulator, running)
            yield emulator
        finally:
            _stop(running)


def require_same_python() -> None:
    """The emulator runs the zip on its own Python, for which the zip was made on ours."""
    if not PYTHON.exists():
        raise RuntimeError(f"{PYTHON} is missing: `make test` makes it, from requirements-emulator.txt")
    question = "import sys; print(sys.implementation.cache_tag)"
    told = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=True)  # noqa: S603
    if told.stdout.strip() != sys.implementation.cache_tag:
        raise RuntimeError(f"{PYTHON} is {told.stdout.strip()}, not {sys.implementation.cache_tag}: `make clean`")


def _surroundings(folder: Path, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "BIND_HOST": _HOST,
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        # Both would listen on every interface.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(emulator: Emulator, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until and running.poll() is None:
        try:
            _fetch(f"{emulator.url}/_ministack/health")
        except (URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the emulator did not start:\n{emulator.log.read_text(encoding='utf-8')}")


def _fetch(url: str) -> bytes:
    with urlopen(url, timeout=10) as answer:  # noqa: S310 - an address of the loopback interface
        body: bytes = answer.read()
        return body


def _stop(running: subprocess.Popen[bytes]) -> None:
    """Its workers stand in the same session and go with it."""
    running.terminate()
    try:
        running.wait(_STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait(_STOPS_WITHIN)
    _end_session(running.pid)


def _end_session(leader: int) -> None:
    try:
        os.killpg(leader, 9)
    except ProcessLookupError:
        return

"""A copy of the project that runs by itself, so that tests may change its files."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from tests.sources import ROOT

PARTS = ("chalicelib", "local", "static", "templates", "tools")
PATIENCE_SECONDS = 60
Answer = tuple[int, str]


def copy_project(target: Path) -> Path:
    """Everything that `make run` needs."""
    for part in PARTS:
        shutil.copytree(ROOT / part, target / part)
    shutil.copy2(ROOT / "app.py", target)
    return target


def start(project: Path, port: int = 0) -> "subprocess.Popen[str]":
    """What `make run` starts, in an environment that asks for nothing."""
    names = {"PATH", "HOME", "LANG", "TMPDIR"}
    environment = {name: value for name, value in os.environ.items() if name in names}
    command = [sys.executable, "-m", "local.run", "--port", str(port)]
    return subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=project, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


class Served:
    """The running portal."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.process = start(project)
        self.lines: list[str] = []
        self.address = self._wait_until_ready().removesuffix("/")

    @property
    def output(self) -> IO[str]:
        """What it prints."""
        assert self.process.stdout
        return self.process.stdout

    def _wait_until_ready(self) -> str:
        for line in self.output:
            self.lines.append(line)
            if line.startswith("Ready: "):
                return line.removeprefix("Ready: ").strip()
        raise AssertionError("".join(self.lines))

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.address.rpartition(":")[2])

    def ask(self, path: str, method: str = "GET", form: dict[str, str] | None = None, **headers: str) -> Answer:
        """Status and body of one request."""
        body = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(f"{self.address}{path}", body, headers, method=method)  # noqa: S310 - http
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:  # noqa: S310
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def ask_json(self, path: str, form: dict[str, str] | None = None) -> Any:
        """What a door for scripts tells."""
        return json.loads(self.ask(path, "GET" if form is None else "POST", form)[1])

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        """Wait until it is so."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """End it; the exit code and what it still printed."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, rest

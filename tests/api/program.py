"""A program that speaks to an interface: JSON out and in, with a bearer and ids of its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from urllib.parse import urlencode

from tests.pages.portal import OpenPortal

PROBLEM = "application/problem+json; charset=utf-8"
_KEYS = count(1)


def new_key() -> str:
    """An id that was not used before."""
    return f"key-{next(_KEYS):06d}"


@dataclass(frozen=True)
class Told:
    """An answer. `said`: the JSON of its body."""

    status: int
    headers: Mapping[str, Any]
    said: Any

    @property
    def code(self) -> str:
        """The code of the problem."""
        return str(self.said["title"])

    @property
    def pointers(self) -> dict[str, str]:
        """The reason for each member that is wrong."""
        return {one["field"]: one["reason"] for one in self.said["errors"]}


@dataclass(frozen=True)
class Program:
    """A program and what it shows of itself."""

    portal: OpenPortal
    bearer: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def with_bearer(self, bearer: str) -> "Program":
        """The same program as somebody else."""
        return replace(self, bearer=bearer)

    def with_headers(self, **headers: str) -> "Program":
        """The same program with these headers; `_` stands for `-`."""
        return replace(self, headers={**self.headers, **{name.replace("_", "-"): headers[name] for name in headers}})

    def get(self, path: str, *, expect: int = 200, **asked: Any) -> Told:
        """Ask."""
        query = f"?{urlencode(asked)}" if asked else ""
        return self.send("GET", f"{path}{query}", expect=expect)

    def post(self, path: str, said: Any, *, key: str | None = None, expect: int = 200) -> Told:
        """Send JSON under a key of its own, or under this one; "" for none."""
        named = new_key() if key is None else key
        keyed = self.with_headers(**{"Idempotency-Key": named}) if named else self
        return keyed.post_bytes(path, json.dumps(said, ensure_ascii=False).encode(), expect=expect)

    def post_bytes(self, path: str, body: bytes, *, expect: int) -> Told:
        """Send what may be no JSON."""
        return self.with_headers(**{"Content-Type": "application/json"}).send("POST", path, body, expect=expect)

    def send(self, method: str, path: str, body: bytes = b"", *, expect: int) -> Told:
        """Send anything; the answer has the status that was expected, and what every answer has."""
        bearer = {"Authorization": f"Bearer {self.bearer}"} if self.bearer else {}
        status, headers, text = self.portal.answer(method, path, {**bearer, **self.headers}, body)
        said = json.loads(text) if text else None
        assert status == expect, (status, said, self.portal.lines[-1:])
        _require_manners(status, headers, said)
        return Told(status, headers, said)


def _require_manners(status: int, headers: Mapping[str, Any], said: Any) -> None:
    """Kept by nobody, of the type that it is; a refusal says which and what to quote."""
    assert headers["Cache-Control"] == "no-store" or status == 200, headers
    if status < 400:
        assert headers["Content-Type"].startswith("application/json"), headers
        return
    assert headers["Content-Type"] == PROBLEM, headers
    assert said["status"] == status
    assert said["type"].endswith(f"/docs#{said['title']}")
    assert said["detail"]
    assert said["request_id"]

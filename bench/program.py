"""Business software, or the system of an office: JSON in and out, with a bearer."""

import json
import re
from itertools import count
from typing import Any

from bench.stage import Stage, Step

_NUMBER = re.compile(r"/[0-9]{17}")
_KEYS = count(1)
_HEADERS = {
    "host": "portal.example.jp",
    "accept": "application/json",
    "content-type": "application/json",
    "user-agent": "sample-software/1.0",
}


def new_key() -> str:
    """An id that was not used before, for a request or an event."""
    return f"sample-{next(_KEYS):06d}"


class Program:
    """Speaks to an interface; `steps` are all requests so far, `said` is the newest answer's body."""

    def __init__(self, stage: Stage, bearer: str = "") -> None:
        self._stage = stage
        self.bearer = bearer
        self.steps: list[Step] = []
        self.said: Any = None

    def get(self, path: str, about: str = "") -> Any:
        """Ask; the answer."""
        return self._send("GET", path, about, {}, None)

    def post(self, path: str, said: Any, about: str = "", key: str = "") -> Any:
        """Tell, under a key of its own or under this one; the answer."""
        body = json.dumps(said, ensure_ascii=False)
        return self._send("POST", path, about, {"idempotency-key": key or new_key()}, body)

    def _send(self, method: str, path: str, about: str, more: dict[str, str], body: str | None) -> Any:
        bearer = {"authorization": f"Bearer {self.bearer}"} if self.bearer else {}
        title = f"{method} {_NUMBER.sub('/{number}', path.partition('?')[0])}" + (f" ({about})" if about else "")
        step = self._stage.request(title, method, path, {**_HEADERS, **bearer, **more}, body)
        self.steps.append(step)
        is_json = step.answer is not None and "json" in str(step.answer.headers.get("Content-Type", ""))
        self.said = json.loads(step.answer.body) if step.answer and is_json else None
        return self.said

"""In place of API Gateway: a request becomes an event for the newest application, its answer a response."""

import traceback
import uuid
from typing import Any

from chalice.local import LambdaContext, LambdaEventConverter, RouteMatcher

from local.journal import request_text
from local.listening import Answered, Asked
from local.station import Station
from local.trouble import trouble_page
from local.voice import say, say_what_went_wrong

# Where the application answers with its page for an unknown address, as GatewayResponses do when it is deployed.
NOT_FOUND = "/dev/not-found"
_MEMORY_MIB = 512
_QUIET = ("/static/", "/dev/dev.css", "/dev/mailbox.json")


class Gateway:
    """Answers requests, one at a time."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def answer(self, asked: Asked) -> Answered:
        """The application's answer; a page that says what is wrong when there is none."""
        with self._station.lock:
            try:
                return self._answer(asked)
            except Exception:  # noqa: BLE001 - the server stays
                say_what_went_wrong()
                return trouble_page("このリクエストに答えられませんでした", traceback.format_exc())
            finally:
                if asked.method not in {"GET", "HEAD"}:
                    self._station.wake()

    def _answer(self, asked: Asked) -> Answered:
        loader = self._station.loader
        loader.refresh()
        if loader.trouble and _is_navigation(asked):
            return trouble_page(
                "新しいコードを読み込めません（直すまで、ほかの処理は前の版が答えます）", loader.trouble
            )
        self._station.journal.take()
        answered = _as_answered(loader.app(_event(asked, loader.app), LambdaContext("local", _MEMORY_MIB)))
        lines = self._station.journal.take()
        if not asked.path.startswith(_QUIET):
            say(request_text(asked.method, asked.path, answered.status, lines))
        return answered


def _is_navigation(asked: Asked) -> bool:
    return asked.method == "GET" and "text/html" in asked.headers.get("accept", "")


def _event(asked: Asked, app: Any) -> dict[str, Any]:
    """Chalice's own conversion, with the request id that it leaves out."""
    converter = LambdaEventConverter(RouteMatcher(list(app.routes)), app.api.binary_types)
    headers = dict(asked.headers)
    try:
        event = converter.create_lambda_event(asked.method, asked.path, headers, asked.body)
    except ValueError:
        method = "HEAD" if asked.method == "HEAD" else "GET"
        query = asked.path.partition("?")[2]
        event = converter.create_lambda_event(method, f"{NOT_FOUND}?{query}", headers, None)
    event["requestContext"]["requestId"] = str(uuid.uuid4())
    return event


def _as_answered(response: dict[str, Any]) -> Answered:
    body = response["body"]
    return Answered(
        response["statusCode"],
        {**response["headers"], **response.get("multiValueHeaders", {})},
        body if isinstance(body, bytes) else str(body or "").encode(),
    )

"""The portal as an ASGI application, so that schemathesis can ask it without a network."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.pages.portal import OpenPortal

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
AsgiApp = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


def asgi_app(portal: OpenPortal) -> AsgiApp:
    """Each request goes through the whole app, as API Gateway would hand it on."""

    async def answer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): text.decode("latin-1") for name, text in scope["headers"]}
        path = scope["raw_path"].decode("latin-1").partition("?")[0]
        query = scope["query_string"].decode("latin-1")
        body = await _body(receive)
        status, said, text = portal.answer(scope["method"], f"{path}?{query}" if query else path, headers, body)
        fields = [(name.lower().encode(), str(value).encode("latin-1")) for name, value in said.items()]
        await send({"type": "http.response.start", "status": status, "headers": fields})
        await send({"type": "http.response.body", "body": text.encode()})

    return answer


async def _body(receive: Receive) -> bytes:
    body, has_more = b"", True
    while has_more:
        message = await receive()
        body += message.get("body", b"")
        has_more = message.get("more_body", False)
    return body

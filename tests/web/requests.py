"""Requests as Chalice hands them over."""

from typing import Any

from chalice.app import Request

FORM = "application/x-www-form-urlencoded"


def a_request(body: bytes | str | None = b"", *, content_type: str = FORM, is_base64: bool = False) -> Request:
    """A POST with this body."""
    event: dict[str, Any] = {
        "requestContext": {"httpMethod": "POST", "resourcePath": "/registration"},
        "headers": {"content-type": content_type} if content_type else {},
        "multiValueQueryStringParameters": None,
        "pathParameters": {},
        "stageVariables": {},
        "body": body,
        "isBase64Encoded": is_base64,
    }
    return Request(event)

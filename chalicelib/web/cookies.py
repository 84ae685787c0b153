"""Cookies: read leniently, written strictly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.settings import Settings

YEAR_SECONDS = 365 * 24 * 60 * 60
_NAME = re.compile(r"[a-z]+", re.ASCII)
_VALUE = re.compile(r"[A-Za-z0-9_-]{0,128}", re.ASCII)


@dataclass(frozen=True)
class Cookie:
    """A cookie to set. `max_age` in seconds; None lets it end with the browser, 0 removes it."""

    name: str
    value: str
    max_age: int | None = None


def read_cookies(header: str, settings: Settings) -> dict[str, str]:
    """Our cookies in a Cookie header, under their plain names. Whatever is not well-formed is not there."""
    prefix = _prefix(settings)
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return {
        name.removeprefix(prefix): value
        for name, _, value in pairs
        if name.startswith(prefix) and _VALUE.fullmatch(value)
    }


def set_cookie(cookie: Cookie, settings: Settings) -> str:
    """The Set-Cookie value. Raises ValueError for anything that could end the header or the attribute."""
    if not (_NAME.fullmatch(cookie.name) and _VALUE.fullmatch(cookie.value)):
        raise ValueError(cookie.name)
    parts = [f"{_prefix(settings)}{cookie.name}={cookie.value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if settings.has_tls:
        parts.append("Secure")
    if cookie.max_age is not None:
        parts.append(f"Max-Age={cookie.max_age}")
    return "; ".join(parts)


def _prefix(settings: Settings) -> str:
    """With TLS no other host and no unencrypted page can set these; `__Host-` demands the path / as well."""
    return "__Host-" if settings.has_tls else ""


def set_cookies(cookies: Mapping[str, Cookie], settings: Settings) -> list[str]:
    """The Set-Cookie values of all `cookies`."""
    return [set_cookie(cookie, settings) for cookie in cookies.values()]

"""Addresses of our own pages and files, with the stage prefix."""

import hashlib
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import urlencode

from chalicelib.settings import Settings
from chalicelib.texts.environment import ROOT

STATIC = ROOT / "static"
_HASH_LENGTH = 12


def path_with(path: str, /, **query: str) -> str:
    """A path of ours with a query."""
    return f"{path}?{urlencode(query)}" if query else path


def page_address(settings: Settings, path: str, /, **query: str) -> str:
    """The href of a page."""
    joint = "&" if query and "?" in path else "?" if query else ""
    return f"{settings.base_path}{path}{joint}{urlencode(query)}"


@lru_cache(maxsize=64)
def fingerprint(name: str) -> str:
    """The first characters of the SHA-256 of a static file; it stands in the file's address."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:_HASH_LENGTH]


def static_address(settings: Settings, name: str) -> str:
    """The href of a static file, such as `css/madoguchi.css`: its content is part of its name."""
    plain = PurePosixPath(name)
    return page_address(settings, f"/static/{plain.parent}/{plain.stem}.{fingerprint(name)}{plain.suffix}")

"""What a page's view answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """A template and what it shows.

    `here`: the path that shows this page by GET, when it is not the request's own (language links lead there).
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    here: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SeeOther:
    """303 to one of our own pages; `path` has no stage prefix."""

    path: str


@dataclass(frozen=True)
class StaticText:
    """A file that never changes under its address, or, when `is_pinned` is false, one to ask for again."""

    body: str
    content_type: str
    is_pinned: bool


Answer = Page | SeeOther | StaticText

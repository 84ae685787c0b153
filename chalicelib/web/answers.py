"""What a page's view answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True)
class Page:
    """A template and what it shows.

    `here`: the path that shows this page by GET, when it is not the request's own (language links lead there).
    `connects`: whether its scripts may ask our own origin.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    here: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    connects: bool = False


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


@dataclass(frozen=True)
class Download:
    """A file to save: text of the person's own, under a name with an ASCII one for old browsers (RFC 6266)."""

    body: str
    content_type: str
    name: str
    ascii_name: str

    @property
    def disposition(self) -> str:
        """The Content-Disposition header's value."""
        return f"attachment; filename=\"{self.ascii_name}\"; filename*=UTF-8''{quote(self.name, safe='')}"


@dataclass(frozen=True)
class Facts:
    """JSON for a script of ours or for another program; public facts may be kept for an hour."""

    facts: Any
    status: int = 200
    is_public: bool = False


Answer = Page | SeeOther | StaticText | Download | Facts

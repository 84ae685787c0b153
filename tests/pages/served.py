"""A response, and what rules about it need to know of the portal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.pages.document import Document


@dataclass(frozen=True)
class Served:
    """One response. Header names in small letters; `route` is the pattern that the request's path matched.

    `written_names`: the headers' names as they were sent.
    """

    method: str
    route: str
    status: int
    headers: Mapping[str, list[str]]
    written_names: tuple[str, ...]
    body: str
    document: Document | None = None

    def header(self, name: str) -> str:
        """A header that may stand there once; empty without it."""
        return ", ".join(self.headers.get(name, []))

    @property
    def content_type(self) -> str:
        """Without its parameters."""
        return self.header("content-type").partition(";")[0]


@dataclass(frozen=True)
class Surroundings:
    """What the rules need to know about the portal and what people typed into it.

    `leads_to(path, method)`: whether a path without prefix is served. `typed`: words that may be Japanese in English.
    `secrets`: words that no response may hold.
    """

    prefix: str
    has_tls: bool
    service_names: frozenset[str]
    leads_to: Callable[[str, str], bool]
    typed: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()


def strays(target: str, method: str, around: Surroundings) -> list[str]:
    """What is wrong with an address on a page: it must be one of ours, with the stage prefix, and be served."""
    if target.startswith(("#", "tel:", "mailto:")):
        return []
    inside = target.removeprefix(around.prefix)
    if not target.startswith(around.prefix + "/") or inside.startswith("//"):
        return [f"{target} leaves the portal or lacks the stage prefix"]
    return [] if around.leads_to(inside, method) else [f"{method} {target} leads nowhere"]

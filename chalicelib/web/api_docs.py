"""The two pages that describe an interface: for programs and for people."""

from chalicelib.web.answers import Facts, Page
from chalicelib.web.apis import Interface
from chalicelib.web.openapi import description_of
from chalicelib.web.requests import PageRequest


def description(interface: Interface, request: PageRequest) -> Facts:
    """What an interface can do, for programs (OpenAPI 3.1)."""
    return Facts(description_of(interface, request.world.settings), is_public=True)


def docs_page(interface: Interface, request: PageRequest) -> Page:
    """The same for people."""
    return Page("api/docs.html", {"document": description_of(interface, request.world.settings)})

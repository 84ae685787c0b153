"""The two pages that describe an interface: for programs and for people."""

from chalicelib.web.answers import Answer, Facts, Page
from chalicelib.web.apis import Api
from chalicelib.web.openapi import description_of
from chalicelib.web.requests import PageRequest


def describe(api: Api) -> None:
    """Register `openapi.json` and `docs` below the interface's root."""
    interface = api.interface

    def show_description(request: PageRequest) -> Answer:
        """What the interface can do (OpenAPI 3.1)."""
        return Facts(description_of(interface, request.world.settings), is_public=True)

    def show_docs(request: PageRequest) -> Answer:
        """The same for people."""
        return Page("api/docs.html", {"document": description_of(interface, request.world.settings)})

    api.get(f"{interface.root}/openapi.json")(show_description)
    api.get(f"{interface.root}/docs")(show_docs)

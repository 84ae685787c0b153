"""The agency API: its views, and the pages that describe it."""

from chalicelib.capabilities.agency import office_views
from chalicelib.capabilities.agency.door import INTERFACE, ROOT, pages
from chalicelib.web.answers import Answer
from chalicelib.web.api_docs import description, docs_page
from chalicelib.web.requests import PageRequest

__all__ = ["office_views", "pages"]


@pages.get(f"{ROOT}/openapi.json")
def show_description(request: PageRequest) -> Answer:
    """What the interface can do (OpenAPI 3.1)."""
    return description(INTERFACE, request)


@pages.get(f"{ROOT}/docs")
def show_docs(request: PageRequest) -> Answer:
    """The same for people."""
    return docs_page(INTERFACE, request)

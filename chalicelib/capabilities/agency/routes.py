"""The agency API: its views, and the pages that describe it."""

from chalicelib.capabilities.agency import office_views
from chalicelib.capabilities.agency.door import pages
from chalicelib.web.api_docs import describe

__all__ = ["office_views", "pages"]

describe(pages)

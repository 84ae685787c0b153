"""The filing API: its views, and the pages that describe it."""

from chalicelib.capabilities.filing import filer_views, filing_views
from chalicelib.capabilities.filing.door import pages
from chalicelib.web.api_docs import describe

__all__ = ["filer_views", "filing_views", "pages"]

describe(pages)

"""状況照会: its pages, each group in a module of its own."""

from chalicelib.capabilities.status import application_pages, code_pages, sign_in_pages
from chalicelib.capabilities.status.door import pages

__all__ = ["application_pages", "code_pages", "pages", "sign_in_pages"]

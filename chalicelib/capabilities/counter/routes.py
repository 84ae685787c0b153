"""窓口: its pages, each group in a module of its own."""

from chalicelib.capabilities.counter import scan_pages, sign_in_pages
from chalicelib.capabilities.counter.door import pages

__all__ = ["pages", "scan_pages", "sign_in_pages"]

"""All pages of My Page."""

from chalicelib.capabilities.mypage import debit_pages, home_pages, password_pages, profile_pages, sign_in_pages
from chalicelib.capabilities.mypage.door import pages

__all__ = ["debit_pages", "home_pages", "pages", "password_pages", "profile_pages", "sign_in_pages"]

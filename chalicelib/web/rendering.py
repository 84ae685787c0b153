"""Pages from templates."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from chalicelib.texts.environment import LANGUAGES, environment
from chalicelib.texts.portal import portal_words
from chalicelib.web.addresses import page_address, static_address
from chalicelib.web.answers import Page
from chalicelib.web.requests import TEXT_SIZES, PageRequest


def render(page: Page, request: PageRequest) -> str:
    """The HTML of `page` in the language and size that the reader chose."""
    template = environment(request.language).get_template(page.template)
    return template.render(_surroundings(page, request), **page.context)


def _surroundings(page: Page, request: PageRequest) -> dict[str, Any]:
    settings = request.world.settings
    return {
        "url": lambda path, **query: page_address(settings, path, **query),
        "static": lambda name: static_address(settings, name),
        "here": _here(page, request),
        "lang": request.language,
        "languages": LANGUAGES,
        "text_size": request.text_size,
        "text_sizes": TEXT_SIZES,
        "csrf_token": request.world.forms.token(request.visitor),
        "portal": portal_words(settings, request.language),
        "has_errors": page.status == HTTPStatus.UNPROCESSABLE_ENTITY,
        "now": request.now,
        "signed": None,
    }


def _here(page: Page, request: PageRequest) -> Callable[..., str]:
    """Addresses of this page with changes.

    What else stands in the browser's address is not repeated: a stranger's text beside a token, compressed together,
    would give the token away bit by bit (BREACH). A page that needs a query says so in `Page.here`.
    """
    path = page.here or request.path

    def here(**changes: str) -> str:
        return page_address(request.world.settings, path, **changes)

    return here

"""Pages from templates."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from chalicelib.texts.environment import LANGUAGES, environment
from chalicelib.texts.portal import portal_words
from chalicelib.web.addresses import page_address, static_address
from chalicelib.web.answers import Page
from chalicelib.web.requests import TEXT_SIZES, PageRequest

# The one query that a page of ours is found by. Whatever else stands in an address is not repeated in the page: a
# stranger's text beside a token, compressed together, would give the token away bit by bit (BREACH).
_KEPT = frozenset({"key"})


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
    }


def _here(page: Page, request: PageRequest) -> Callable[..., str]:
    path = page.here or request.path
    kept = {} if page.here else {name: value for name, value in request.query.items() if name in _KEPT}

    def here(**changes: str) -> str:
        return page_address(request.world.settings, path, **{**kept, **changes})

    return here

"""The two pages that describe an interface: for programs and for people."""

import json
from typing import Any

from chalicelib.web.answers import Facts, Page
from chalicelib.web.apis import Interface
from chalicelib.web.openapi import description_of, refusals_of
from chalicelib.web.requests import PageRequest
from chalicelib.web.troubles import STATUS_OF_TROUBLE

# What is answered before any operation is found.
_ANYWHERE = ("not_found", "method_not_allowed")


def description(interface: Interface, request: PageRequest) -> Facts:
    """What an interface can do, for programs (OpenAPI 3.1)."""
    return Facts(description_of(interface, request.world.settings), is_public=True)


def docs_page(interface: Interface, request: PageRequest) -> Page:
    """The same for people."""
    shown = {
        "document": description_of(interface, request.world.settings),
        "root": interface.root,
        "examples": {one.name: _texts(one.examples) for one in interface.operations},
        "problems": _problems(interface),
    }
    return Page("api/docs.html", shown)


def _texts(examples: Any) -> dict[str, tuple[str, str]]:
    """Each body on one line, as a command takes it, and on many, as people read it."""
    return {
        name: (json.dumps(body, ensure_ascii=False), json.dumps(body, ensure_ascii=False, indent=2))
        for name, body in examples.items()
    }


def _problems(interface: Interface) -> list[tuple[int, str]]:
    """Status and code of whatever the interface may refuse."""
    codes = {code for operation in interface.operations for code in refusals_of(operation)}
    return sorted((STATUS_OF_TROUBLE[code], code) for code in codes.union(_ANYWHERE))

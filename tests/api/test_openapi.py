"""The descriptions of both interfaces: valid, complete, and the same for programs and for people."""

import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from app import app
from chalicelib.texts.environment import LANGUAGES
from chalicelib.web.troubles import STATUS_OF_TROUBLE, sentence
from tests.api.program import Program
from tests.pages.portal import BEHIND_A_STAGE, LOCAL, OpenPortal, opened
from tests.pages.visitor import Visitor

ROOTS = ("/filing/v1", "/agency/v1")
_PAGES = ("/openapi.json", "/docs")
_ID = re.compile(r' id="([^"]+)"')
_LINK = re.compile(r' href="#([^"]+)"')

each_interface = pytest.mark.parametrize("root", ROOTS)


def _document(portal: OpenPortal, root: str) -> dict[str, Any]:
    said: dict[str, Any] = Program(portal).get(f"{root}/openapi.json").said
    return said


def _codes(document: dict[str, Any]) -> set[str]:
    answers = [
        answer
        for operations in document["paths"].values()
        for operation in operations.values()
        for answer in operation["responses"].values()
    ]
    told = [answer["description"] for answer in answers if "application/problem+json" in answer["content"]]
    return {code for codes in told for code in codes.split(", ")}


@each_interface
def test_it_is_openapi_3_1(portal: OpenPortal, root: str) -> None:
    document = _document(portal, root)
    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


@each_interface
def test_every_route_is_described_and_no_other(portal: OpenPortal, root: str) -> None:
    served = {
        (method, path)
        for path, methods in app.routes.items()
        for method in methods
        if path.startswith(f"{root}/") and not path.endswith(_PAGES) and method != "HEAD"
    }
    described = {
        (method.upper(), path) for path, operations in _document(portal, root)["paths"].items() for method in operations
    }
    assert described == served


@pytest.mark.parametrize("address", [LOCAL, BEHIND_A_STAGE])
@each_interface
def test_it_says_where_it_is_served(root: str, address: str) -> None:
    with opened(address) as portal:
        assert _document(portal, root)["servers"] == [{"url": address}]


@pytest.mark.parametrize("code", STATUS_OF_TROUBLE)
def test_every_code_has_a_sentence_in_both_languages(code: str) -> None:
    sentences = {sentence(code, language) for language in LANGUAGES}
    assert len(sentences) == len(LANGUAGES)
    assert all(sentences)


@each_interface
def test_every_code_that_an_operation_names_is_known(portal: OpenPortal, root: str) -> None:
    assert _codes(_document(portal, root)) <= set(STATUS_OF_TROUBLE)


@each_interface
def test_every_member_is_bounded_where_it_is_sent(portal: OpenPortal, root: str) -> None:
    """A text, a list or a number of any size would be stored or multiplied somewhere."""
    schemas = _document(portal, root)["components"]["schemas"]
    sent = {name: schema for name, schema in schemas.items() if schema.get("additionalProperties") is False}
    unbounded = [
        f"{name}.{member}"
        for name, schema in sent.items()
        for member, said in schema["properties"].items()
        if not _is_bounded(said)
    ]
    assert sent
    assert not unbounded


def _is_bounded(schema: dict[str, Any]) -> bool:
    if "anyOf" in schema:
        return all(map(_is_bounded, schema["anyOf"]))
    limits = {
        "string": ("maxLength", "pattern", "enum", "const", "format"),
        "integer": ("maximum",),
        "array": ("maxItems",),
        "object": ("maxProperties",),
    }
    kind = schema.get("type", "")
    return kind not in limits or any(limit in schema for limit in limits[kind])


@each_interface
def test_people_read_the_same_in_both_languages(visitor: Visitor, root: str) -> None:
    document = _document(visitor.portal, root)
    for language in LANGUAGES:
        visitor.get(f"{root}/docs")
        shown = visitor.choose("lang", language)
        assert f'<html lang="{language}"' in shown.body
        ids = _ID.findall(shown.body)
        assert len(ids) == len(set(ids))
        assert _codes(document) | {"not_found", "method_not_allowed"} <= set(ids)
        assert {f"schema-{name}" for name in document["components"]["schemas"]} <= set(ids)
        assert {one["operationId"] for path in document["paths"].values() for one in path.values()} <= set(ids)
        assert set(_LINK.findall(shown.body)) <= {*ids, "main"}


@each_interface
def test_a_problem_leads_to_what_people_read_about_it(portal: OpenPortal, root: str) -> None:
    refused = Program(portal).get(f"{root}/applications", expect=401)
    address, _, code = refused.said["type"].partition("#")
    assert (address, code) == (f"{portal.settings.absolute_url(root)}/docs", "unauthorized")

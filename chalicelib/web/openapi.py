"""The description of an interface for programs, made from its operations: OpenAPI 3.1."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from chalicelib.settings import Settings
from chalicelib.web.apis import IDEMPOTENCY_KEY, Interface, Operation
from chalicelib.web.troubles import STATUS_OF_TROUBLE

_PARAMETER = re.compile(r"\{([a-z_]+)\}")
_REF = "#/components/schemas/{name}"
_COMMON = ("store_unavailable", "internal")
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "state": {"type": "string", "description": "In which state the application is"},
        "amount": {"type": "integer", "description": "What was asked for, in yen"},
        "due_on": {"type": "string", "description": "By which day it had to be paid"},
        "field": {"type": "string", "description": "Which field nobody asked about"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "reason", "detail"],
                "properties": {name: {"type": "string"} for name in ("field", "reason", "detail")},
            },
        },
    },
}


def description_of(interface: Interface, settings: Settings) -> dict[str, Any]:
    """The OpenAPI document."""
    structs = [one for operation in interface.operations for one in (operation.takes, operation.gives) if one]
    _, components = msgspec.json.schema_components(structs, ref_template=_REF)
    paths: dict[str, Any] = {}
    for operation in interface.operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": interface.title, "version": "1", "description": interface.says},
        "servers": [{"url": settings.base_url.rstrip("/")}],
        "paths": paths,
        "components": {
            "schemas": {**components, "Problem": _PROBLEM},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "description": interface.security}},
        },
    }


def refusals_of(operation: Operation) -> list[str]:
    """Codes of the problems that an operation may answer with."""
    codes = [*operation.refuses, *_COMMON]
    if not operation.is_open:
        codes.append("unauthorized")
    if operation.scope:
        codes.append("forbidden_scope")
    if operation.takes:
        codes += ["wrong_shape", "not_json", "not_utf8", "too_large", "unsupported_type"]
    if operation.asks:
        codes += ["wrong_shape", "cursor_unknown"]
    if operation.is_idempotent:
        codes += ["idempotency_key_missing", "key_reused"]
    return sorted(set(codes), key=lambda code: (STATUS_OF_TROUBLE[code], code))


def _described(operation: Operation) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*_path_parameters(operation), *_headers(operation), *_query_parameters(operation)],
        "security": [] if operation.is_open else [{"bearer": [operation.scope] if operation.scope else []}],
        "responses": {
            str(operation.status): {"description": "OK", "content": {"application/json": _schema(operation.gives)}},
            **_problems(refusals_of(operation)),
        },
    }
    if operation.takes:
        examples = {name: {"value": body} for name, body in operation.examples.items()}
        content = {**_schema(operation.takes), "examples": examples}
        made["requestBody"] = {"required": True, "content": {"application/json": content}}
    return made


def _schema(wanted: Any) -> dict[str, Any]:
    (schema,), _ = msgspec.json.schema_components([wanted], ref_template=_REF)
    return {"schema": schema}


def _problems(codes: Iterable[str]) -> dict[str, Any]:
    by_status: dict[str, list[str]] = {}
    for code in codes:
        by_status.setdefault(str(STATUS_OF_TROUBLE[code]), []).append(code)
    content = {"application/problem+json": {"schema": {"$ref": _REF.format(name="Problem")}}}
    return {status: {"description": ", ".join(named), "content": content} for status, named in by_status.items()}


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[0-9]{17}$"}}
        for name in _PARAMETER.findall(operation.path)
    ]


def _headers(operation: Operation) -> list[dict[str, Any]]:
    if not operation.is_idempotent:
        return []
    schema = {"type": "string", "pattern": f"^{IDEMPOTENCY_KEY.pattern}$"}
    return [{"name": "Idempotency-Key", "in": "header", "required": True, "schema": schema}]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    if not operation.asks:
        return []
    (_,), components = msgspec.json.schema_components([operation.asks], ref_template=_REF)
    schema = components[operation.asks.__name__]
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _inlined(said, components)}
        for name, said in schema["properties"].items()
    ]


def _inlined(said: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    """A query parameter that may be left out, but never be null."""
    choices = [one for one in said.get("anyOf", [said]) if one.get("type") != "null"]
    schema = {**choices[0], **({"default": said["default"]} if said.get("default") is not None else {})}
    name = schema.pop("$ref", "").rpartition("/")[2]
    return {**components[name], **schema} if name else schema

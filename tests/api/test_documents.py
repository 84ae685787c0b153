"""The examples of docs/filing-api.md, docs/agency-api.md and both descriptions are sent, and answered as they say."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chalicelib.capabilities.agency import examples as of_offices
from chalicelib.capabilities.filing import examples as of_filers
from chalicelib.domain.api_keys import HELPDESK, Scope
from chalicelib.domain.procedures import Procedure
from tests.api.program import Program, Told, new_key
from tests.api.steps import (
    AT_OFFICES,
    FILED,
    TOKEN,
    bulk_payment,
    filed,
    in_correction_of,
    issue_key,
    pass_review,
    signed_in,
    tell,
    under_review,
)
from tests.application_builders import PLATE_NUMBER
from tests.pages.mypage_steps import store_account
from tests.pages.portal import OpenPortal

DOCS = Path(__file__).parents[2] / "docs"
TODAY = datetime(2026, 4, 8, 1, tzinfo=UTC)
_BLOCK = re.compile(r"```http\n(.*?)\n```(?:\n\n```(json|problem)\n(.*?)\n```)?", re.DOTALL)
_GIVEN_OUT = frozenset({"/filing/v1/token"})


@dataclass(frozen=True)
class Example:
    """One request of a document; `answer` is None where the document shows none."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any
    answer: Any


@dataclass(frozen=True)
class Scene:
    """Everybody, on the day of the examples."""

    filer: Program
    office: Program
    helpdesk: Program

    def number_for(self, path: str, body: Any) -> str:
        """An application to which the request can be made."""
        if path.endswith("/withdrawal"):
            return filed(self.filer, **bulk_payment(self.filer))
        if path.endswith("/corrections"):
            return in_correction_of(self.filer, self.office, *body["fields"])
        if path.endswith("/events"):
            return _LED_TO[_name_of(body)](self)
        (result,) = self.filer.post(FILED, of_filers.APPLICATIONS["continuation"]).said["results"]
        return str(result["application_number"])

    def whose(self, path: str, body: Any) -> Program:
        """Who may make it."""
        if not path.startswith(AT_OFFICES):
            return self.filer
        return self.helpdesk if body and body.get("type") == "unlocked" else self.office


def _name_of(event: Mapping[str, Any]) -> str:
    return next(name for name, said in of_offices.EVENTS.items() if said == event)


def _reviewed(scene: Scene, procedure: Procedure, **facts: Any) -> str:
    number = under_review(scene.filer, scene.office, procedure)
    pass_review(scene.office, number, **facts)
    return number


def _ready(scene: Scene) -> str:
    number = _reviewed(scene, Procedure.CONTINUATION)
    tell(scene.office, number, "ready")
    return number


def _filed(scene: Scene) -> str:
    return filed(scene.filer)


def _under_review(scene: Scene) -> str:
    return under_review(scene.filer, scene.office)


_LED_TO: Mapping[str, Callable[[Scene], str]] = {
    "documents_obtained": _filed,
    "review_passed": _under_review,
    "review_passed_new_vehicle": lambda scene: under_review(scene.filer, scene.office, Procedure.NEW_VEHICLE),
    "review_passed_by_the_tax_office": lambda scene: _reviewed(scene, Procedure.NEW_VEHICLE, plate_number=PLATE_NUMBER),
    "correction_asked": _under_review,
    "rejected": _under_review,
    "voided": _filed,
    "payment_reported": _filed,
    "ready": lambda scene: _reviewed(scene, Procedure.CONTINUATION),
    "handed_over": _ready,
    "notice_given": _filed,
    "unlocked": _filed,
}


@pytest.fixture
def scene(portal: OpenPortal) -> Scene:
    """The day of the examples."""
    portal.clock.now = TODAY
    filer = signed_in(portal, store_account(portal))
    return Scene(filer, issue_key(portal, "TK01"), issue_key(portal, HELPDESK, [Scope.UNLOCK]))


def _examples(name: str) -> Iterator[Any]:
    for request, _kind, answer in _BLOCK.findall((DOCS / name).read_text(encoding="utf-8")):
        head, _, body = request.partition("\n\n")
        (method, path), *lines = (line.split(" ", 1) for line in head.splitlines())
        headers = {field.rstrip(":"): text for field, text in lines}
        said = (json.loads(text) if text else None for text in (body, answer))
        example = Example(method, path, headers, *said)
        yield pytest.param(example, id=f"{method} {path} {len(body)}")


def _send(scene: Scene, example: Example, *, expect: int) -> Told:
    path = example.path
    if "{number}" in path:
        path = path.replace("{number}", scene.number_for(path, example.body))
    body = b"" if example.body is None else json.dumps(example.body, ensure_ascii=False).encode()
    whose = scene.whose(example.path, example.body)
    program = Program(scene.filer.portal, whose.bearer if "Authorization" in example.headers else "")
    others = {name: text for name, text in example.headers.items() if name != "Authorization"}
    return program.with_headers(**others).send(example.method, path, body, expect=expect)


def _shape(said: Any) -> Any:
    """Names and kinds, whatever the values."""
    if isinstance(said, dict):
        return {name: _shape(value) for name, value in said.items()}
    return [_shape(one) for one in said] if isinstance(said, list) else type(said).__name__


@pytest.mark.parametrize("example", [*_examples("filing-api.md"), *_examples("agency-api.md")])
def test_an_example_of_the_documents_is_answered_as_they_say(scene: Scene, example: Example) -> None:
    if example.method == "GET" and "?" in example.path:
        (_under_review if example.path.startswith(AT_OFFICES) else _filed)(scene)
    is_problem = example.answer is not None and "type" in example.answer
    answered = _send(scene, example, expect=example.answer["status"] if is_problem else 200)
    if example.path in _GIVEN_OUT:
        scene.filer.portal.discretion.tokens.add(answered.said["access_token"])
    if is_problem:
        assert answered.said["detail"] == example.answer["detail"]
    if example.answer is not None:
        assert _shape(answered.said) == _shape(example.answer)


def test_the_documents_show_each_event_of_the_description(scene: Scene) -> None:
    shown = [one.values[0].body for one in _examples("agency-api.md")]
    assert not [name for name, event in of_offices.EVENTS.items() if event not in shown]


@pytest.mark.parametrize("name", of_offices.EVENTS)
def test_each_event_of_the_description_is_taken(scene: Scene, name: str) -> None:
    event = of_offices.EVENTS[name]
    number = _LED_TO[name](scene)
    program = scene.helpdesk if name == "unlocked" else scene.office
    answered = program.post(f"{AT_OFFICES}/{number}/events", event, key="")
    assert answered.said["event_id"] == event["event_id"]


def test_every_kind_of_event_has_an_example(office: Program) -> None:
    schemas = office.get("/agency/v1/openapi.json").said["components"]["schemas"]
    kinds = {schema["properties"]["type"]["enum"][0] for name, schema in schemas.items() if "event_id" in _sent(schema)}
    assert kinds == {event["type"] for event in of_offices.EVENTS.values()}


def _sent(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    members: Mapping[str, Any] = schema.get("properties", {})
    return members if "enum" in members.get("type", {}) else {}


def test_what_the_description_files_is_accepted(scene: Scene) -> None:
    for body in of_filers.APPLICATIONS.values():
        (result,) = scene.filer.post(FILED, body).said["results"]
        assert result["status"] == "accepted", result


def test_what_the_description_sends_about_an_application_is_taken(scene: Scene) -> None:
    (correction,), (withdrawal,), (credentials,) = (
        example.values() for example in (of_filers.CORRECTION, of_filers.WITHDRAWAL, of_filers.TOKEN)
    )
    for end, body in (("corrections", correction), ("withdrawal", withdrawal)):
        number = scene.number_for(f"/{end}", body)
        scene.filer.post(f"{FILED}/{number}/{end}", body)
    token = scene.filer.post(TOKEN, credentials, key=new_key()).said["access_token"]
    scene.filer.portal.discretion.tokens.add(token)

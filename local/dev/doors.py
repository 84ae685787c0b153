"""Doors for scripts, and for the forms of the developer's pages. They answer with JSON, to forms with a redirect."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from chalice.app import Blueprint, Request, Response

from chalicelib.web.addresses import page_address
from chalicelib.web.origins import is_from_elsewhere
from chalicelib.web.requests import read_page_request
from local.clock import Clock, span_in
from local.dev.answers import ANY_TYPE, READ, as_form_result, as_json
from local.dev.counter import with_one_time_passwords
from local.dev.world import LocalWorld, current_world
from local.events import FATES

doors = Blueprint(__name__)

_BACK = re.compile(r"/dev(/[a-z0-9/]*)?", re.ASCII)


class _Wrong(Exception):
    """What was asked for is not there, or not understood."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


@dataclass(frozen=True)
class _Knock:
    """A POST; `fields` come from the query and the form."""

    world: LocalWorld
    fields: Mapping[str, str]


Door = Callable[..., Mapping[str, Any]]


def _post(path: str) -> Callable[[Door], Door]:
    def register(door: Door) -> Door:
        def answer(**parameters: str) -> Response:
            return _answer(door, parameters)

        answer.__name__ = door.__name__
        doors.route(path, methods=["POST"], content_types=ANY_TYPE)(answer)
        return door

    return register


def _answer(door: Door, parameters: Mapping[str, str]) -> Response:
    request, world = doors.current_request, current_world()
    fields = _fields(request)
    try:
        _require_own_page(request, world)
        told = door(_Knock(world, fields), **parameters)
    except _Wrong as wrong:
        return as_json({"error": wrong.sentence}, wrong.status)
    if "text/html" not in request.headers.get("accept", ""):
        return as_json(told)
    back = fields.get("back", "")
    return as_form_result(page_address(world.settings, back if _BACK.fullmatch(back) else "/dev"))


def _require_own_page(request: Request, world: LocalWorld) -> None:
    if is_from_elsewhere(read_page_request(request, world)):
        raise _Wrong(403, "ほかのサイトからは使えません。/ Not from another site.")


def _fields(request: Request) -> dict[str, str]:
    """Read more kindly than the portal does: `curl -d reset` is meant well."""
    body = request.raw_body or b""
    text = body if isinstance(body, str) else body.decode(errors="replace")
    return {**(request.query_params or {}), **dict(parse_qsl(text, keep_blank_values=True))}


@doors.route("/dev/examples.json", methods=READ, content_types=ANY_TYPE)
def list_examples() -> Response:
    """Everything to try the portal with, passwords included, one-time ones of this moment too."""
    world = current_world()
    examples = world.station.examples
    return as_json({**examples, "officers": with_one_time_passwords(examples["officers"], world.now())})


@_post("/dev/clock")
def move_clock(knock: _Knock) -> Mapping[str, Any]:
    """`advance=24h`, `advance=-1s`, or `reset`."""
    clock = knock.world.station.clock
    if "reset" in knock.fields:
        clock.reset()
    else:
        _advance(clock, knock.fields.get("advance", ""))
    return {"now": clock.now().isoformat()}


def _advance(clock: Clock, text: str) -> None:
    try:
        clock.advance(span_in(text))
    except ValueError as error:
        sentence = "advance は 24h、30m、-1s、2d のように、または reset。/ Give advance as 24h, 30m, -1s, 2d, or reset."
        raise _Wrong(422, sentence) from error


@_post("/dev/jobs/{name}")
def run_job(knock: _Knock, name: str) -> Mapping[str, Any]:
    """Run one job now."""
    jobs = knock.world.station.jobs
    if name not in jobs.names():
        known = ", ".join(jobs.names())
        raise _Wrong(404, f"{name} という仕事はありません。あるもの: {known} / No such job; there are: {known}")
    return {"job": name, "outcomes": jobs.run(name), "now": knock.world.now().isoformat()}


@_post("/dev/feedback")
def tell_fate(knock: _Knock) -> Mapping[str, Any]:
    """Let the mail service say that a letter bounced, was complained about, or arrived."""
    kind, station = knock.fields.get("kind", ""), knock.world.station
    if kind not in FATES:
        raise _Wrong(422, f"kind は {', '.join(FATES)} のどれか。/ kind is one of {', '.join(FATES)}.")
    mail = station.mailbox.find(knock.fields.get("letter", ""))
    if mail is None:
        raise _Wrong(404, "letter に当たるメールがありません。/ No mail with this letter id, none to this address.")
    station.jobs.tell(kind, mail.envelope.letter_id)
    station.mailbox.note_fate(mail, kind)
    return {"letter_id": mail.envelope.letter_id, "to": mail.envelope.to, "kind": kind}

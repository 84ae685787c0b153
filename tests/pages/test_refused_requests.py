"""Requests that no view sees: not a form, too large, not offered. Each is a page of the portal."""

import base64

import pytest

from app import app
from chalicelib.web.troubles import is_for_programs
from tests.pages.portal import REQUEST_ID, OpenPortal
from tests.pages.steps import (
    ADDRESS,
    INDIVIDUAL,
    complete,
    consent,
    fill_in,
    register,
)
from tests.pages.visitor import Visitor

ENTRY = "/registration/entry"
PAGES = {path: methods for path, methods in app.routes.items() if not is_for_programs(path)}
POSTED = sorted(path for path, methods in PAGES.items() if "POST" in methods)
READ = sorted(path for path, methods in PAGES.items() if "GET" in methods and "{" not in path)


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/plain", "multipart/form-data; boundary=x", "", "application/x-www-form-urlencodedx"],
)
def test_what_is_not_sent_as_a_form_is_415(visitor: Visitor, content_type: str) -> None:
    consent(visitor)
    visitor.post(ENTRY, b'{"email": "hanako.canary@example.jp"}', headers={"Content-Type": content_type}, expect=415)


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded; charset=UTF-8", "Application/X-WWW-Form-URLEncoded"]
)
def test_a_form_is_a_form_however_its_type_is_written(visitor: Visitor, content_type: str) -> None:
    consent(visitor)
    visitor.submit(**INDIVIDUAL, headers={"Content-Type": content_type})
    assert visitor.page.path == "/registration/check"


@pytest.mark.parametrize(
    "body",
    [
        b"email=a&email=b",
        b"csrf_token=a&csrf_token=b",
        b"email=%",
        b"email=%zz",
        b"email=%ff",
        b"email=%ed%a0%80",
        "email=花子".encode(),
        b"email",
        b"=x",
        b"Email=x",
        b"e-mail=x",
        b"a.b=x",
        b"email[]=x",
        b"&".join(b"f%d=x" % number for number in range(101)),
        b'{"email": "x"}',
        b"\x00\xff",
    ],
    ids=[
        "twice",
        "token_twice",
        "bare_percent",
        "bad_percent",
        "not_utf8",
        "surrogate",
        "raw_utf8",
        "no_equals_sign",
        "no_name",
        "capitals",
        "hyphen",
        "dot",
        "brackets",
        "101_fields",
        "json",
        "bytes",
    ],
)
def test_a_form_that_cannot_be_read_is_400(visitor: Visitor, body: bytes) -> None:
    consent(visitor)
    visitor.post(ENTRY, body, expect=400)


def test_a_hundred_fields_can_be_read(visitor: Visitor) -> None:
    visitor.get("/")
    visitor.post(ENTRY, b"&".join(b"f%d=x" % number for number in range(100)), expect=403)


@pytest.mark.parametrize("size", [256 * 1024 + 1, 1024 * 1024])
def test_a_body_that_is_too_large_is_413(visitor: Visitor, size: int) -> None:
    consent(visitor)
    visitor.post(ENTRY, b"email=" + b"x" * (size - 6), expect=413)


def test_a_large_body_within_the_limit_is_read(visitor: Visitor) -> None:
    visitor.get("/")
    visitor.post(ENTRY, b"email=" + b"x" * (256 * 1024 - 6), expect=403)


def test_a_value_of_absurd_length_is_an_error_beside_its_field(visitor: Visitor) -> None:
    fill_in(visitor, family_name="山" * 20_000, expect=422)
    assert visitor.page.wrong_fields == ["family_name"]


def test_an_empty_body_is_a_form_without_its_token(visitor: Visitor) -> None:
    visitor.get("/")
    visitor.post(ENTRY, b"", expect=403)


def test_a_body_in_base64_is_read(visitor: Visitor) -> None:
    token = visitor.get("/registration").form().values["csrf_token"]
    body = base64.b64encode(f"csrf_token={token}".encode()).decode()
    visitor.post_event("/registration", body=body, isBase64Encoded=True, expect=422)


@pytest.mark.parametrize(
    "body", ["abc", "Y29uc2VudD15ZXM=花", "!!!!", "Y29uc2VudD15ZXM\n"], ids=["cut", "kanji", "signs", "break"]
)
def test_bad_base64_is_400(visitor: Visitor, body: str) -> None:
    visitor.get("/registration")
    visitor.post_event("/registration", body=body, isBase64Encoded=True, expect=400)


@pytest.mark.parametrize("body", ["email=\ud800", "email=花子", None], ids=["surrogate", "raw", "none"])
def test_a_body_that_came_as_text_is_read_as_strictly(visitor: Visitor, body: str | None) -> None:
    visitor.get("/registration")
    visitor.post_event("/registration", body=body, isBase64Encoded=False, expect=400 if body else 403)


def test_an_error_page_names_the_request_for_those_who_ask(visitor: Visitor) -> None:
    visitor.get("/registration")
    visitor.post_event("/registration", body="%", isBase64Encoded=False, expect=400)
    assert REQUEST_ID in visitor.page.text
    assert visitor.portal.lines[-1]["request_id"] == REQUEST_ID


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/", ENTRY, "/registration/resend", "/confirmation", "/static/css/madoguchi.css"])
def test_a_method_nobody_offers_is_405(visitor: Visitor, method: str, path: str) -> None:
    visitor.ask(method, path, expect=405)
    allowed = set(visitor.page.served.header("allow").split(", "))
    assert allowed == set(app.routes[visitor.page.served.route])


@pytest.mark.parametrize("path", sorted(path for path in POSTED if "GET" not in app.routes[path]))
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_can_only_be_sent_cannot_be_read(visitor: Visitor, path: str, method: str) -> None:
    visitor.ask(method, path, expect=405)
    assert visitor.page.served.header("allow") == "POST"


@pytest.mark.parametrize("path", sorted(set(READ) - set(POSTED)))
def test_what_can_only_be_read_cannot_be_sent(visitor: Visitor, path: str) -> None:
    visitor.post(path, b"", expect=405)


@pytest.mark.parametrize("path", READ)
def test_head_answers_as_get_does_without_a_body(visitor: Visitor, path: str) -> None:
    complete(visitor)
    cookies = {"Cookie": visitor.cookie_header()}
    status, headers, _ = visitor.portal.answer("GET", path, cookies, b"")
    assert visitor.portal.answer("HEAD", path, cookies, b"") == (status, headers, "")


@pytest.mark.parametrize("path", READ)
def test_reading_changes_nothing(portal: OpenPortal, visitor: Visitor, path: str) -> None:
    register(visitor)
    before = portal.store.snapshot()
    for cookies in ({"Cookie": visitor.cookie_header()}, {}):
        portal.answer("GET", path, cookies, b"")
        portal.answer("HEAD", path, cookies, b"")
    assert portal.store.snapshot() == before


@pytest.mark.parametrize("name", ["path", "settings", "self", "lang", "template", "answer", "kept", "key", "a&b", "花"])
def test_a_query_nobody_asked_for_does_no_harm(visitor: Visitor, name: str) -> None:
    visitor.get(f"/?{name}=%22%3E%3Cscript%3E")
    visitor.choose("lang", "en")


@pytest.mark.parametrize("cookie", ["x", "=", "visitor=%00; visitor", "a=b=c;;; ; lang=<b>; visitor=" + "x" * 5000])
def test_strange_cookies_do_no_harm(visitor: Visitor, cookie: str) -> None:
    visitor.get("/registration", headers={"Cookie": cookie})
    visitor.submit(consent="yes")


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "Forwarded", "X-Original-Host"])
def test_nothing_is_built_from_what_the_request_says_of_the_host(
    portal: OpenPortal, visitor: Visitor, name: str
) -> None:
    evil = {name: "host=evil.example" if name == "Forwarded" else "evil.example", "X-Forwarded-Proto": "gopher"}
    fill_in(visitor)
    visitor.submit(headers=evil)
    assert all("evil" not in answer.header("location") for answer in visitor.answers)
    visitor.get("/registration/sent", headers=evil)
    assert "evil" not in visitor.page.body
    portal.deliver_letters()
    words = portal.sender.read[-1]
    assert "evil" not in words.text + words.html
    assert f"{portal.settings.base_url}/confirmation?key=" in words.text
    assert portal.sender.sent[-1].to == ADDRESS

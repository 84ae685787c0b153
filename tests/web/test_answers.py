"""Answers that are no pages."""

import json
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web.answers import Answer, Download, Facts, Page, SeeOther
from chalicelib.web.cookies import Cookie
from chalicelib.web.headers import SECURITY_HEADERS
from chalicelib.web.pages import response_of
from tests.web.browser import Browser

FILE = Download('{"a":1}', "application/json; charset=utf-8", "まとめ納付管理ファイル_軽自動車OSS用.json", "bulk.json")


def sent(answer: Answer, *cookies: Cookie) -> tuple[int, dict[str, Any], str]:
    request = Browser().request()
    for cookie in cookies:
        request.set(cookie)
    response = response_of(answer, request)
    return response.status_code, response.headers, response.body


@pytest.mark.parametrize("answer", [FILE, Facts({}), Facts({}, is_public=True), SeeOther("/mypage")])
def test_every_answer_carries_the_security_headers(answer: Answer) -> None:
    _, headers, _ = sent(answer)
    assert SECURITY_HEADERS.items() <= headers.items()
    assert headers["Content-Type"]


@pytest.mark.parametrize("answer", [FILE, Facts({}), SeeOther("/mypage")])
def test_what_is_personal_is_stored_nowhere(answer: Answer) -> None:
    assert sent(answer)[1]["Cache-Control"] == "no-store"


def test_a_file_is_saved_under_both_its_names() -> None:
    status, headers, body = sent(FILE)
    assert (status, body, headers["Content-Type"]) == (200, FILE.body, FILE.content_type)
    assert headers["Content-Disposition"] == FILE.disposition
    kind, plain, encoded = FILE.disposition.split("; ")
    assert (kind, plain) == ("attachment", 'filename="bulk.json"')
    assert unquote(encoded.removeprefix("filename*=UTF-8''")) == FILE.name


@given(st.text(st.characters(codec="utf-8")))
def test_no_name_ends_the_header(name: str) -> None:
    disposition = Download("", "text/plain", name, "file.json").disposition
    assert disposition.isascii()
    assert disposition.isprintable()
    assert disposition.count(";") == 2
    assert disposition.count('"') == 2


def test_facts_are_json_in_utf_8() -> None:
    status, headers, body = sent(Facts([{"name": "見本"}], 401))
    assert status == 401
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(body) == [{"name": "見本"}]
    assert "見本" in body


def test_public_facts_may_be_kept_for_an_hour_and_set_no_cookie() -> None:
    _, headers, _ = sent(Facts({}, is_public=True), Cookie("session", "x"))
    assert headers["Cache-Control"] == "public, max-age=3600"
    assert "Set-Cookie" not in headers


def test_facts_and_files_of_a_person_prolong_the_session() -> None:
    for answer in (FILE, Facts({})):
        assert sent(answer, Cookie("session", "x"))[1]["Set-Cookie"][0].startswith("__Host-session=x;")


def test_only_pages_that_ask_for_it_may_connect() -> None:
    template = "errors/404.html"
    apart, connecting = (
        sent(Page(template, {"request_id": "-"}, connects=connects))[1]["Content-Security-Policy"]
        for connects in (False, True)
    )
    assert "connect-src" not in apart
    assert "connect-src 'self'" in connecting
    assert connecting.replace("connect-src 'self'; ", "") == apart

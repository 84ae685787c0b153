import base64
import contextlib
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web.bodies import LARGEST_BODY_BYTES, MOST_FIELDS, BadRequest, read_form
from tests.web.requests import FORM, a_request

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,63}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def _status(body: bytes | str | None, **other: object) -> int:
    with pytest.raises(BadRequest) as refused:
        read_form(a_request(body, **other))  # type: ignore[arg-type]  # what a test names
    return refused.value.status


@given(fields=st.dictionaries(NAMES, TEXTS, max_size=20), as_text=st.booleans(), as_base64=st.booleans())
def test_what_a_browser_sends_is_read_as_it_was_typed(
    fields: dict[str, str], *, as_text: bool, as_base64: bool
) -> None:
    body: bytes | str = urlencode(fields).encode()
    if as_base64:
        body = base64.b64encode(urlencode(fields).encode())
    if as_text and isinstance(body, bytes):
        body = body.decode()
    assert read_form(a_request(body, is_base64=as_base64)) == fields


@given(body=st.one_of(st.binary(), st.text()), is_base64=st.booleans())
def test_whatever_is_sent_is_a_form_or_refused(body: bytes | str, *, is_base64: bool) -> None:
    with contextlib.suppress(BadRequest):
        assert all(isinstance(text, str) for text in read_form(a_request(body, is_base64=is_base64)).values())


def test_an_empty_body_is_an_empty_form() -> None:
    assert read_form(a_request(b"")) == read_form(a_request(None)) == {}


@pytest.mark.parametrize("content_type", [FORM, FORM.upper(), f"{FORM}; charset=utf-8", f"{FORM} ;x"])
def test_the_type_of_a_form_may_have_parameters(content_type: str) -> None:
    assert read_form(a_request(b"a=1", content_type=content_type)) == {"a": "1"}


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/json", f"text/plain, {FORM}", f"{FORM}2"])
def test_another_type_is_415(content_type: str) -> None:
    assert _status(b"a=1", content_type=content_type) == 415


def test_a_body_may_be_as_large_as_the_limit() -> None:
    assert read_form(a_request(b"a=" + b"x" * (LARGEST_BODY_BYTES - 2)))
    assert _status(b"a=" + b"x" * (LARGEST_BODY_BYTES - 1)) == 413
    assert LARGEST_BODY_BYTES == 256 * 1024


def test_what_counts_is_the_size_before_base64() -> None:
    body = b"a=" + b"x" * (LARGEST_BODY_BYTES - 2)
    assert read_form(a_request(base64.b64encode(body).decode(), is_base64=True))
    assert _status(base64.b64encode(body + b"x").decode(), is_base64=True) == 413


def test_a_form_may_have_a_hundred_fields() -> None:
    assert MOST_FIELDS == 100
    assert len(read_form(a_request(urlencode({f"f{n}": "" for n in range(100)}).encode()))) == 100
    assert _status(urlencode({f"f{n}": "" for n in range(101)}).encode()) == 400


@pytest.mark.parametrize(
    "body",
    [
        b"a=1&a=1",
        b"a=%",
        b"a=%4",
        b"a=%gg",
        b"%zz=1",
        b"a=%80",
        b"a=%c0%80",
        b"a=%ed%a0%bd",
        b"a=\xe8\x8a\xb1",
        "a=花",
        "a=\ud83d",
        b"a",
        b"a=1&",
        b"a=1&&b=2",
        b"=",
        b"A=1",
        b"1a=1",
        b"a%00=1",
        b"a%0a=1",
        b"a" * 65 + b"=1",
        b"\x00",
        b"[]",
    ],
)
def test_what_no_form_of_ours_sends_is_400(body: bytes | str) -> None:
    assert _status(body) == 400


@pytest.mark.parametrize("body", ["a", "YT0", "YT0x!", "YT0x\n", " YT0x", "YT0x花", "YT0-", "!!!!"])
def test_base64_with_anything_else_in_it_is_400(body: str) -> None:
    assert _status(body, is_base64=True) == 400

from dataclasses import replace

import pytest

from chalicelib.web.origins import has_own_token, is_from_elsewhere
from chalicelib.web.requests import PageRequest
from tests.fakes.store import FakeStore
from tests.fakes.world import Surroundings


def _request(**headers: str) -> PageRequest:
    world = Surroundings().world(FakeStore().begin)
    return PageRequest(
        world=world,
        now=world.now(),
        method="POST",
        path="/registration",
        query={},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        cookies={},
        language="ja",
        text_size="medium",
        visitor="v" * 32,
    )


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://portal.example.jp"},
        {"sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "same-origin", "origin": "null"},
        {"sec_fetch_site": "none", "origin": "https://elsewhere.example"},
    ],
)
def test_our_own_pages_are_not_elsewhere(headers: dict[str, str]) -> None:
    assert not is_from_elsewhere(_request(**headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "http://portal.example.jp"},
        {"origin": "https://portal.example.jp:8443"},
        {"origin": "https://PORTAL.example.jp.elsewhere.example"},
        {"origin": ""},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site", "origin": "https://portal.example.jp"},
        {"sec_fetch_site": "unheard-of"},
    ],
)
def test_everything_else_is(headers: dict[str, str]) -> None:
    assert is_from_elsewhere(_request(**headers))


def test_a_token_belongs_to_one_browser() -> None:
    request = _request()
    token = request.world.forms.token(request.visitor)
    assert has_own_token(replace(request, form={"csrf_token": token}))
    assert not has_own_token(replace(request, visitor="w" * 32, form={"csrf_token": token}))


@pytest.mark.parametrize("token", ["", "x", "鍵", "\x00", "v" * 32])
def test_what_we_did_not_make_is_no_token(token: str) -> None:
    assert not has_own_token(replace(_request(), form={"csrf_token": token}))


def test_a_form_without_a_token_has_none() -> None:
    assert not has_own_token(_request())

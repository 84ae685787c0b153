import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.settings import Settings, load_settings
from chalicelib.web.cookies import Cookie, read_cookies, set_cookie, set_cookies

VALUES = st.from_regex(r"[A-Za-z0-9_-]{0,128}", fullmatch=True)


def _settings(base_url: str) -> Settings:
    return load_settings({**os.environ, "BASE_URL": base_url})


WITH_TLS, WITHOUT_TLS = _settings("https://portal.example.jp/api"), _settings("http://127.0.0.1:8000")
every_setting = pytest.mark.parametrize("settings", [WITH_TLS, WITHOUT_TLS], ids=["tls", "no_tls"])


def test_with_tls_a_cookie_belongs_to_this_host_alone() -> None:
    written = set_cookie(Cookie("visitor", "x"), WITH_TLS)
    assert written == "__Host-visitor=x; Path=/; HttpOnly; SameSite=Lax; Secure"


def test_without_tls_a_cookie_works_all_the_same() -> None:
    assert set_cookie(Cookie("visitor", "x"), WITHOUT_TLS) == "visitor=x; Path=/; HttpOnly; SameSite=Lax"


def test_the_longest_value_is_written_whole() -> None:
    assert set_cookie(Cookie("session", "x" * 128), WITHOUT_TLS).startswith(f"session={'x' * 128};")


def test_a_cookie_may_last_or_go() -> None:
    assert set_cookie(Cookie("lang", "en", 60), WITHOUT_TLS).endswith("; Max-Age=60")
    assert set_cookie(Cookie("lang", "", 0), WITHOUT_TLS).endswith("; Max-Age=0")


@every_setting
@given(value=VALUES)
def test_what_is_written_is_read_again(settings: Settings, value: str) -> None:
    sent_back = set_cookie(Cookie("visitor", value), settings).partition(";")[0]
    assert read_cookies(f"other=1; {sent_back}; more", settings)["visitor"] == value


@pytest.mark.parametrize("value", ["a;b", "a\r\nSet-Cookie: x=y", "a b", "a,b", 'a"b', "花", "x" * 129, "a\n", "a\x00"])
def test_a_value_that_could_end_the_header_is_never_written(value: str) -> None:
    with pytest.raises(ValueError, match="visitor"):
        set_cookie(Cookie("visitor", value), WITH_TLS)


@pytest.mark.parametrize("name", ["", "a=b", "a b", "A", "visitor\n", "花", "__Host-visitor"])
def test_a_name_that_is_none_is_never_written(name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(name) or None):
        set_cookie(Cookie(name, "x"), WITH_TLS)


@every_setting
@given(header=st.text())
def test_reading_never_fails_and_gives_only_what_could_be_written(settings: Settings, header: str) -> None:
    for value in read_cookies(header, settings).values():
        assert set_cookie(Cookie("x", value), settings)


def test_a_cookie_that_another_host_could_have_set_is_not_ours() -> None:
    assert read_cookies("visitor=x", WITH_TLS) == {}
    assert read_cookies("__host-visitor=x; __Host-visitor=y", WITH_TLS) == {"visitor": "y"}


@pytest.mark.parametrize(
    "header", ["", ";", "=", ";;=;", "visitor", "visitor=a b", "visitor=%41", 'visitor="a"', f"visitor={'x' * 129}"]
)
def test_what_is_not_well_formed_is_not_there(header: str) -> None:
    assert not any(read_cookies(header, WITHOUT_TLS).get("visitor", "") for _ in "x")


def test_each_cookie_has_a_header_of_its_own() -> None:
    cookies = {"lang": Cookie("lang", "en"), "size": Cookie("size", "large")}
    assert [one.partition("=")[0] for one in set_cookies(cookies, WITHOUT_TLS)] == ["lang", "size"]

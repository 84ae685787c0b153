import os
import re
from pathlib import Path

import pytest

from chalicelib.settings import Settings, load_settings
from chalicelib.web import addresses
from chalicelib.web.addresses import page_address, path_with, static_address


def _settings(base_url: str) -> Settings:
    return load_settings({**os.environ, "BASE_URL": base_url})


ROOT, STAGE = _settings("https://portal.example.jp"), _settings("https://x.execute-api.example.jp/api/")


def test_the_stage_prefix_stands_before_every_path() -> None:
    assert page_address(ROOT, "/registration") == "/registration"
    assert page_address(STAGE, "/registration") == "/api/registration"
    assert page_address(STAGE, "/") == "/api/"


def test_a_query_is_escaped() -> None:
    assert page_address(ROOT, "/x", lang="en", key="a&b=c 花") == "/x?lang=en&key=a%26b%3Dc+%E8%8A%B1"


def test_a_query_joins_one_that_is_there() -> None:
    assert page_address(STAGE, "/confirmation?key=abc", lang="en") == "/api/confirmation?key=abc&lang=en"
    assert page_address(STAGE, "/confirmation?key=abc") == "/api/confirmation?key=abc"


def test_a_path_may_have_a_query() -> None:
    assert path_with("/confirmation", key="a b") == "/confirmation?key=a+b"
    assert path_with("/confirmation") == "/confirmation"


def test_the_address_of_a_file_holds_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "css").mkdir()
    monkeypatch.setattr(addresses, "STATIC", tmp_path)
    seen = set()
    for content in ("a{}", "b{}"):
        (tmp_path / "css" / "x.css").write_text(content)
        addresses.fingerprint.cache_clear()
        seen.add(static_address(STAGE, "css/x.css"))
    addresses.fingerprint.cache_clear()
    assert len(seen) == 2
    assert all(re.fullmatch(r"/api/static/css/x\.[0-9a-f]{12}\.css", address) for address in seen)

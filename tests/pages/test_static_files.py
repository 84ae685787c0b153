"""Stylesheets, scripts and pictures."""

from pathlib import Path

import pytest

from chalicelib.web.addresses import STATIC, static_address
from tests.pages.portal import OpenPortal
from tests.pages.served import Served
from tests.pages.visitor import Visitor

FILES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}


def _fetch(visitor: Visitor, path: str) -> Served:
    return visitor.get(path).served


@pytest.mark.parametrize("name", FILES)
def test_a_file_may_be_kept_for_a_year_under_the_name_that_pages_use(
    portal: OpenPortal, visitor: Visitor, name: str
) -> None:
    served = _fetch(visitor, static_address(portal.settings, name))
    assert served.body == (STATIC / name).read_text(encoding="utf-8")
    assert served.content_type == TYPES[Path(name).suffix]
    assert served.header("content-type").endswith("charset=utf-8")
    assert served.header("cache-control") == "public, max-age=31536000, immutable"
    assert "set-cookie" not in served.headers


def test_the_same_name_always_means_the_same_content(visitor: Visitor) -> None:
    served = _fetch(visitor, "/static/css/madoguchi.000000000000.css")
    assert served.body
    assert served.header("cache-control") == "no-cache"


def test_a_schema_is_there_under_the_name_that_its_documentation_gives(visitor: Visitor) -> None:
    served = _fetch(visitor, "/static/schemas/bulk-payment-file-1.json")
    assert served.body == (STATIC / "schemas/bulk-payment-file-1.json").read_text(encoding="utf-8")
    assert served.content_type == "application/json"
    assert served.header("cache-control") == "no-cache"


def test_pages_name_files_by_their_content(visitor: Visitor) -> None:
    visitor.get("/")
    named = {one.attrib["href"] for one in visitor.page.document.all("link")}
    named |= {one.attrib["src"] for one in visitor.page.document.all("script", "img")}
    assert len(named) >= 3
    for address in named:
        assert "immutable" in _fetch(visitor, address).header("cache-control")


@pytest.mark.parametrize(
    "path",
    [
        "/static/css/unknown.000000000000.css",
        "/static/css/madoguchi.css",
        "/static/unknown/madoguchi.000000000000.css",
        "/static/js/madoguchi.000000000000.css",
        "/static/../app.000000000000.py",
        "/static/css/..%2F..%2Fapp.000000000000.py",
        "/static/%2e%2e/app.000000000000.txt",
        "/static/css/%00",
        "/static/css/.",
        "/static/schemas/unknown.json",
        "/static/schemas/.json",
    ],
)
def test_a_file_that_is_not_there_is_a_page_that_says_so(visitor: Visitor, path: str) -> None:
    visitor.get(path, expect=404)
    assert visitor.page.outcome == "404"


def test_the_page_for_a_missing_file_leads_home(visitor: Visitor) -> None:
    visitor.get("/static/css/unknown.css", expect=404)
    visitor.follow("/")
    visitor.get("/static/css/unknown.css", expect=404)
    visitor.choose("lang", "en")
    assert visitor.page.path == "/?lang=en"

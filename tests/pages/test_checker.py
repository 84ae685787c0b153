"""The page checker itself: a page as it is passes, and each thing broken in it is complained of."""

from dataclasses import replace

import pytest

from tests.page_checker import complaints
from tests.pages.document import read_document
from tests.pages.page_rules import TITLES
from tests.pages.served import Served
from tests.pages.steps import consent
from tests.pages.visitor import Visitor

BROKEN_PAGES = {
    "a stray end tag": ("</h1>", "</h1></p>", "unexpected-end-tag"),
    "an attribute twice": ("<main ", '<main class="a" class="b" ', "duplicate-attribute"),
    "an id twice": ("<h1>", '<h1 id="main">', "stands there twice"),
    "no language": ('<html lang="ja"', "<html", "language is ''"),
    "another language": ('<html lang="ja"', '<html lang="fr"', "language is 'fr'"),
    "two headings": ("</h1>", "</h1><h1>もう一つ</h1>", "the h1 are"),
    "no heading": ("h1>", "h2>", "the h1 are []"),
    "a title without the service": (" | ", " - ", "the title is"),
    "an error's title": ("<title>", "<title>エラー：", "200 with the title"),
    "a label for nothing": ('for="email"', 'for="mail"', "a label is for mail"),
    "an input without a label": (' for="given_name"', "", "no label"),
    "a missing description": ('aria-describedby="email-badge', 'aria-describedby="gone', "refers to #gone"),
    "a missing target": ('href="#main"', 'href="#gone"', "refers to #gone"),
    "a form without a token": ('name="csrf_token"', 'name="other"', "has no token"),
    "a form that is read": ('method="post"', 'method="get"', "sent by get"),
    "a form to elsewhere": ('action="', 'action="https://evil.example', "leaves the portal"),
    "a form to nowhere": ('/registration/entry" data', '/registration/nowhere" data', "leads nowhere"),
    "a link to elsewhere": ('href="', 'href="//evil.example', "leaves the portal"),
    "a link to nowhere": ('/contact"', '/nowhere"', "leads nowhere"),
    "a script by its address": ("/contact", "javascript:alert(1)", "leaves the portal"),
    "a page in a link": ('href="', 'download="x.png" href="data:text/html,', "leaves the portal"),
    "a picture that is opened": ('href="', 'href="data:image/png;base64,', "leaves the portal"),
    "a camera without its policy": (
        "<h1>",
        '<button type="button" data-camera>見本</button><h1>',
        "Permissions-Policy",
    ),
    "a style": ("<h1>", '<h1 style="color:red">', "['style']"),
    "a handler": ("<h1>", '<h1 onclick="x()">', "['onclick']"),
    "an inline script": ("<h1>", "<script>x()</script><h1>", "<script> is inline"),
    "an inline stylesheet": ("<h1>", "<style>x{}</style><h1>", "<style> is inline"),
    "a wrong field": ('name="email"', 'name="email" aria-invalid="true"', "200 with 1 wrong fields"),
    "a filled password": ("</main>", '<label>x<input type="password" value="x"></label></main>', "is filled"),
}
BROKEN_HEADERS = {
    "no policy": ("content-security-policy", None, "Content-Security-Policy"),
    "a weak policy": ("content-security-policy", "default-src 'self' 'unsafe-inline'", "Content-Security-Policy"),
    "sniffing": ("x-content-type-options", None, "x-content-type-options"),
    "a referrer": ("referrer-policy", "origin", "referrer-policy"),
    "a short memory for TLS": ("strict-transport-security", "max-age=3600", "Strict-Transport-Security"),
    "a camera": ("permissions-policy", "microphone=()", "Permissions-Policy"),
    "a camera where nothing is scanned": (
        "permissions-policy",
        "camera=(self), microphone=(), geolocation=()",
        "Permissions-Policy",
    ),
    "a page that is kept": ("cache-control", "no-cache", "Cache-Control"),
    "Chalice's JSON": ("content-type", "application/json", "Content-Type"),
    "a location without a redirect": ("location", "/", "with the location"),
    "a readable cookie": ("set-cookie", "__Host-visitor=x; Path=/; SameSite=Lax; Secure", "the cookie"),
    "a cookie for other sites": ("set-cookie", "__Host-visitor=x; Path=/; HttpOnly; Secure", "the cookie"),
    "a cookie for a part": ("set-cookie", "__Host-visitor=x; Path=/api; HttpOnly; SameSite=Lax; Secure", "the cookie"),
    "a cookie under a bare name": ("set-cookie", "x=x; Path=/; HttpOnly; SameSite=Lax; Secure", "the wrong prefix"),
    "a broken line": ("content-type", "text/html\r\nX: y", "could end the headers"),
}


@pytest.fixture
def shown(visitor: Visitor) -> Served:
    """A page with a form, as it is."""
    return consent(visitor).served


def _rendered(served: Served, body: str) -> Served:
    return replace(served, body=body, document=read_document(body))


def test_a_page_as_it_is_passes(visitor: Visitor, shown: Served) -> None:
    assert not complaints(shown, visitor.portal.surroundings())


@pytest.mark.parametrize(("good", "bad", "complaint"), BROKEN_PAGES.values(), ids=BROKEN_PAGES)
def test_what_is_broken_in_a_page_is_complained_of(
    visitor: Visitor, shown: Served, good: str, bad: str, complaint: str
) -> None:
    assert good in shown.body
    broken = _rendered(shown, shown.body.replace(good, bad))
    assert any(complaint in found for found in complaints(broken, visitor.portal.surroundings()))


@pytest.mark.parametrize(("name", "value", "complaint"), BROKEN_HEADERS.values(), ids=BROKEN_HEADERS)
def test_what_is_broken_in_the_headers_is_complained_of(
    visitor: Visitor, shown: Served, name: str, value: str | None, complaint: str
) -> None:
    headers = {**shown.headers, name: [value] if value else []}
    found = complaints(replace(shown, headers=headers), visitor.portal.surroundings())
    if "Secure" in (value or "") and not visitor.portal.settings.has_tls:
        complaint = "the cookie"
    assert any(complaint in one for one in found)


def test_a_header_in_two_spellings_is_complained_of(visitor: Visitor, shown: Served) -> None:
    twice = replace(shown, written_names=(*shown.written_names, "cache-control"))
    assert complaints(twice, visitor.portal.surroundings())


def test_a_missing_stage_prefix_is_complained_of(visitor: Visitor, shown: Served) -> None:
    around = replace(visitor.portal.surroundings(), prefix="/stage")
    assert any("stage prefix" in one for one in complaints(shown, around))


def test_japanese_on_an_english_page_is_complained_of(visitor: Visitor, shown: Served) -> None:
    english = visitor.choose("lang", "en").served
    around = visitor.portal.surroundings()
    assert not complaints(english, around)
    for bad in ("<h1>見出し", '<h1 title="見出し">'):
        found = complaints(_rendered(english, english.body.replace("<h1>", bad)), around)
        assert any("not translated" in one for one in found)


def test_a_secret_on_a_page_is_complained_of(visitor: Visitor, shown: Served) -> None:
    around = replace(visitor.portal.surroundings(), secrets=frozenset({"csrf_token"}))
    assert "a secret is shown" in complaints(shown, around)


def test_a_title_of_another_page_is_complained_of(visitor: Visitor, shown: Served) -> None:
    assert any(
        "also the title of" in one for one in complaints(replace(shown, route="/other"), visitor.portal.surroundings())
    )
    assert TITLES.owners


def test_errors_without_a_summary_are_complained_of(visitor: Visitor, shown: Served) -> None:
    visitor.submit(expect=422)
    wrong = visitor.page.served
    body = wrong.body.replace('class="error-summary"', 'class="other"')
    assert any("in the summary" in one for one in complaints(_rendered(wrong, body), visitor.portal.surroundings()))


def test_a_page_as_the_answer_to_a_form_is_complained_of(visitor: Visitor, shown: Served) -> None:
    sent = replace(shown, method="POST")
    assert any("answered with a page" in one for one in complaints(sent, visitor.portal.surroundings()))

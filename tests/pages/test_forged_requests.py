"""Forms that were not sent from our own pages, or whose token got lost."""

import pytest

from app import app
from chalicelib.web.troubles import is_for_programs
from tests.pages.mypage_steps import LOGIN
from tests.pages.portal import OpenPortal
from tests.pages.steps import (
    DETAILS,
    INDIVIDUAL,
    NOTIFICATION,
    consent,
    fill_in,
    open_link,
)
from tests.pages.visitor import Visitor

ENTRY = "/registration/entry"
POSTED = sorted(path for path, methods in app.routes.items() if "POST" in methods and not is_for_programs(path))
# A sign-in of former times is no error: its form is shown again, or the page where one begins.
SHOWN_AGAIN = dict.fromkeys((LOGIN, "/status", "/qrcodes", "/counter/login"), 409)
BEGUN_ANEW = dict.fromkeys(("/status/login", "/status/passcode", "/status/passcode/entry"), 200)


@pytest.mark.parametrize("path", POSTED)
def test_every_form_demands_the_token_of_its_browser(visitor: Visitor, stranger: Visitor, path: str) -> None:
    foreign = stranger.get("/registration").form().values["csrf_token"]
    visitor.get("/")
    refused = {**SHOWN_AGAIN, **BEGUN_ANEW}.get(path, 403)
    for token in ({}, {"csrf_token": ""}, {"csrf_token": foreign}, {"csrf_token": "鍵"}):
        visitor.post(path, token, expect=refused)


def test_a_form_without_its_token_is_kept_and_can_be_sent_again(visitor: Visitor) -> None:
    consent(visitor)
    visitor.submit(**INDIVIDUAL, csrf_token=None, expect=403)
    assert visitor.page.form().values.items() >= INDIVIDUAL.items()
    visitor.submit()
    assert visitor.page.path == "/registration/check"


def test_a_browser_that_lost_its_cookies_loses_nothing_it_typed(visitor: Visitor) -> None:
    consent(visitor)
    visitor.cookies.clear()
    visitor.submit(**INDIVIDUAL, expect=403)
    visitor.submit()
    assert visitor.page.path == "/registration?kept=1"
    visitor.submit(consent="yes")
    assert visitor.page.form().values.items() >= INDIVIDUAL.items()


def test_passwords_are_not_kept_on_a_page_that_keeps_the_form(visitor: Visitor) -> None:
    open_link(visitor)
    visitor.submit(**DETAILS, **NOTIFICATION, csrf_token="x" * 43, expect=403)
    assert not visitor.page.form().names & DETAILS.keys()
    visitor.submit(expect=422)
    assert visitor.page.form().values.items() >= NOTIFICATION.items()


def test_a_confirmation_without_its_token_can_be_sent_again(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in(visitor)
    visitor.submit(csrf_token=None, expect=403)
    assert not portal.store.rows.registrations
    visitor.submit()
    assert len(portal.store.rows.registrations) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://portal.example.jp"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "", "Origin": "https://portal.example.jp.evil.example"},
        {"Sec-Fetch-Site": "", "Origin": "https://portal.example.jp:444"},
    ],
    ids=["another_site", "a_sister", "a_forged_origin", "an_old_browser", "a_longer_name", "another_port"],
)
def test_a_form_sent_from_elsewhere_is_refused(portal: OpenPortal, visitor: Visitor, headers: dict[str, str]) -> None:
    fill_in(visitor)
    visitor.submit(headers=headers, expect=403)
    assert not portal.store.rows.registrations


@pytest.mark.parametrize("site", ["same-origin", "none", ""])
def test_our_own_forms_are_taken_from_every_browser(portal: OpenPortal, visitor: Visitor, site: str) -> None:
    fill_in(visitor)
    visitor.submit(headers={"Sec-Fetch-Site": site, "Origin": portal.settings.origin})
    assert len(portal.store.rows.registrations) == 1


def test_a_link_may_come_from_anywhere(portal: OpenPortal, visitor: Visitor) -> None:
    open_link(visitor)
    visitor.get(portal.newest_link(), headers={"Sec-Fetch-Site": "cross-site"})

"""When the store is out of reach, or something breaks: a page that keeps the form, and not a word too many."""

from collections.abc import Callable

import pytest

from tests.pages.portal import OpenPortal
from tests.pages.steps import (
    DETAILS,
    INDIVIDUAL,
    NOTIFICATION,
    NOTIFICATION_ADDRESS,
    complete,
    consent,
    fill_in,
    fill_in_details,
    open_link,
    register,
)
from tests.pages.visitor import Shown, Visitor

NEEDS_NO_STORE = ("/", "/registration", "/prepare/screen", "/prepare/bulk", "/terms", "/privacy", "/contact")


def _go_down(portal: OpenPortal) -> None:
    portal.store.is_down = True


def _come_back(portal: OpenPortal) -> None:
    portal.store.is_down = False


def test_an_entry_is_kept_while_the_store_is_away(portal: OpenPortal, visitor: Visitor) -> None:
    consent(visitor)
    _go_down(portal)
    for _ in range(2):
        visitor.submit(**INDIVIDUAL, expect=503)
        assert visitor.page.served.header("retry-after")
        assert visitor.page.outcome == "store_unavailable"
        assert visitor.page.form().values.items() >= INDIVIDUAL.items()
    _come_back(portal)
    visitor.submit()
    assert visitor.page.path == "/registration/check"


def test_consent_can_be_given_again(portal: OpenPortal, visitor: Visitor) -> None:
    visitor.get("/registration")
    _go_down(portal)
    visitor.submit(consent="yes", expect=503)
    _come_back(portal)
    visitor.submit()
    assert visitor.page.path == "/registration/entry"


def test_a_registration_can_be_sent_again(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in(visitor)
    _go_down(portal)
    visitor.submit(expect=503)
    _come_back(portal)
    visitor.submit()
    assert visitor.page.path == "/registration/sent"


def test_details_are_kept_but_for_the_passwords(portal: OpenPortal, visitor: Visitor) -> None:
    open_link(visitor)
    _go_down(portal)
    visitor.submit(**DETAILS, **NOTIFICATION, expect=503)
    assert visitor.page.form().values.items() >= NOTIFICATION.items()
    _come_back(portal)
    visitor.submit(expect=422)
    visitor.submit(**DETAILS)
    assert NOTIFICATION_ADDRESS in visitor.page.text


def test_a_completion_can_be_sent_again(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in_details(visitor)
    _go_down(portal)
    visitor.submit(expect=503)
    _come_back(portal)
    visitor.submit()
    assert visitor.page.path == "/confirmation/done"


@pytest.mark.parametrize(
    ("arrive", "path"),
    [
        (consent, "/registration/entry"),
        (fill_in, "/registration/check"),
        (register, "/registration/sent"),
        (fill_in_details, "/confirmation/check"),
        (complete, "/confirmation/done"),
    ],
)
def test_a_page_that_cannot_be_read_now_can_be_read_later(
    portal: OpenPortal, visitor: Visitor, arrive: Callable[[Visitor], Shown], path: str
) -> None:
    arrive(visitor)
    _go_down(portal)
    visitor.get(path, expect=503)
    assert visitor.page.served.header("retry-after")
    assert path in [door.removeprefix(portal.settings.base_path) for door in visitor.page.doors()]
    _come_back(portal)
    visitor.follow(path)


def test_the_link_can_be_opened_later(portal: OpenPortal, visitor: Visitor) -> None:
    open_link(visitor)
    _go_down(portal)
    visitor.reload(expect=503)
    _come_back(portal)
    visitor.follow("/confirmation")
    assert visitor.page.path == portal.newest_link()


@pytest.mark.parametrize("path", NEEDS_NO_STORE)
def test_public_pages_do_not_need_the_store(portal: OpenPortal, visitor: Visitor, path: str) -> None:
    _go_down(portal)
    visitor.get(path)


def test_a_fault_is_a_page_and_its_words_stay_inside(portal: OpenPortal, visitor: Visitor) -> None:
    def break_down() -> None:
        raise RuntimeError(f"{INDIVIDUAL['email']} broke it")

    fill_in(visitor)
    portal.store.rivals.append(break_down)
    visitor.submit(expect=500)
    assert "broke it" not in visitor.page.body
    assert portal.lines[-1]["fault"].startswith("RuntimeError at test_outages.py:")
    assert portal.lines[-1]["function"] == "post_check"

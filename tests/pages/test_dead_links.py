"""A dead link says which way it died, and what to do."""

from datetime import timedelta

import pytest

from chalicelib.domain.registrations import KEPT_AFTER_EXPIRY
from tests.pages.portal import OpenPortal
from tests.pages.steps import DETAILS, complete, fill_in_details, open_link, register
from tests.pages.visitor import Visitor

DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)


def test_a_link_lives_to_the_last_second(portal: OpenPortal, visitor: Visitor) -> None:
    open_link(visitor)
    portal.clock.move(DAY - SECOND)
    visitor.reload()


def test_an_expired_link_says_when_it_died_and_lets_one_start_again(portal: OpenPortal, visitor: Visitor) -> None:
    open_link(visitor)
    portal.clock.move(DAY)
    visitor.reload(expect=410)
    assert visitor.page.outcome == "link_expired"
    assert "2019年09月25日 09時55分50秒" in visitor.page.text
    visitor.follow("/registration")


def test_a_link_that_is_no_longer_known_says_that_it_expired(portal: OpenPortal, visitor: Visitor) -> None:
    open_link(visitor)
    portal.clock.move(DAY + KEPT_AFTER_EXPIRY)
    portal.store.rows.registrations.clear()
    visitor.reload(expect=410)
    assert visitor.page.outcome == "link_expired"
    assert visitor.page.door("/registration")


def test_a_link_that_dies_while_the_form_is_filled_in_is_refused(portal: OpenPortal, visitor: Visitor) -> None:
    open_link(visitor)
    portal.clock.move(DAY)
    visitor.submit(**DETAILS, expect=410)
    assert visitor.page.outcome == "link_expired"


def test_a_link_that_dies_on_the_check_page_is_refused(portal: OpenPortal, visitor: Visitor) -> None:
    register(visitor)
    portal.deliver_letters()
    portal.clock.move(DAY - timedelta(minutes=10))
    visitor.get(portal.newest_link())
    visitor.submit(**DETAILS)
    portal.clock.move(timedelta(minutes=10))
    visitor.submit(expect=410)
    assert visitor.page.outcome == "link_expired"
    assert not portal.store.rows.accounts


def test_a_used_link_says_so_to_anybody(portal: OpenPortal, visitor: Visitor, stranger: Visitor) -> None:
    complete(visitor)
    for anybody in (visitor, stranger):
        anybody.get(portal.newest_link(), expect=410)
        assert anybody.page.outcome == "link_used"


def test_a_used_link_stays_used_after_it_expired(portal: OpenPortal, visitor: Visitor) -> None:
    complete(visitor)
    portal.clock.move(DAY)
    visitor.get(portal.newest_link(), expect=410)
    assert visitor.page.outcome == "link_used"


def test_a_used_link_shows_nothing_of_the_person(portal: OpenPortal, visitor: Visitor, stranger: Visitor) -> None:
    complete(visitor)
    stranger.get(portal.newest_link(), expect=410)
    for shown in portal.discretion.converted():
        assert shown not in stranger.page.body


@pytest.mark.parametrize(
    "key",
    ["", "abc", "a.b", ".", "%00", "%E9%8D%B5", "W10.abc", "x" * 4000],
    ids=["empty", "word", "dot", "only_a_dot", "nul", "kanji", "signed_by_nobody", "long"],
)
def test_a_key_that_is_not_ours_says_to_check_the_link(visitor: Visitor, key: str) -> None:
    visitor.get(f"/confirmation?key={key}", expect=404)
    assert visitor.page.outcome == "link_not_ours"


def test_no_key_at_all_is_not_ours(visitor: Visitor) -> None:
    visitor.get("/confirmation", expect=404)
    assert visitor.page.outcome == "link_not_ours"


def test_a_key_with_a_letter_lost_or_changed_is_not_ours(portal: OpenPortal, visitor: Visitor) -> None:
    open_link(visitor)
    link = portal.newest_link()
    for broken in (
        link[:-1],
        link[:-3],
        link.replace("key=", "key=A"),
        link.swapcase().replace("/CONFIRMATION?KEY", "/confirmation?key"),
    ):
        visitor.get(broken, expect=404)
        assert visitor.page.outcome == "link_not_ours"


def test_a_key_for_another_purpose_is_not_ours(portal: OpenPortal, visitor: Visitor) -> None:
    token = visitor.get("/registration").form().values["csrf_token"]
    visitor.get(f"/confirmation?key={token}", expect=404)


def test_the_form_cannot_be_sent_with_a_key_that_is_not_ours(visitor: Visitor) -> None:
    open_link(visitor)
    visitor.submit(**DETAILS, key="abc", expect=404)
    assert visitor.page.outcome == "link_not_ours"


def test_no_dead_link_tells_whether_an_address_is_known(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in_details(visitor)
    visitor.get("/confirmation?key=abc", expect=404)
    assert "example.jp" not in visitor.page.text.replace(portal.settings.mail_domain, "")

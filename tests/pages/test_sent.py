"""The page on which people wait for their mail."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.domain.letters import LetterName
from tests.jobs.events import bounce, complaint
from tests.pages.portal import OpenPortal
from tests.pages.steps import ADDRESS, INDIVIDUAL, complete, register
from tests.pages.visitor import Visitor

SENT, RESEND, OTHER = "/registration/sent", "/registration/resend", "/registration/other-address"
OTHER_ADDRESS = "betsu.canary@example.jp"


def test_the_letter_can_be_had_again_after_a_minute(portal: OpenPortal, visitor: Visitor) -> None:
    register(visitor)
    portal.clock.move(timedelta(seconds=60))
    visitor.submit(RESEND)
    assert visitor.page.path == f"{SENT}?resent=1"
    assert visitor.page.notices() == ["ok"]
    portal.deliver_letters()
    assert [letter.to for letter in portal.sender.sent] == [ADDRESS, ADDRESS]


def test_within_the_minute_the_same_page_says_how_long_to_wait(portal: OpenPortal, visitor: Visitor) -> None:
    register(visitor)
    portal.clock.move(timedelta(seconds=45))
    visitor.submit(RESEND, expect=429)
    assert visitor.page.served.header("retry-after") == "15"
    assert "15" in visitor.page.text
    assert ADDRESS in visitor.page.text
    assert visitor.page.outcome == "resend_too_soon"
    portal.deliver_letters()
    assert len(portal.sender.sent) == 1
    portal.clock.move(timedelta(seconds=15))
    visitor.submit(RESEND)
    assert visitor.page.path == f"{SENT}?resent=1"


def test_the_wait_begins_anew_with_each_letter(portal: OpenPortal, visitor: Visitor) -> None:
    register(visitor)
    portal.clock.move(timedelta(seconds=60))
    visitor.submit(RESEND)
    portal.clock.move(timedelta(seconds=59))
    visitor.submit(RESEND, expect=429)
    assert visitor.page.served.header("retry-after") == "1"


def test_every_link_of_a_living_registration_works(portal: OpenPortal, visitor: Visitor, stranger: Visitor) -> None:
    register(visitor)
    portal.deliver_letters()
    first = portal.newest_link()
    portal.clock.move(timedelta(minutes=2))
    visitor.submit(RESEND)
    portal.deliver_letters()
    for link in (first, portal.newest_link()):
        stranger.get(link)


def test_another_address_keeps_what_was_typed(portal: OpenPortal, visitor: Visitor) -> None:
    register(visitor)
    visitor.submit(OTHER)
    assert visitor.page.path == "/registration/entry"
    values = visitor.page.form().values
    assert not values["email"]
    assert not values["email_confirmation"]
    kept = {name: text for name, text in INDIVIDUAL.items() if not name.startswith("email")}
    assert values.items() >= kept.items()
    visitor.submit(email=OTHER_ADDRESS, email_confirmation=OTHER_ADDRESS)
    visitor.submit()
    assert OTHER_ADDRESS in visitor.page.text
    assert ADDRESS not in visitor.page.text
    portal.deliver_letters()
    assert {letter.to for letter in portal.sender.sent} == {ADDRESS, OTHER_ADDRESS}


@pytest.mark.parametrize("fate", [bounce, complaint])
def test_bad_news_reaches_the_browser_that_waits_and_no_other(
    portal: OpenPortal, visitor: Visitor, stranger: Visitor, fate: Callable[[str], object]
) -> None:
    register(stranger)
    register(visitor)
    portal.deliver_letters()
    mine = next(one for one in portal.sender.sent if one.about == list(portal.store.rows.registrations)[-1])
    portal.tell(fate(mine.letter_id))
    visitor.reload()
    assert visitor.page.notices() == ["error"]
    stranger.reload()
    assert stranger.page.notices() == ["ok"]


def test_a_letter_that_cannot_be_sent_is_told_to_the_one_who_waits(portal: OpenPortal, visitor: Visitor) -> None:
    register(visitor)
    portal.sender.is_out_of_order = True
    for _ in range(5):
        portal.deliver_letters()
        visitor.reload()
        assert visitor.page.notices() == ["ok"], "it may still arrive"
        portal.clock.move(timedelta(hours=4))
    portal.deliver_letters()
    visitor.reload()
    assert visitor.page.notices() == ["error"]
    portal.sender.is_out_of_order = False
    visitor.submit(RESEND)
    assert visitor.page.notices() == ["ok"]
    portal.deliver_letters()
    assert [letter.name for letter in portal.sender.sent] == [LetterName.REGISTRATION_LINK]


def test_a_resend_wipes_the_bad_news_of_the_letter_before(portal: OpenPortal, visitor: Visitor) -> None:
    register(visitor)
    portal.deliver_letters()
    portal.tell(bounce(portal.sender.sent[0].letter_id))
    portal.clock.move(timedelta(minutes=2))
    visitor.submit(RESEND)
    visitor.get(SENT)
    assert visitor.page.notices() == ["ok"]


def test_the_page_knows_when_the_link_died(portal: OpenPortal, visitor: Visitor) -> None:
    register(visitor)
    portal.clock.move(timedelta(hours=23, minutes=59, seconds=59))
    visitor.reload()
    assert visitor.page.form(RESEND).method == "post"


def test_a_day_later_the_page_says_that_the_link_died_and_how_to_begin_again(
    portal: OpenPortal, visitor: Visitor
) -> None:
    register(visitor)
    token = visitor.page.form(RESEND).values["csrf_token"]
    portal.clock.move(timedelta(hours=24))
    visitor.reload()
    assert visitor.page.notices() == ["attention"]
    assert visitor.page.door("/registration")
    visitor.post(RESEND, {"csrf_token": token})
    assert not [form for form in visitor.page.document.forms if form.action.endswith(RESEND)]


def test_eight_days_later_the_page_is_gone(portal: OpenPortal, visitor: Visitor) -> None:
    register(visitor)
    portal.clock.move(timedelta(days=8))
    visitor.reload(expect=410)
    assert visitor.page.door("/registration")


def test_the_page_stays_for_as_long_as_the_link_lives_wherever_one_clicks(portal: OpenPortal, visitor: Visitor) -> None:
    register(visitor)
    for path in ("/registration/entry", "/registration/check"):
        visitor.get(path)
        portal.clock.move(timedelta(minutes=31))
    visitor.get(SENT)
    assert ADDRESS in visitor.page.text


def test_after_completion_the_page_says_so_and_mails_no_more(
    portal: OpenPortal, visitor: Visitor, stranger: Visitor
) -> None:
    complete(visitor)
    tab = visitor.another_tab()
    tab.get(SENT)
    assert tab.page.notices() == ["ok"]
    assert not [form for form in tab.page.document.forms if form.action.endswith(RESEND)]
    token = tab.page.form().values["csrf_token"]
    portal.clock.move(timedelta(minutes=2))
    tab.post(RESEND, {"csrf_token": token})
    assert tab.page.path == SENT
    assert tab.page.notices() == ["ok"]


def test_who_never_registered_cannot_resend(visitor: Visitor) -> None:
    token = visitor.get("/registration").form().values["csrf_token"]
    for path in (RESEND, OTHER):
        visitor.post(path, {"csrf_token": token}, expect=410)
        assert visitor.page.outcome == "draft_gone"

"""The same form in two windows, the same button pressed twice."""

from tests.pages.portal import OpenPortal
from tests.pages.steps import DETAILS, complete, fill_in, fill_in_details, open_link
from tests.pages.visitor import Visitor

REGISTRATION_CHECK, CONFIRMATION_CHECK = "/registration/check", "/confirmation/check"


def test_nothing_is_registered_that_was_not_seen(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in(visitor)
    other = visitor.another_tab()
    other.get("/registration/entry")
    other.submit(family_name="別名")
    visitor.submit(expect=409)
    assert visitor.page.outcome == "submission_stale"
    assert not portal.store.rows.registrations
    visitor.follow(REGISTRATION_CHECK)
    assert "別名" in visitor.page.text
    visitor.submit()
    (registration,) = portal.store.rows.registrations.values()
    assert vars(registration.holder)["family_name"] == "別名"


def test_a_stale_page_leads_on_even_when_the_newest_entry_is_wrong(visitor: Visitor) -> None:
    fill_in(visitor)
    other = visitor.another_tab()
    other.get("/registration/entry")
    other.submit(family_name="", expect=422)
    visitor.submit(expect=409)
    visitor.follow(REGISTRATION_CHECK)
    assert visitor.page.path == "/registration/entry"


def test_registering_twice_registers_once(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in(visitor)
    other = visitor.another_tab()
    other.page = visitor.page
    for tab in (visitor, other):
        tab.submit()
        assert tab.page.path == "/registration/sent"
    portal.deliver_letters()
    assert len(portal.store.rows.registrations) == len(portal.sender.sent) == 1


def test_registering_again_after_a_lost_answer_registers_once(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in(visitor)
    portal.store.lost_answers = 1
    visitor.submit(expect=503)
    visitor.submit()
    assert visitor.page.path == "/registration/sent"
    assert len(portal.store.rows.registrations) == len(portal.store.rows.letters) == 1


def test_an_entry_sent_after_registering_elsewhere_leads_to_the_registration(visitor: Visitor) -> None:
    fill_in(visitor)
    other = visitor.another_tab()
    other.get("/registration/entry")
    visitor.submit()
    other.submit(family_name="別名")
    assert other.page.path == "/registration/sent"


def test_completing_twice_gives_one_pair_of_ids(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in_details(visitor)
    other = visitor.another_tab()
    other.page = visitor.page
    visitor.submit()
    other.submit()
    assert visitor.page.path == other.page.path == "/confirmation/done"
    (account,) = portal.store.rows.accounts.values()
    assert account.payer_id in visitor.page.text
    assert account.payer_id in other.page.text
    portal.deliver_letters()
    assert len(portal.sender.sent) == 2, "the link, and the IDs once"


def test_completing_again_after_a_lost_answer_shows_the_same_ids(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in_details(visitor)
    portal.store.lost_answers = 1
    visitor.submit(expect=503)
    visitor.submit()
    (account,) = portal.store.rows.accounts.values()
    assert account.payer_id in visitor.page.text


def test_nothing_is_completed_that_was_not_seen(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in_details(visitor)
    other = visitor.another_tab()
    other.get(portal.newest_link())
    address = "atarashii.canary@example.jp"
    other.submit(**DETAILS, notification_email=address, notification_email_confirmation=address)
    visitor.submit(expect=409)
    assert visitor.page.outcome == "submission_stale"
    assert not portal.store.rows.accounts
    visitor.follow(CONFIRMATION_CHECK)
    assert address in visitor.page.text
    visitor.submit()
    (account,) = portal.store.rows.accounts.values()
    assert account.notification_email == address


def test_of_two_browsers_with_one_link_the_slower_hears_that_it_is_used(
    portal: OpenPortal, visitor: Visitor, stranger: Visitor
) -> None:
    fill_in_details(visitor)
    stranger.get(portal.newest_link())
    stranger.submit(**DETAILS)
    visitor.submit()
    stranger.submit(expect=410)
    assert stranger.page.outcome == "link_used"
    assert len(portal.store.rows.accounts) == 1


def test_a_link_filled_in_after_it_was_used_elsewhere_is_refused(
    portal: OpenPortal, visitor: Visitor, stranger: Visitor
) -> None:
    open_link(visitor)
    stranger.get(portal.newest_link())
    visitor.submit(**DETAILS)
    visitor.submit()
    stranger.submit(**DETAILS, expect=410)
    assert stranger.page.outcome == "link_used"


def test_going_back_to_the_check_page_after_completion_shows_the_ids(visitor: Visitor) -> None:
    complete(visitor)
    visitor.get(CONFIRMATION_CHECK)
    assert visitor.page.path == "/confirmation/done"


def test_drafts_are_of_no_use_to_the_other_capability(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in_details(visitor)
    names = {name.removeprefix("__Host-"): name for name in visitor.cookies}
    mine, theirs = visitor.cookies[names["registration"]], visitor.cookies[names["confirmation"]]
    visitor.cookies.update({names["registration"]: theirs, names["confirmation"]: mine})
    for path in ("/confirmation/done", "/confirmation/check", "/registration/sent", "/registration/check"):
        visitor.get(path, expect=410)
        assert visitor.page.outcome == "draft_gone"

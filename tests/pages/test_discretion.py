"""That the look at the log, with which every journey ends, finds what it is looking for."""

import pytest

from tests.pages.portal import OpenPortal
from tests.pages.steps import ADDRESS, FILER_PASSWORD, INDIVIDUAL, NOTIFICATION_ADDRESS, PAYER_PASSWORD, complete
from tests.pages.visitor import Visitor

ALLOWED = {
    "event",
    "request_id",
    "capability",
    "function",
    "status",
    "outcome",
    "milliseconds",
    "calls",
    "units",
    "sent",
    "noted",
}


def test_a_line_says_what_is_allowed_and_nothing_else(portal: OpenPortal, visitor: Visitor) -> None:
    complete(visitor)
    portal.deliver_letters()
    assert set().union(*portal.lines) <= ALLOWED


def test_everything_that_names_a_person_is_looked_for(portal: OpenPortal, visitor: Visitor) -> None:
    complete(
        visitor,
        notification_email=NOTIFICATION_ADDRESS,
        notification_email_confirmation=NOTIFICATION_ADDRESS,
    )
    (account,) = portal.store.rows.accounts.values()
    (registration,) = portal.store.rows.registrations.values()
    key = portal.newest_link().partition("=")[2]
    canaries = portal.discretion.never_logged()
    assert canaries >= {ADDRESS, NOTIFICATION_ADDRESS, PAYER_PASSWORD, FILER_PASSWORD, key}
    assert canaries >= {INDIVIDUAL["family_name"], INDIVIDUAL["given_kana"], account.payer_id, account.filer_id}
    assert canaries >= set(visitor.cookies.values())
    assert any(registration.registration_id in text or text in key for text in canaries)
    for canary in canaries:
        with pytest.raises(AssertionError):
            portal.require_discretion(f"… {canary} …")


def test_the_requests_are_told_apart_in_the_log(portal: OpenPortal, visitor: Visitor) -> None:
    complete(visitor)
    told = [
        (line["capability"], line["function"], line["outcome"]) for line in portal.lines if line["event"] == "request"
    ]
    assert told == [
        ("registration", "show_terms", "200"),
        ("registration", "accept_terms", "303"),
        ("registration", "show_entry", "200"),
        ("registration", "post_entry", "303"),
        ("registration", "show_check", "200"),
        ("registration", "post_check", "letter_posted"),
        ("registration", "show_sent", "200"),
        ("confirmation", "show_entry", "200"),
        ("confirmation", "post_entry", "303"),
        ("confirmation", "show_check", "200"),
        ("confirmation", "post_check", "registration_completed"),
        ("confirmation", "show_done", "200"),
    ]

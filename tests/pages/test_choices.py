"""Language and text size: kept everywhere, and never at the cost of what was typed."""

import pytest

from tests.pages.portal import OpenPortal
from tests.pages.steps import (
    ADDRESS,
    DETAILS,
    INDIVIDUAL,
    NOTIFICATION,
    complete,
    consent,
    fill_in,
    fill_in_details,
    open_link,
    register,
)
from tests.pages.visitor import Visitor


def _language(visitor: Visitor) -> str:
    return visitor.page.document.root.get("lang", "")


def _size(visitor: Visitor) -> str:
    return visitor.page.document.root.get("data-size", "")


def test_the_portal_speaks_japanese_until_told_otherwise(visitor: Visitor) -> None:
    visitor.get("/")
    assert (_language(visitor), _size(visitor)) == ("ja", "medium")


def test_a_choice_is_kept_for_a_year(visitor: Visitor) -> None:
    visitor.get("/")
    visitor.choose("lang", "en")
    visitor.choose("size", "large")
    cookies = " ".join(visitor.answers[-1].headers["set-cookie"])
    assert "size=large; " in cookies
    assert "Max-Age=31536000" in cookies
    visitor.get("/contact")
    assert (_language(visitor), _size(visitor)) == ("en", "large")


def test_both_choices_stay_when_one_changes(visitor: Visitor) -> None:
    visitor.get("/terms")
    visitor.choose("size", "small")
    visitor.choose("lang", "en")
    visitor.choose("lang", "ja")
    assert (_language(visitor), _size(visitor)) == ("ja", "small")
    assert visitor.page.path.startswith("/terms")


@pytest.mark.parametrize(("name", "value"), [("lang", "xx"), ("lang", ""), ("size", "huge"), ("lang", "<b>")])
def test_a_choice_that_was_not_offered_changes_nothing(visitor: Visitor, name: str, value: str) -> None:
    visitor.get(f"/?{name}={value}")
    assert (_language(visitor), _size(visitor)) == ("ja", "medium")
    assert not {one for one in visitor.cookies if one.endswith(name)}


def test_the_whole_way_can_be_gone_in_english(portal: OpenPortal, visitor: Visitor) -> None:
    visitor.get("/?lang=en")
    complete(visitor, **NOTIFICATION)
    assert _language(visitor) == "en"
    portal.deliver_letters()
    assert [letter.language for letter in portal.sender.sent] == ["en", "en"]
    (account,) = portal.store.rows.accounts.values()
    assert account.language == "en"


def test_every_error_is_told_in_english_too(visitor: Visitor) -> None:
    visitor.get("/registration?lang=en")
    visitor.submit(expect=422)
    visitor.submit(consent="yes")
    visitor.submit(expect=422)
    visitor.submit(**{**INDIVIDUAL, "email": "a b@c", "family_kana": "abc", "family_name": "x\x07" * 200}, expect=422)
    assert _language(visitor) == "en"


def test_dead_links_speak_english_too(visitor: Visitor) -> None:
    visitor.get("/confirmation?key=abc&lang=en", expect=404)
    visitor.get("/confirmation/done", expect=410)
    assert _language(visitor) == "en"


def test_the_entry_is_kept_when_the_language_changes(visitor: Visitor) -> None:
    fill_in(visitor)
    visitor.follow("/registration/entry")
    visitor.choose("lang", "en")
    assert visitor.page.form().values.items() >= INDIVIDUAL.items()


def test_a_wrong_entry_is_kept_when_the_size_changes(visitor: Visitor) -> None:
    typed = {**INDIVIDUAL, "family_kana": "", "email_confirmation": "betsu.canary@example.jp"}
    fill_in(visitor, **typed, expect=422)
    visitor.choose("size", "large")
    assert visitor.page.form().values.items() >= typed.items()


def test_the_check_page_stays_the_same_when_the_language_changes(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in(visitor)
    visitor.choose("lang", "en")
    visitor.submit()
    assert visitor.page.path == "/registration/sent"
    (registration,) = portal.store.rows.registrations.values()
    assert registration.language == "en"


@pytest.mark.parametrize(("name", "value"), [("lang", "en"), ("size", "large")])
def test_the_sent_page_stays_after_a_resend(visitor: Visitor, name: str, value: str) -> None:
    register(visitor)
    visitor.submit("/registration/resend", expect=429)
    visitor.choose(name, value)
    assert visitor.page.path.startswith("/registration/sent")
    assert ADDRESS in visitor.page.text


def test_the_link_keeps_its_key_when_the_language_changes(portal: OpenPortal, visitor: Visitor) -> None:
    open_link(visitor)
    visitor.choose("lang", "en")
    assert visitor.page.path.startswith(portal.newest_link())
    visitor.submit(**{**DETAILS, **NOTIFICATION, "filer_password": ""}, expect=422)
    visitor.choose("size", "large")
    assert visitor.page.form().values.items() >= NOTIFICATION.items()
    visitor.submit(**DETAILS)
    assert visitor.page.path == "/confirmation/check"


def test_the_ids_stay_when_the_language_changes(portal: OpenPortal, visitor: Visitor) -> None:
    complete(visitor)
    visitor.choose("lang", "en")
    (account,) = portal.store.rows.accounts.values()
    assert account.payer_id in visitor.page.text


def test_changing_the_size_on_the_check_page_keeps_the_passwords(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in_details(visitor)
    visitor.choose("size", "small")
    visitor.submit()
    assert len(portal.store.rows.accounts) == 1


def test_the_terms_remember_that_something_was_kept(portal: OpenPortal, visitor: Visitor) -> None:
    consent(visitor)
    visitor.cookies = {name: value for name, value in visitor.cookies.items() if "registration" not in name}
    visitor.submit(**INDIVIDUAL)
    visitor.choose("lang", "en")
    assert visitor.page.notices() == ["attention"]
    visitor.submit(consent="yes")
    assert visitor.page.form().values.items() >= INDIVIDUAL.items()

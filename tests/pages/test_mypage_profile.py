"""利用者情報変更, from the form to the link that confirms a new address."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.accounts import Account
from chalicelib.domain.letters import LetterName
from tests.builders import ADDRESS, PAYER_PASSWORD, a_corporation
from tests.pages.mypage_steps import WRONG, signed_in, stored
from tests.pages.portal import OpenPortal
from tests.pages.visitor import Shown, Visitor
from tests.pages.words import sentence

PROFILE, CHECK, DONE, ADDRESS_PAGE = (
    "/mypage/profile",
    "/mypage/profile/check",
    "/mypage/profile/done",
    "/mypage/address",
)
NEW_ADDRESS = "atarashii.canary@example.jp"


def _send(visitor: Visitor, *, expect: int = 200, **typed: Any) -> Shown:
    visitor.get(PROFILE)
    return visitor.submit(PROFILE, expect=expect, **typed)


def _change(visitor: Visitor, **typed: Any) -> Shown:
    _send(visitor, **typed)
    return visitor.submit(CHECK)


def _links(portal: OpenPortal) -> list[str]:
    portal.deliver_letters()
    address = f"{portal.settings.base_url}{ADDRESS_PAGE}?key="
    keys = [words.text.partition(address)[2].split()[0] for words in portal.sender.read if address in words.text]
    portal.discretion.tokens.update(keys)
    return [f"{ADDRESS_PAGE}?key={key}" for key in keys]


def _confirm(visitor: Visitor, link: str, password: str = PAYER_PASSWORD, *, expect: int = 200) -> Shown:
    visitor.get(link)
    return visitor.submit(ADDRESS_PAGE, payer_password=password, expect=expect)


def test_names_change_at_once(visitor: Visitor) -> None:
    account = signed_in(visitor)
    _change(visitor, family_name="鶴", family_kana="つる")
    assert visitor.page.path.startswith(DONE)
    holder = vars(stored(visitor.portal, account).holder)
    assert (holder["family_name"], holder["family_kana"]) == ("鶴", "ツル")


def test_corporations_have_their_own_fields(visitor: Visitor) -> None:
    account = signed_in(visitor, holder=a_corporation())
    _change(visitor, representative_name="見本　次郎")
    assert vars(stored(visitor.portal, account).holder)["representative_name"] == "見本　次郎"


def test_a_new_address_waits_for_its_link_and_its_password(visitor: Visitor) -> None:
    account = signed_in(visitor)
    _change(visitor, management_email=NEW_ADDRESS)
    assert stored(visitor.portal, account).management_email == ADDRESS
    (link,) = _links(visitor.portal)
    _confirm(visitor, link, WRONG, expect=422)
    assert sentence("payer_password", "credentials_wrong") in visitor.page.problem("payer_password")
    visitor.submit(ADDRESS_PAGE, payer_password=PAYER_PASSWORD)
    assert visitor.page.path == f"{ADDRESS_PAGE}/confirmed"
    assert stored(visitor.portal, account).management_email == NEW_ADDRESS


def test_the_old_address_is_told_before_and_after(visitor: Visitor) -> None:
    signed_in(visitor)
    _change(visitor, management_email=NEW_ADDRESS)
    (link,) = _links(visitor.portal)
    _confirm(visitor, link)
    visitor.portal.deliver_letters()
    told = {letter.name for letter in visitor.portal.sender.sent if letter.to == ADDRESS}
    assert {LetterName.ADDRESS_CHANGE_ASKED, LetterName.ADDRESS_CHANGED} <= told


def test_both_addresses_change_each_by_its_own_link(visitor: Visitor) -> None:
    account = signed_in(visitor)
    _change(visitor, management_email=NEW_ADDRESS, notification_email="shirase.canary@example.jp")
    for link in _links(visitor.portal):
        _confirm(visitor, link)
    now = stored(visitor.portal, account)
    assert (now.management_email, now.notification_email) == (NEW_ADDRESS, "shirase.canary@example.jp")


def test_a_link_works_once_and_for_24_hours(visitor: Visitor) -> None:
    signed_in(visitor)
    _change(visitor, management_email=NEW_ADDRESS)
    (link,) = _links(visitor.portal)
    visitor.portal.clock.move(timedelta(hours=24))
    assert visitor.get(link, expect=410).outcome == "address_link_expired"
    visitor.portal.clock.move(-timedelta(seconds=1))
    _confirm(visitor, link)
    assert visitor.get(link, expect=410).outcome == "address_link_dead"


def test_looking_at_the_link_changes_nothing(visitor: Visitor, stranger: Visitor) -> None:
    signed_in(visitor)
    _change(visitor, management_email=NEW_ADDRESS)
    (link,) = _links(visitor.portal)
    before = visitor.portal.store.snapshot()
    for _ in range(3):
        stranger.get(link)
    assert visitor.portal.store.snapshot() == before


def _open_in_two_tabs(visitor: Visitor) -> tuple[Account, Visitor]:
    account = signed_in(visitor)
    tab = visitor.another_tab()
    tab.get(PROFILE)
    _change(visitor, family_name="鶴")
    return account, tab


def test_two_tabs_are_told_of_each_other_and_lose_nothing(visitor: Visitor) -> None:
    account, tab = _open_in_two_tabs(visitor)
    tab.submit(PROFILE, family_name="亀", given_name="万年", expect=409)
    assert "鶴" in tab.page.text
    assert tab.page.form(PROFILE).values["family_name"] == "亀"
    assert tab.page.form(PROFILE).values["given_name"] == "万年"
    tab.submit(PROFILE)
    tab.submit(CHECK)
    assert vars(stored(visitor.portal, account).holder)["family_name"] == "亀"


def test_a_check_page_of_yesterdays_version_is_told_too(visitor: Visitor) -> None:
    account = signed_in(visitor)
    tab = visitor.another_tab()
    tab.get(PROFILE)
    tab.submit(PROFILE, family_name="亀")
    _change(visitor, family_name="鶴")
    tab.submit(CHECK, expect=409)
    assert tab.page.form(PROFILE).values["family_name"] == "亀"
    assert vars(stored(visitor.portal, account).holder)["family_name"] == "鶴"


def test_wrong_input_is_named_and_kept(visitor: Visitor) -> None:
    signed_in(visitor)
    _send(visitor, expect=422, family_kana="鶴", management_email="nobody")
    assert visitor.page.wrong_fields == ["family_kana", "management_email"]
    assert visitor.page.form(PROFILE).values["management_email"] == "nobody"


def test_what_was_typed_survives_another_language(visitor: Visitor) -> None:
    signed_in(visitor)
    _send(visitor, expect=422, family_kana="鶴", given_name="万年")
    visitor.choose("lang", "en")
    assert visitor.page.form(PROFILE).values["given_name"] == "万年"


def test_confirming_twice_stores_once(visitor: Visitor) -> None:
    account = signed_in(visitor)
    _send(visitor, management_email=NEW_ADDRESS)
    tab = visitor.another_tab()
    tab.page = visitor.page
    visitor.submit(CHECK)
    tab.submit(CHECK)
    assert tab.page.path.startswith(DONE)
    assert stored(visitor.portal, account).version == account.version + 1
    assert len(_links(visitor.portal)) == 1


@pytest.mark.parametrize("typed", ["", "  "])
def test_the_notification_address_can_be_taken_away_at_once(visitor: Visitor, typed: str) -> None:
    account = signed_in(visitor, notification_email="shirase.canary@example.jp")
    _change(visitor, notification_email=typed)
    assert stored(visitor.portal, account).notification_email is None
    visitor.portal.deliver_letters()
    assert LetterName.ADDRESS_CHANGED in {letter.name for letter in visitor.portal.sender.sent}

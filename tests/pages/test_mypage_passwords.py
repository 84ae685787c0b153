"""Changing passwords, and getting back in without one."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.address_loads import MAILS_PER_ADDRESS_AND_HOUR, RESETS_PER_ADDRESS_AND_HOUR
from chalicelib.domain.letters import LetterName
from tests.builders import ADDRESS, PAYER_PASSWORD
from tests.pages.mypage_steps import (
    HOME,
    NEW_PASSWORD,
    WRONG,
    sign_in,
    signed_in,
    store_account,
    stored,
    try_to_sign_in,
)
from tests.pages.portal import LOCAL, OpenPortal, opened
from tests.pages.visitor import Shown, Visitor
from tests.pages.words import sentence

CHANGE, CHANGED = "/mypage/password", "/mypage/password/changed"
RESET, RESET_NEW = "/mypage/password-reset", "/mypage/password-reset/new"
FILER = "/mypage/filer-password"


def _change(visitor: Visitor, expect: int = 200, **typed: str) -> Shown:
    visitor.get(CHANGE)
    fields: dict[str, Any] = {
        "payer_id": "KNCA6288",
        "current_password": PAYER_PASSWORD,
        "new_password": NEW_PASSWORD,
        "new_password_confirmation": NEW_PASSWORD,
        **typed,
    }
    return visitor.submit(CHANGE, expect=expect, **fields)


def _link(portal: OpenPortal) -> str:
    portal.deliver_letters()
    text = portal.sender.read[-1].text
    key = text.partition(f"{portal.settings.base_url}{RESET_NEW}?key=")[2].split()[0]
    portal.discretion.tokens.add(key)
    return f"{RESET_NEW}?key={key}"


def _ask_for_link(visitor: Visitor, payer_id: str = "KNCA6288", address: str = ADDRESS) -> Shown:
    visitor.get(RESET)
    return visitor.submit(RESET, payer_id=payer_id, management_email=address)


def test_the_password_changes_without_a_session(visitor: Visitor) -> None:
    account = store_account(visitor.portal)
    assert _change(visitor).path == CHANGED
    try_to_sign_in(visitor, account.payer_id, PAYER_PASSWORD)
    assert sign_in(visitor, account, NEW_PASSWORD).path == HOME
    visitor.portal.deliver_letters()
    assert LetterName.PASSWORD_CHANGED in {letter.name for letter in visitor.portal.sender.sent}


def test_an_expired_password_is_changed_and_opens_again(visitor: Visitor) -> None:
    account = store_account(visitor.portal)
    visitor.portal.clock.move(timedelta(days=61))
    try_to_sign_in(visitor, account.payer_id, PAYER_PASSWORD, expect=200)
    visitor.submit(
        CHANGE, current_password=PAYER_PASSWORD, new_password=NEW_PASSWORD, new_password_confirmation=NEW_PASSWORD
    )
    assert visitor.page.path == CHANGED
    assert sign_in(visitor, account, NEW_PASSWORD).path == HOME


def test_wrong_current_passwords_count_with_those_of_the_sign_in(visitor: Visitor) -> None:
    account = store_account(visitor.portal)
    for _ in range(3):
        _change(visitor, 422, current_password=WRONG)
    for _ in range(2):
        try_to_sign_in(visitor, account.payer_id, WRONG)
    _change(visitor, 422)
    assert sentence("current_password", "credentials_wrong") in visitor.page.problem("current_password")


@pytest.mark.parametrize(
    ("new", "code"),
    [(PAYER_PASSWORD, "same_as_current"), (ADDRESS, "same_as_own"), ("KNCA6288KICA6288", "same_as_own")],
)
def test_a_new_password_is_neither_the_old_one_nor_ones_own_words(visitor: Visitor, new: str, code: Any) -> None:
    store_account(visitor.portal)
    _change(visitor, 422, new_password=new, new_password_confirmation=new)
    assert sentence("new_password", code) in visitor.page.problem("new_password")


def test_whether_a_password_is_somebodys_own_word_is_said_to_nobody_else(visitor: Visitor) -> None:
    store_account(visitor.portal)
    _change(visitor, 422, current_password=WRONG, new_password=ADDRESS, new_password_confirmation=ADDRESS)
    assert visitor.page.wrong_fields == ["current_password"]


def test_sending_the_change_twice_gives_the_same_answer_twice(visitor: Visitor) -> None:
    store_account(visitor.portal)
    visitor.get(CHANGE)
    tab = visitor.another_tab()
    tab.page = visitor.page
    typed: dict[str, Any] = {
        "payer_id": "KNCA6288",
        "current_password": PAYER_PASSWORD,
        "new_password": NEW_PASSWORD,
        "new_password_confirmation": NEW_PASSWORD,
    }
    assert visitor.submit(CHANGE, **typed).path == tab.submit(CHANGE, **typed).path == CHANGED
    visitor.portal.deliver_letters()
    assert len(visitor.portal.sender.sent) == 1


def test_a_mailed_link_sets_a_new_password_and_unlocks(visitor: Visitor) -> None:
    account = store_account(visitor.portal)
    for _ in range(5):
        try_to_sign_in(visitor, account.payer_id, WRONG)
    _ask_for_link(visitor)
    visitor.get(_link(visitor.portal))
    visitor.submit(RESET_NEW, new_password=NEW_PASSWORD, new_password_confirmation=NEW_PASSWORD)
    assert visitor.page.path == CHANGED
    assert sign_in(visitor, account, NEW_PASSWORD).path == HOME


def test_the_link_works_once(visitor: Visitor, stranger: Visitor) -> None:
    store_account(visitor.portal)
    _ask_for_link(visitor)
    link = _link(visitor.portal)
    stranger.get(link)
    visitor.get(link)
    visitor.submit(RESET_NEW, new_password=NEW_PASSWORD, new_password_confirmation=NEW_PASSWORD)
    stranger.submit(RESET_NEW, new_password=WRONG, new_password_confirmation=WRONG, expect=410)
    assert stranger.get(link, expect=410).outcome == "reset_link_dead"


def test_the_link_lives_thirty_minutes_to_the_second(visitor: Visitor) -> None:
    store_account(visitor.portal)
    _ask_for_link(visitor)
    link = _link(visitor.portal)
    visitor.portal.clock.move(timedelta(minutes=30) - timedelta(seconds=1))
    visitor.get(link)
    visitor.portal.clock.move(timedelta(seconds=1))
    assert visitor.get(link, expect=410).outcome == "reset_link_expired"


def test_the_link_dies_with_any_change_of_the_password(visitor: Visitor) -> None:
    store_account(visitor.portal)
    _ask_for_link(visitor)
    link = _link(visitor.portal)
    _change(visitor)
    assert visitor.get(link, expect=410).outcome == "reset_link_dead"


def test_a_forged_link_opens_nothing(visitor: Visitor) -> None:
    store_account(visitor.portal)
    _ask_for_link(visitor)
    link = _link(visitor.portal)
    assert visitor.get(f"{link[:-4]}AAAA", expect=404).outcome == "link_not_ours"


def _asked(payer_id: str, address: str) -> tuple[list[Any], int]:
    with opened(LOCAL) as portal:
        store_account(portal)
        visitor = Visitor(portal)
        visitor.cookies["visitor"] = "v" * 32
        _ask_for_link(visitor, payer_id, address)
        told = [(one.status, one.headers, one.body) for one in visitor.answers]
        portal.deliver_letters()
        return told, len(portal.sender.sent)


@pytest.mark.parametrize(("payer_id", "address"), [("KNZZ9999", ADDRESS), ("KNCA6288", "someone.else@example.jp")])
def test_asking_for_a_link_is_answered_alike_for_everybody(payer_id: str, address: str) -> None:
    told, mails = _asked(payer_id, address)
    told_to_owner, mails_to_owner = _asked("KNCA6288", ADDRESS)
    assert told == told_to_owner
    assert (mails, mails_to_owner) == (0, 1)


def test_the_way_back_stays_open_when_the_address_had_all_its_mails(visitor: Visitor) -> None:
    store_account(visitor.portal)
    for _ in range(MAILS_PER_ADDRESS_AND_HOUR):
        with visitor.portal.world().begin() as work:
            work.addresses.count_mail(ADDRESS, visitor.portal.clock.now)
    for _ in range(RESETS_PER_ADDRESS_AND_HOUR):
        _ask_for_link(visitor, "KNZZ9999")
    _ask_for_link(visitor)
    visitor.get(_link(visitor.portal))


def test_the_filer_password_asks_for_the_payer_password(visitor: Visitor) -> None:
    account = signed_in(visitor)
    visitor.get(FILER)
    typed: dict[str, Any] = {"filer_password": NEW_PASSWORD, "filer_password_confirmation": NEW_PASSWORD}
    visitor.submit(FILER, payer_password=WRONG, **typed, expect=422)
    assert sentence("payer_password", "credentials_wrong") in visitor.page.problem("payer_password")
    visitor.submit(FILER, payer_password=PAYER_PASSWORD, **typed)
    assert visitor.page.path == f"{FILER}/changed"
    assert stored(visitor.portal, account).filer_password_hash != account.filer_password_hash
    assert visitor.get(HOME).path == HOME


def test_expiry_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD_LIFETIME_DAYS", "0")
    with opened(LOCAL) as portal:
        account = store_account(portal)
        portal.clock.move(timedelta(days=4000))
        assert sign_in(Visitor(portal), account).path == HOME

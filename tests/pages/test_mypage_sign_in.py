"""マイページログイン: who gets in, what the others are told, and what is remembered of both."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.domain.letters import LetterName
from tests.builders import PAYER_PASSWORD
from tests.pages.mypage_steps import (
    HOME,
    LOGIN,
    WRONG,
    sign_in,
    signed_in,
    store_account,
    try_to_sign_in,
)
from tests.pages.portal import LOCAL, OpenPortal, opened
from tests.pages.visitor import Visitor
from tests.pages.words import sentence

UNKNOWN = "KNZZ9999"


def test_id_and_password_lead_to_my_page(visitor: Visitor) -> None:
    account = signed_in(visitor)
    assert visitor.page.path == HOME
    assert account.payer_id in visitor.page.text
    assert account.filer_id in visitor.page.text


@pytest.mark.parametrize("typed", ["knca6288", "ＫＮＣＡ６２８８", " kn ca 6288 "])
def test_ids_are_taken_in_every_spelling(visitor: Visitor, typed: str) -> None:
    store_account(visitor.portal)
    assert try_to_sign_in(visitor, typed, PAYER_PASSWORD, expect=200).path == HOME


@pytest.mark.parametrize("typed", ["KICA6288", "KNIO0001", "KN1234AB", "KNCA628", "KNCA62888", "神" * 200])
def test_what_cannot_be_an_id_is_said_beside_the_field(visitor: Visitor, typed: str) -> None:
    try_to_sign_in(visitor, typed, PAYER_PASSWORD)
    assert visitor.page.wrong_fields == ["payer_id"]


def test_an_empty_form_names_both_fields(visitor: Visitor) -> None:
    try_to_sign_in(visitor, "", "")
    assert visitor.page.wrong_fields == ["payer_id", "payer_password"]


def test_after_a_wrong_password_the_id_is_still_there(visitor: Visitor) -> None:
    account = store_account(visitor.portal)
    try_to_sign_in(visitor, account.payer_id, WRONG)
    assert visitor.page.form(LOGIN).values["payer_id"] == account.payer_id
    assert sentence("payer_password", "credentials_wrong") in visitor.page.problem("payer_password")


def test_the_sixth_try_fails_even_with_the_right_password(visitor: Visitor) -> None:
    account = store_account(visitor.portal)
    for _ in range(5):
        try_to_sign_in(visitor, account.payer_id, WRONG)
    try_to_sign_in(visitor, account.payer_id, PAYER_PASSWORD)
    assert visitor.page.outcome == "sign_in_refused"


def test_a_right_password_begins_the_count_anew(visitor: Visitor) -> None:
    account = store_account(visitor.portal)
    for _ in range(2):
        for _ in range(4):
            try_to_sign_in(visitor, account.payer_id, WRONG)
        sign_in(visitor, account)
        visitor.submit("/mypage/logout")


Past = Callable[[OpenPortal], tuple[str, str]]


def _unknown(_: OpenPortal) -> tuple[str, str]:
    return UNKNOWN, WRONG


def _known(portal: OpenPortal) -> tuple[str, str]:
    store_account(portal, id_suffix=UNKNOWN[2:])
    return UNKNOWN, WRONG


def _lock(portal: OpenPortal) -> None:
    for _ in range(5):
        try_to_sign_in(Visitor(portal), UNKNOWN, WRONG)


def _locked(portal: OpenPortal) -> tuple[str, str]:
    _known(portal)
    _lock(portal)
    return UNKNOWN, PAYER_PASSWORD


def _unknown_and_locked(portal: OpenPortal) -> tuple[str, str]:
    _lock(portal)
    return UNKNOWN, PAYER_PASSWORD


def _told(past: Past) -> list[tuple[int, object, str]]:
    with opened(LOCAL) as portal:
        payer_id, password = past(portal)
        portal.chance = type(portal.chance)()
        visitor = Visitor(portal)
        visitor.cookies["visitor"] = "v" * 32
        try_to_sign_in(visitor, payer_id, password)
        return [(one.status, one.headers, one.body) for one in visitor.answers]


@pytest.mark.parametrize("past", [_known, _locked, _unknown_and_locked])
def test_unknown_wrong_and_locked_are_told_the_same(past: Past) -> None:
    assert _told(past) == _told(_unknown)


def test_an_expired_password_opens_the_screen_that_changes_it_with_the_id_filled_in(visitor: Visitor) -> None:
    account = store_account(visitor.portal)
    visitor.portal.clock.move(timedelta(days=60))
    try_to_sign_in(visitor, account.payer_id, PAYER_PASSWORD, expect=200)
    assert visitor.page.path.startswith("/mypage/password?")
    assert visitor.page.form("/mypage/password").values["payer_id"] == account.payer_id
    assert visitor.get(HOME).path == LOGIN


def test_a_second_before_its_end_a_password_still_opens(visitor: Visitor) -> None:
    account = store_account(visitor.portal)
    visitor.portal.clock.move(timedelta(days=60) - timedelta(seconds=1))
    assert sign_in(visitor, account).path == HOME


def test_that_a_password_expired_is_only_said_to_who_has_it(visitor: Visitor) -> None:
    account = store_account(visitor.portal)
    visitor.portal.clock.move(timedelta(days=60))
    try_to_sign_in(visitor, account.payer_id, WRONG)
    assert visitor.page.outcome == "sign_in_refused"


def test_a_new_browser_is_told_of_by_mail_and_a_known_one_is_not(visitor: Visitor, stranger: Visitor) -> None:
    account = signed_in(visitor)
    visitor.submit("/mypage/logout")
    sign_in(visitor, account)
    sign_in(stranger, account)
    visitor.portal.deliver_letters()
    assert [letter.name for letter in visitor.portal.sender.sent] == [LetterName.NEW_BROWSER] * 2


def test_the_history_shows_every_try_to_its_owner(visitor: Visitor, stranger: Visitor) -> None:
    account = store_account(visitor.portal)
    try_to_sign_in(stranger, account.payer_id, WRONG)
    sign_in(visitor, account)
    rows = visitor.get("/mypage/sign-ins").document.all("tbody")[0]
    assert len(list(rows)) == 2


def test_my_page_tells_of_the_tries_before(visitor: Visitor, stranger: Visitor) -> None:
    account = store_account(visitor.portal)
    try_to_sign_in(stranger, account.payer_id, WRONG)
    visitor.portal.clock.move(timedelta(minutes=1))
    assert sign_in(visitor, account).path == HOME
    assert "/mypage/sign-ins" in {door.rpartition("/api")[2] for door in visitor.page.doors()}


def test_who_is_signed_in_is_not_asked_again(visitor: Visitor) -> None:
    signed_in(visitor)
    assert visitor.get(LOGIN).path == HOME


def test_a_form_from_before_the_browser_was_closed_is_shown_again_and_is_no_error(visitor: Visitor) -> None:
    account = store_account(visitor.portal)
    visitor.get(LOGIN)
    visitor.cookies.clear()
    visitor.submit(LOGIN, payer_id=account.payer_id, payer_password=PAYER_PASSWORD, expect=409)
    assert visitor.page.form(LOGIN).values["payer_id"] == account.payer_id
    assert visitor.page.wrong_fields == []
    visitor.submit(LOGIN, payer_password=PAYER_PASSWORD)
    assert visitor.page.path == HOME

"""From the mailed link to both IDs."""

from datetime import timedelta

import pytest

from chalicelib.domain.letters import LetterName
from tests.pages.portal import OpenPortal
from tests.pages.steps import (
    ADDRESS,
    CORPORATION,
    DETAILS,
    FILER_PASSWORD,
    INDIVIDUAL,
    NOTIFICATION,
    NOTIFICATION_ADDRESS,
    PAYER_PASSWORD,
    Typed,
    complete,
    fill_in_details,
    open_link,
)
from tests.pages.visitor import Visitor

DONE = "/confirmation/done"


@pytest.mark.parametrize("typed", [INDIVIDUAL, CORPORATION], ids=["individual", "corporation"])
def test_both_kinds_of_people_get_their_ids(portal: OpenPortal, visitor: Visitor, typed: Typed) -> None:
    open_link(visitor, **typed)
    visitor.submit(**DETAILS)
    visitor.submit()
    (account,) = portal.store.rows.accounts.values()
    assert visitor.page.path == DONE
    assert account.payer_id in visitor.page.text
    assert account.filer_id in visitor.page.text
    assert vars(account.holder).items() <= typed.items()
    assert account.management_email == ADDRESS


def test_the_link_opens_in_another_browser_too(portal: OpenPortal, visitor: Visitor, stranger: Visitor) -> None:
    open_link(visitor)
    stranger.get(portal.newest_link())
    stranger.submit(**DETAILS)
    stranger.submit()
    assert stranger.page.path == DONE


def test_opening_the_link_changes_nothing_however_often(
    portal: OpenPortal, visitor: Visitor, stranger: Visitor
) -> None:
    open_link(visitor)
    before = portal.store.snapshot()
    for _ in range(10):
        stranger.get(portal.newest_link())
        stranger.ask("HEAD", portal.newest_link(), expect=200)
    assert portal.store.snapshot() == before


def test_the_names_and_the_management_address_are_fixed(visitor: Visitor) -> None:
    open_link(visitor)
    for shown in ("金糸雀山 花子", "カナリヤマ ハナコ", ADDRESS):
        assert shown in visitor.page.text
    assert not {"email", "family_name", "company_name"} & visitor.page.form().names


def test_a_name_smuggled_into_the_form_is_not_taken(portal: OpenPortal, visitor: Visitor) -> None:
    open_link(visitor)
    form = visitor.page.form()
    visitor.post(form.action, {**form.values, **DETAILS, "family_name": "別名", "email": "other.canary@example.jp"})
    visitor.submit()
    (account,) = portal.store.rows.accounts.values()
    assert vars(account.holder)["family_name"] == INDIVIDUAL["family_name"]
    assert account.management_email == ADDRESS


def test_the_check_page_says_that_passwords_are_set_and_not_which(visitor: Visitor) -> None:
    fill_in_details(visitor)
    assert visitor.page.path == "/confirmation/check"
    assert visitor.page.text.count("設定有") == 2
    for password in (PAYER_PASSWORD, FILER_PASSWORD):
        assert password not in visitor.page.body


def test_passwords_are_stored_as_hashes_only(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in_details(visitor)
    before_completion = repr(portal.store.snapshot())
    visitor.submit()
    for kept in (before_completion, repr(portal.store.snapshot())):
        assert PAYER_PASSWORD not in kept
        assert FILER_PASSWORD not in kept
    (account,) = portal.store.rows.accounts.values()
    assert account.payer_password_hash != account.filer_password_hash


def test_going_back_asks_for_the_passwords_anew_and_keeps_the_rest(visitor: Visitor) -> None:
    fill_in_details(visitor, **NOTIFICATION)
    visitor.follow("/confirmation")
    values = visitor.page.form().values
    assert values.items() >= NOTIFICATION.items()
    assert not any(values[name] for name in DETAILS)
    visitor.submit(expect=422)
    assert visitor.page.wrong_fields == list(DETAILS)


def test_a_wrong_entry_keeps_the_notification_address(visitor: Visitor) -> None:
    open_link(visitor)
    visitor.submit(**NOTIFICATION, expect=422)
    assert visitor.page.form().values.items() >= NOTIFICATION.items()
    visitor.submit(**DETAILS)
    assert NOTIFICATION_ADDRESS in visitor.page.text


def test_the_notification_address_may_be_left_out(portal: OpenPortal, visitor: Visitor) -> None:
    complete(visitor)
    (account,) = portal.store.rows.accounts.values()
    assert account.notification_email is None


def test_the_notification_address_is_kept(portal: OpenPortal, visitor: Visitor) -> None:
    complete(visitor, **NOTIFICATION)
    (account,) = portal.store.rows.accounts.values()
    assert account.notification_email == NOTIFICATION_ADDRESS


def test_the_ids_are_mailed_to_the_management_address(portal: OpenPortal, visitor: Visitor) -> None:
    complete(visitor, **NOTIFICATION)
    portal.deliver_letters()
    letter, words = portal.sender.sent[-1], portal.sender.read[-1]
    (account,) = portal.store.rows.accounts.values()
    assert (letter.name, letter.to) == (LetterName.REGISTRATION_COMPLETED, ADDRESS)
    assert account.payer_id in words.text
    assert account.filer_id in words.text


def test_this_browser_sees_the_ids_for_thirty_minutes(portal: OpenPortal, visitor: Visitor) -> None:
    complete(visitor)
    for _ in range(2):
        visitor.reload()
        portal.clock.move(timedelta(minutes=14, seconds=59))
    visitor.reload()
    portal.clock.move(timedelta(seconds=2))
    visitor.reload(expect=410)
    assert visitor.page.outcome == "draft_gone"


def test_no_other_browser_sees_the_ids(portal: OpenPortal, visitor: Visitor, stranger: Visitor) -> None:
    complete(visitor)
    stranger.get(DONE, expect=410)
    (account,) = portal.store.rows.accounts.values()
    assert account.id_suffix not in stranger.page.body


def test_ending_the_last_page_hides_the_ids(visitor: Visitor) -> None:
    complete(visitor)
    visitor.submit("/confirmation/quit")
    assert visitor.page.path == "/"
    visitor.get(DONE, expect=410)


def test_the_last_page_leads_to_my_page(visitor: Visitor) -> None:
    complete(visitor)
    visitor.follow("/mypage/login")


def test_an_unfinished_entry_cannot_be_confirmed(portal: OpenPortal, visitor: Visitor) -> None:
    open_link(visitor)
    visitor.submit(expect=422)
    token = visitor.page.form().values["csrf_token"]
    visitor.get("/confirmation/check")
    assert visitor.page.path.startswith("/confirmation?key=")
    visitor.post("/confirmation/check", {"csrf_token": token, "submission_id": ""}, expect=409)
    assert not portal.store.rows.accounts


def test_pages_behind_the_link_need_the_link(visitor: Visitor) -> None:
    for path in ("/confirmation/check", DONE):
        visitor.get(path, expect=410)
        assert visitor.page.outcome == "draft_gone"


def test_what_was_typed_dies_after_thirty_minutes_and_the_link_does_not(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in_details(visitor, **NOTIFICATION)
    portal.clock.move(timedelta(minutes=30))
    visitor.submit(expect=410)
    assert visitor.page.outcome == "draft_gone"
    visitor.get(portal.newest_link())
    assert not visitor.page.form().values["notification_email"]
    visitor.submit(**DETAILS)
    visitor.submit()
    assert visitor.page.path == DONE


def test_an_id_that_is_taken_is_drawn_again(portal: OpenPortal, visitor: Visitor, stranger: Visitor) -> None:
    portal.chance.suffixes = ["CA6288", "CA6288", "CA6288", "CA6289"]
    complete(visitor)
    complete(stranger)
    assert set(portal.store.rows.accounts) == {"CA6288", "CA6289"}
    assert "KNCA6288" in visitor.page.text
    assert "KNCA6289" in stranger.page.text


def test_when_no_id_is_left_nothing_is_lost(portal: OpenPortal, visitor: Visitor, stranger: Visitor) -> None:
    portal.chance.suffixes = ["CA6288"] * 11
    complete(visitor)
    fill_in_details(stranger)
    stranger.submit(expect=503)
    assert stranger.page.outcome == "ids_exhausted"
    stranger.follow("/confirmation/check")
    stranger.submit()
    assert len(portal.store.rows.accounts) == 2


def test_an_address_that_filled_up_meanwhile_is_told_to_the_holder_of_the_link(
    portal: OpenPortal, visitor: Visitor
) -> None:
    fill_in_details(visitor)
    for _ in range(100):
        with portal.store.begin() as work:
            work.addresses.count_account(ADDRESS)
    visitor.submit(expect=409)
    assert visitor.page.outcome == "address_full"
    assert not portal.store.rows.accounts
    visitor.follow("/registration")

"""二次元コード発行: four purposes, what stands on each page, what the picture says, and who may look at it."""

import json
from datetime import timedelta

import pytest

from chalicelib.domain.lookup_keys import grouped_key
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import RECEIVER_PURPOSES, Purpose
from chalicelib.signing.qr_codes import verified
from tests.pages.code_pictures import code_on, picture_on, read_image, saved_from
from tests.pages.code_steps import (
    ENTRY,
    NEW_RECEIVER_PASSWORD,
    NUMBER,
    RECEIVER,
    codes_issued,
    fill_in,
    filled,
    held,
    key_on,
    stored_code,
)
from tests.pages.portal import OpenPortal
from tests.pages.visitor import Visitor

HEADINGS = {
    Purpose.ENROLMENT: "新規登録用二次元コード",
    Purpose.AUTHENTICATION: "認証用二次元コード",
    Purpose.PASSWORD_CHANGE: "パスワード変更用二次元コード",
}
PAPERS = "行政書士証票のコピー"
EVERY_VISIT = "受け取りのたびに"
ENDS = {
    Purpose.ENROLMENT: "2019年 12月 23日",
    Purpose.AUTHENTICATION: "2019年 10月 24日",
    Purpose.PASSWORD_CHANGE: "2019年 12月 23日",
}


@pytest.mark.parametrize("purpose", RECEIVER_PURPOSES)
def test_each_purpose_has_the_heading_and_records_of_the_manual(visitor: Visitor, purpose: Purpose) -> None:
    page = fill_in(visitor, purpose)
    assert page.path == f"{ENTRY}/{key_on(page)}"
    assert "二次元コードの確認" in page.heading
    for words in (
        HEADINGS[purpose],
        grouped_key(key_on(page)),
        RECEIVER,
        "2019年 09月 24日",
        ENDS[purpose],
        "印刷",
        "終了",
    ):
        assert words in page.text
    assert (PAPERS in page.text) is (purpose is not Purpose.AUTHENTICATION)
    assert (EVERY_VISIT in page.text) is (purpose is Purpose.AUTHENTICATION)
    assert ("手続種別" in page.text) is (purpose is Purpose.AUTHENTICATION)


@pytest.mark.parametrize(("procedure", "name"), [("continuation", "継続検査"), ("new_vehicle", "新車")])
def test_an_authentication_code_is_for_one_procedure(
    portal: OpenPortal, visitor: Visitor, procedure: str, name: str
) -> None:
    page = fill_in(visitor, Purpose.AUTHENTICATION, procedure=procedure)
    assert name in page.text
    assert stored_code(portal, key_on(page)).procedure is Procedure(procedure)


def test_a_procedure_left_chosen_says_nothing_about_other_purposes(portal: OpenPortal, visitor: Visitor) -> None:
    page = fill_in(visitor, Purpose.ENROLMENT, procedure="continuation")
    assert stored_code(portal, key_on(page)).procedure is None


@pytest.mark.parametrize("purpose", RECEIVER_PURPOSES)
def test_what_is_shown_and_saved_is_what_was_signed(portal: OpenPortal, visitor: Visitor, purpose: Purpose) -> None:
    page = fill_in(visitor, purpose)
    text = code_on(page)
    assert {read_image(saved_from(page, kind)) for kind in ("png", "svg")} == {text}
    status, _, published = portal.answer("GET", "/.well-known/qr-code-keys.json", {}, b"")
    assert status == 200
    assert verified(text, json.loads(published)) == stored_code(portal, key_on(page)).says


@pytest.mark.parametrize("purpose", RECEIVER_PURPOSES)
def test_a_code_is_read_small_turned_and_blurred(visitor: Visitor, purpose: Purpose) -> None:
    picture = picture_on(fill_in(visitor, purpose)).resize((300, 300))
    assert read_image(picture) == read_image(picture.rotate(37, expand=True, fillcolor=255))


def test_the_code_carries_neither_name_nor_password(portal: OpenPortal, visitor: Visitor) -> None:
    page = fill_in(visitor, Purpose.ENROLMENT)
    says = stored_code(portal, key_on(page)).says
    assert vars(says).keys() == {"purpose", "lookup_key", "issued_at", "expires_at"}
    assert len(code_on(page)) == 139


def test_the_pictures_are_saved_under_the_search_key(visitor: Visitor) -> None:
    page = fill_in(visitor, Purpose.ENROLMENT)
    saved = {one.get("download") for one in page.document.all("a") if "download" in one.attrib}
    assert saved == {f"qr-code-{key_on(page)}.{kind}" for kind in ("png", "svg")}


def test_only_the_browser_that_issued_a_code_sees_it(visitor: Visitor, stranger: Visitor) -> None:
    path = fill_in(visitor, Purpose.ENROLMENT).path
    assert stranger.get(path, expect=410).outcome == "code_not_shown"
    assert held(visitor.another_tab().get(path)) == held(visitor.page)


def test_a_code_is_shown_for_half_an_hour(portal: OpenPortal, visitor: Visitor) -> None:
    path = fill_in(visitor, Purpose.ENROLMENT).path
    portal.clock.move(timedelta(minutes=30) - timedelta(seconds=1))
    visitor.get(path)
    portal.clock.move(timedelta(seconds=1))
    assert visitor.get(path, expect=410).outcome == "code_not_shown"


@pytest.mark.parametrize("key", ["1234567890123456", "K234567890123456", "0", "見本", "well-known"])
def test_what_was_never_issued_looks_like_what_is_not_shown(visitor: Visitor, key: str) -> None:
    assert visitor.get(f"{ENTRY}/{key}", expect=410).outcome == "code_not_shown"


def test_a_form_sent_twice_gives_one_code(portal: OpenPortal, visitor: Visitor) -> None:
    visitor.get(ENTRY)
    form = visitor.page.form(ENTRY)
    first = held(visitor.submit(ENTRY, **filled(Purpose.ENROLMENT)))
    typed = {name: text for name, text in filled(Purpose.ENROLMENT).items() if text}
    assert held(visitor.post(ENTRY, {**form.values, **typed})) == first
    assert codes_issued(portal) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"purpose": "password_change"},
        {"receiver_name": "見本受取商会"},
        {"scrivener_number": NUMBER},
        {"receiver_password": NEW_RECEIVER_PASSWORD, "receiver_password_confirmation": NEW_RECEIVER_PASSWORD},
    ],
)
def test_who_goes_back_and_types_something_else_gets_another_code(
    portal: OpenPortal, visitor: Visitor, changed: dict[str, str]
) -> None:
    visitor.get(ENTRY)
    form = visitor.page.form(ENTRY)
    typed = {name: text for name, text in filled(Purpose.ENROLMENT).items() if text}
    keys = [key_on(visitor.post(ENTRY, {**form.values, **typed, **other})) for other in ({}, changed)]
    assert keys[0] != keys[1]
    assert codes_issued(portal) == 2


def test_a_strangers_submission_gives_nobody_elses_code(visitor: Visitor, stranger: Visitor) -> None:
    visitor.get(ENTRY)
    submission_id = visitor.page.form(ENTRY).values["submission_id"]
    visitor.submit(ENTRY, **filled(Purpose.ENROLMENT))
    stranger.get(ENTRY)
    page = stranger.submit(ENTRY, submission_id=submission_id, expect=410, **filled(Purpose.ENROLMENT))
    assert page.outcome == "code_not_shown"


def test_every_code_has_a_key_of_its_own(portal: OpenPortal, visitor: Visitor) -> None:
    portal.chance.digits = ["123456789012345", "123456789012345", "999999999999999"]
    keys = {key_on(fill_in(visitor, Purpose.AUTHENTICATION)) for _ in range(2)}
    assert len(keys) == 2


def test_a_form_of_former_times_is_shown_again(visitor: Visitor) -> None:
    visitor.get(ENTRY)
    form = visitor.page.form(ENTRY)
    visitor.cookies.clear()
    typed = {name: text for name, text in filled(Purpose.ENROLMENT).items() if text}
    page = visitor.post(ENTRY, {**form.values, **typed}, expect=409)
    assert page.form(ENTRY).values["receiver_name"] == RECEIVER
    assert page.form(ENTRY).values["purpose"] == "enrolment"
    visitor.submit(ENTRY, **filled(Purpose.ENROLMENT))


def test_the_pages_speak_english(visitor: Visitor) -> None:
    visitor.get(ENTRY)
    visitor.choose("lang", "en")
    for purpose in RECEIVER_PURPOSES:
        assert read_image(picture_on(fill_in(visitor, purpose)))


def test_the_front_page_and_the_preparation_lead_here(visitor: Visitor) -> None:
    for path in ("/", "/prepare/bulk", "/prepare/screen"):
        visitor.get(path)
        assert visitor.follow(ENTRY).path == ENTRY

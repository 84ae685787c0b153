"""窓口ログイン: ID, password and one-time password together, and who is no officer any more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.attempts import Door
from chalicelib.domain.audit import Deed
from chalicelib.domain.officers import Officer, Role
from tests.code_builders import OFFICE, OFFICER_ID, OTHER_OFFICE, OTHER_OFFICER_ID, TOTP_SECRET, an_officer
from tests.pages.counter_steps import (
    COUNTER,
    SCAN,
    SHELF,
    SIGN_IN,
    STEP,
    at_the_counter,
    deeds,
    employ,
    lay_on_the_shelf,
    one_time_password,
    scan,
    try_to_sign_in,
)
from tests.pages.portal import OpenPortal
from tests.pages.steps import Typed
from tests.pages.visitor import Visitor
from tests.pages.words import sentence

WRONG = "wrong password of nobody"
OTHER_SECRET = TOTP_SECRET[::-1]


@pytest.mark.parametrize("role", Role)
def test_three_secrets_lead_to_the_scan_page(portal: OpenPortal, visitor: Visitor, role: Role) -> None:
    page = try_to_sign_in(visitor, employ(portal, role), expect=200)
    assert page.path == COUNTER
    assert "東京主管事務所" in page.text
    assert visitor.get(SIGN_IN).path == COUNTER


@pytest.mark.parametrize("typed", ["mihon001", "ＭＩＨＯＮ００１", " MIHON001 "])
def test_an_id_is_understood_however_it_is_written(portal: OpenPortal, visitor: Visitor, typed: str) -> None:
    assert try_to_sign_in(visitor, employ(portal), officer_id=typed, expect=200).path == COUNTER


def test_a_one_time_password_may_be_typed_as_it_is_shown(portal: OpenPortal, visitor: Visitor) -> None:
    officer = employ(portal)
    code = one_time_password(portal, officer)
    assert try_to_sign_in(visitor, officer, one_time_password=f"{code[:3]} {code[3:]}", expect=200).path == COUNTER


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_phone_may_be_half_a_minute_off(portal: OpenPortal, visitor: Visitor, steps: int) -> None:
    officer = employ(portal)
    code = one_time_password(portal, officer)
    portal.clock.move(steps * STEP)
    try_to_sign_in(visitor, officer, one_time_password=code, expect=200)


@pytest.mark.parametrize("name", ["officer_id", "officer_password", "one_time_password"])
def test_nothing_may_be_missing(portal: OpenPortal, visitor: Visitor, name: str) -> None:
    typed: Typed = {name: ""}
    page = try_to_sign_in(visitor, employ(portal), **typed)
    assert page.wrong_fields == [name]
    assert sentence(name, "required") in page.problem(name)


def _used(portal: OpenPortal, officer: Officer) -> Typed:
    try_to_sign_in(Visitor(portal), officer, expect=200)
    return {}


def _old(portal: OpenPortal, officer: Officer) -> Typed:
    code = one_time_password(portal, officer)
    portal.clock.move(timedelta(minutes=2))
    return {"one_time_password": code}


def _earlier_than_used(portal: OpenPortal, officer: Officer) -> Typed:
    code = one_time_password(portal, officer)
    portal.clock.move(STEP)
    return {**_used(portal, officer), "one_time_password": code}


def _dismissed(portal: OpenPortal, _: Officer) -> Typed:
    employ(portal, is_active=False)
    return {}


def _locked(portal: OpenPortal, officer: Officer) -> Typed:
    for _ in range(5):
        try_to_sign_in(Visitor(portal), officer, officer_password=WRONG)
    return {}


def _with_another_phone(portal: OpenPortal, officer: Officer) -> Typed:
    return {"one_time_password": one_time_password(portal, replace(officer, totp_secret=OTHER_SECRET))}


PASTS: dict[str, Callable[[OpenPortal, Officer], Typed]] = {
    "unknown": lambda *_: {"officer_id": OTHER_OFFICER_ID},
    "wrong password": lambda *_: {"officer_password": WRONG},
    "wrong one-time password": _with_another_phone,
    "no one-time password": lambda *_: {"one_time_password": "見本"},
    "two minutes old": _old,
    "used": _used,
    "earlier than one that was used": _earlier_than_used,
    "dismissed": _dismissed,
    "locked": _locked,
}


@pytest.mark.parametrize("past", PASTS)
def test_whatever_keeps_the_door_closed_looks_alike(portal: OpenPortal, visitor: Visitor, past: str) -> None:
    officer = employ(portal)
    page = try_to_sign_in(visitor, officer, **PASTS[past](portal, officer))
    assert page.outcome == "sign_in_refused"
    assert sentence("officer_password", "officer_secrets_wrong") in page.problem("officer_password")
    assert not [name for name in visitor.cookies if name.endswith("counter")]


def test_wrong_one_time_passwords_lock_the_door_too(portal: OpenPortal, visitor: Visitor) -> None:
    officer = employ(portal)
    for _ in range(5):
        try_to_sign_in(visitor, officer, one_time_password="000000")
    try_to_sign_in(visitor, officer)
    with portal.world().begin() as work:
        work.attempts.forget(Door.OFFICER, officer.officer_id)
    try_to_sign_in(visitor, officer, expect=200)


def test_signing_in_forgets_the_wrong_tries(portal: OpenPortal, visitor: Visitor) -> None:
    officer = employ(portal)
    for _ in range(2):
        for _ in range(4):
            try_to_sign_in(visitor, officer, officer_password=WRONG)
        try_to_sign_in(visitor, officer, expect=200)
        visitor.submit("/counter/logout")
        portal.clock.move(STEP)


@pytest.mark.parametrize("path", [COUNTER, SHELF])
def test_who_is_no_officer_comes_to_the_sign_in(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).path == SIGN_IN


@pytest.mark.parametrize(
    "became", [{"is_active": False}, {"epoch": 2}, {"is_active": False, "epoch": 2}], ids=["out", "changed", "both"]
)
def test_a_dismissed_officer_is_out_at_once(portal: OpenPortal, became: Typed) -> None:
    officer = at_the_counter(portal)
    lay_on_the_shelf(portal)
    with portal.world().begin() as work:
        work.officers.put(an_officer(**became))
    assert officer.submit(SCAN, scanned="1234567890123456").path == SIGN_IN
    assert officer.get(SHELF).path == SIGN_IN
    assert [deed.deed for deed in deeds(portal)] == [Deed.SIGNED_IN]


def test_a_session_ends_after_half_an_hour_without_a_request(portal: OpenPortal) -> None:
    officer = at_the_counter(portal)
    portal.clock.move(timedelta(minutes=29))
    assert officer.get(COUNTER).path == COUNTER
    portal.clock.move(timedelta(minutes=30))
    assert officer.get(COUNTER).path == SIGN_IN


def test_a_session_ends_after_a_working_day(portal: OpenPortal) -> None:
    officer = at_the_counter(portal)
    for _ in range(23):
        portal.clock.move(timedelta(minutes=20))
        assert officer.get(COUNTER).path == COUNTER
    portal.clock.move(timedelta(minutes=20))
    assert officer.get(COUNTER).path == SIGN_IN


def test_signing_out_ends_the_session_everywhere(portal: OpenPortal) -> None:
    officer = at_the_counter(portal)
    copied = Visitor(portal)
    copied.cookies = dict(officer.cookies)
    assert officer.submit("/counter/logout").path == SIGN_IN
    assert copied.get(COUNTER).path == SIGN_IN


def test_the_log_knows_who_came_and_went(portal: OpenPortal) -> None:
    at_the_counter(portal).submit("/counter/logout")
    assert [(one.deed, one.officer_id, one.office, one.at) for one in deeds(portal)] == [
        (deed, OFFICER_ID, OFFICE, portal.clock.now) for deed in (Deed.SIGNED_IN, Deed.SIGNED_OUT)
    ]


def test_a_page_of_another_officer_is_refused(portal: OpenPortal) -> None:
    first = at_the_counter(portal)
    second = first.another_tab()
    try_to_leave = employ(portal, officer_id=OTHER_OFFICER_ID, office=OTHER_OFFICE)
    second.get(COUNTER)
    second.submit("/counter/logout")
    try_to_sign_in(second, try_to_leave, expect=200)
    page = first.submit(SCAN, scanned="1234567890123456", expect=409)
    assert page.outcome == "another_officer"
    assert Deed.SCANNED not in {one.deed for one in deeds(portal)}


def test_a_form_of_former_times_is_shown_again(portal: OpenPortal, visitor: Visitor) -> None:
    officer = employ(portal)
    visitor.get(SIGN_IN)
    form = visitor.page.form(SIGN_IN)
    visitor.cookies.clear()
    page = visitor.post(SIGN_IN, {**form.values, "officer_id": officer.officer_id}, expect=409)
    assert page.form(SIGN_IN).values["officer_id"] == officer.officer_id


def test_an_application_or_account_opens_no_counter(portal: OpenPortal, visitor: Visitor) -> None:
    officer = at_the_counter(portal)
    (name,) = [one for one in officer.cookies if one.endswith("counter")]
    visitor.cookies[name.replace("counter", "enquiry")] = officer.cookies[name]
    visitor.cookies[name.replace("counter", "session")] = officer.cookies[name]
    assert visitor.get(COUNTER).path == SIGN_IN
    assert visitor.get("/status/application").path == "/status"


def test_the_pages_speak_english(portal: OpenPortal, visitor: Visitor) -> None:
    officer = employ(portal)
    visitor.get(SIGN_IN)
    visitor.choose("lang", "en")
    try_to_sign_in(visitor, officer, officer_password=WRONG)
    try_to_sign_in(visitor, officer, expect=200)
    scan(visitor, "SOMETHING ELSE")
    visitor.get(SHELF)

"""状況照会ログイン: the number, the password, the mailed passcode, and what nobody learns there."""

from datetime import timedelta

import pytest

from chalicelib.domain.application_numbers import grouped
from chalicelib.domain.application_states import State
from chalicelib.domain.attempts import Door
from chalicelib.forms.problems import Code
from tests.application_builders import APPLICATION_PASSWORD, an_application
from tests.pages.portal import OpenPortal
from tests.pages.status_steps import (
    APPLICATION,
    LOGIN,
    NUMBER,
    PASSCODE,
    PASSCODE_ENTRY,
    WRONG,
    ask_passcode,
    enter,
    looking_at,
    name_application,
    passcode_in_newest_letter,
    store_application,
    try_to_enter,
)
from tests.pages.visitor import Visitor
from tests.pages.words import sentence

NOBODYS = an_application(filed_at=an_application().filed_at - timedelta(days=400)).application_number


def test_number_and_password_lead_to_the_application(portal: OpenPortal, visitor: Visitor) -> None:
    application = store_application(portal)
    page = name_application(visitor, application.application_number)
    assert grouped(application.application_number) in page.text
    assert "継続検査" in page.heading
    page = visitor.submit(LOGIN, application_password=APPLICATION_PASSWORD)
    assert page.path == APPLICATION
    assert page.outcome != "sign_in_refused"


@pytest.mark.parametrize("spell", ["grouped", "hyphens", "full width"])
def test_a_number_is_understood_however_it_is_written(portal: OpenPortal, visitor: Visitor, spell: str) -> None:
    number = store_application(portal).application_number
    full_width = number.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    typed = {"grouped": grouped(number), "hyphens": grouped(number).replace(" ", "-"), "full width": full_width}[spell]
    assert name_application(visitor, typed).path == LOGIN


@pytest.mark.parametrize(
    "typed", ["", "1234567890123456", "123456789012345678", "2611211400002123A", "26112114000021239", "見本"]
)
def test_a_malformed_number_is_said_at_once_and_stays(visitor: Visitor, typed: str) -> None:
    page = name_application(visitor, typed, expect=422)
    code: Code = "not_an_application_number" if typed else "required"
    assert sentence("application_number", code) in page.problem("application_number")
    assert page.form(NUMBER).values["application_number"] == typed


@pytest.mark.parametrize("past", ["unknown", "wrong", "locked", "unknown and locked"])
def test_whatever_keeps_the_door_closed_looks_alike(
    portal: OpenPortal, visitor: Visitor, stranger: Visitor, past: str
) -> None:
    number = NOBODYS if "unknown" in past else store_application(portal).application_number
    portal.discretion.tokens.add(number)
    if "locked" in past:
        for _ in range(5):
            try_to_enter(stranger, number, WRONG)
    password = APPLICATION_PASSWORD if past == "locked" else WRONG
    page = try_to_enter(visitor, number, password)
    assert sentence("application_password", "application_secret_wrong") in page.problem("application_password")
    assert page.outcome == "sign_in_refused"
    assert not [name for name in visitor.cookies if name.endswith("enquiry")]


def test_the_right_password_forgets_the_wrong_ones(portal: OpenPortal, visitor: Visitor) -> None:
    application = store_application(portal)
    for _ in range(2):
        for _ in range(4):
            try_to_enter(visitor, application.application_number, WRONG)
        enter(visitor, application)


def test_the_helpdesk_opens_what_was_locked(portal: OpenPortal, visitor: Visitor) -> None:
    application = store_application(portal)
    for _ in range(6):
        try_to_enter(visitor, application.application_number, WRONG)
    with portal.world().begin() as work:
        work.attempts.forget(Door.APPLICATION, application.application_number)
    assert enter(visitor, application).path == APPLICATION


def test_a_mailed_passcode_opens_a_locked_application_once(
    portal: OpenPortal, visitor: Visitor, stranger: Visitor
) -> None:
    application = store_application(portal)
    for _ in range(6):
        try_to_enter(visitor, application.application_number, WRONG)
    assert ask_passcode(visitor).path == PASSCODE_ENTRY
    code = passcode_in_newest_letter(portal)
    assert visitor.submit(PASSCODE_ENTRY, passcode=code).path == APPLICATION
    name_application(stranger, application.application_number)
    stranger.get(PASSCODE_ENTRY)
    page = stranger.submit(PASSCODE_ENTRY, passcode=code, expect=422)
    assert sentence("passcode", "passcode_wrong") in page.problem("passcode")


def test_a_passcode_dies_after_ten_minutes(portal: OpenPortal, visitor: Visitor) -> None:
    application = store_application(portal)
    name_application(visitor, application.application_number)
    ask_passcode(visitor)
    code = passcode_in_newest_letter(portal)
    portal.clock.now += timedelta(minutes=10)
    visitor.submit(PASSCODE_ENTRY, passcode=code, expect=422)


def test_a_passcode_cannot_be_guessed_at_for_long(portal: OpenPortal, visitor: Visitor) -> None:
    application = store_application(portal)
    name_application(visitor, application.application_number)
    ask_passcode(visitor)
    code = passcode_in_newest_letter(portal)
    for _ in range(5):
        visitor.submit(PASSCODE_ENTRY, passcode="00000000", expect=422)
    visitor.submit(PASSCODE_ENTRY, passcode=code, expect=422)


@pytest.mark.parametrize("whose", ["nobody's", "without an address", "with another address", "with the address"])
def test_asking_for_a_passcode_tells_nothing(portal: OpenPortal, visitor: Visitor, whose: str) -> None:
    number = NOBODYS
    if whose != "nobody's":
        address = {"with the address": "taro@example.jp", "with another address": "jiro@example.jp"}.get(whose)
        number = store_application(portal, notification_email=address).application_number
    portal.discretion.tokens.add(number)
    name_application(visitor, number)
    for _ in range(5):
        assert ask_passcode(visitor).path == PASSCODE_ENTRY
    assert ask_passcode(visitor, expect=429).outcome == "mail_limit_spent"
    portal.deliver_letters()
    assert len(portal.sender.sent) == (5 if whose == "with the address" else 0)


@pytest.mark.parametrize("path", [LOGIN, PASSCODE, PASSCODE_ENTRY])
def test_whoever_named_no_application_is_asked_for_it(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).path == NUMBER


def test_two_tabs_ask_for_the_passwords_of_their_own_numbers(portal: OpenPortal, visitor: Visitor) -> None:
    first = store_application(portal)
    second = store_application(portal, application_number=NOBODYS, state=State.RETURNED)
    name_application(visitor, first.application_number)
    tab = visitor.another_tab()
    name_application(tab, second.application_number)
    page = visitor.submit(LOGIN, application_password=APPLICATION_PASSWORD)
    assert grouped(first.application_number) in page.text


def test_ending_forgets_the_application(portal: OpenPortal, visitor: Visitor) -> None:
    looking_at(visitor, State.INSPECTION_REVIEW)
    assert visitor.submit("/status/logout").path == "/status/signed-out"
    assert visitor.get(APPLICATION).path == NUMBER


def test_an_enquiry_ends_after_half_an_hour_and_asks_for_the_same_application(
    portal: OpenPortal, visitor: Visitor
) -> None:
    application = looking_at(visitor, State.INSPECTION_REVIEW)
    portal.clock.now += timedelta(minutes=30)
    page = visitor.get(APPLICATION)
    assert page.path == LOGIN
    assert grouped(application.application_number) in page.text
    assert visitor.submit(LOGIN, application_password=APPLICATION_PASSWORD).path == APPLICATION


def test_a_form_of_former_times_is_shown_again(portal: OpenPortal, visitor: Visitor) -> None:
    number = store_application(portal).application_number
    visitor.get(NUMBER)
    form = visitor.page.form(NUMBER)
    visitor.cookies.clear()
    page = visitor.post(NUMBER, {**form.values, "application_number": number}, expect=409)
    assert page.form(NUMBER).values["application_number"] == number
    assert visitor.submit(NUMBER).path == LOGIN


def test_a_form_of_another_application_is_refused(portal: OpenPortal, visitor: Visitor) -> None:
    first = looking_at(visitor, State.INSPECTION_FEE_BULK)
    visitor.get("/status/withdrawal")
    form = visitor.page.form("/status/withdrawal")
    second = store_application(portal, State.INSPECTION_FEE_BULK, application_number=NOBODYS)
    enter(visitor.another_tab(), second)
    page = visitor.post("/status/withdrawal", form.values, expect=409)
    assert page.outcome == "another_application"
    with portal.world().begin() as work:
        kept = [work.applications.find(one.application_number) for one in (first, second)]
    assert [one.state for one in kept if one] == [State.INSPECTION_FEE_BULK] * 2

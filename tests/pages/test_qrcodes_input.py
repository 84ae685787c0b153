"""What may be typed at 二次元コード発行, what is said about the rest, and what nobody learns there."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.domain.qr_codes import RECEIVER_PURPOSES, Purpose
from chalicelib.domain.receivers import receiver_key
from chalicelib.forms.problems import Problem
from tests.code_builders import a_receiver
from tests.fakes.outside import FakeHasher
from tests.pages.code_steps import (
    ENTRY,
    NEW_RECEIVER_PASSWORD,
    NUMBER,
    RECEIVER,
    RECEIVER_PASSWORD,
    codes_issued,
    fill_in,
    key_on,
    stored_code,
)
from tests.pages.portal import BEHIND_A_STAGE, LOCAL, OpenPortal, opened
from tests.pages.steps import Typed
from tests.pages.visitor import Visitor
from tests.pages.words import sentence

Past = Callable[[OpenPortal], None]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("見本行政書士事務所（12345678）", "見本行政書士事務所（１２３４５６７８）"),
        ("見本行政書士事務所(12345678)", "見本行政書士事務所（１２３４５６７８）"),
        ("見本行政書士事務所（１２３４５６７８）", "見本行政書士事務所（１２３４５６７８）"),
        ("見本行政書士事務所 見本 太郎(12345678)", "見本行政書士事務所　見本　太郎（１２３４５６７８）"),
        ("ﾐﾎﾝ Office", "ミホン　Ｏｆｆｉｃｅ"),
    ],
)
def test_a_name_is_converted_to_full_width(portal: OpenPortal, visitor: Visitor, typed: str, stored: str) -> None:
    page = fill_in(visitor, Purpose.ENROLMENT, receiver_name=typed)
    assert stored in page.body
    assert stored_code(portal, key_on(page)).receiver_name == stored


@pytest.mark.parametrize("number", [NUMBER, "１２３４５６７８", " 1234 5678 "])
def test_a_field_puts_the_number_into_brackets(portal: OpenPortal, visitor: Visitor, number: str) -> None:
    page = fill_in(visitor, Purpose.ENROLMENT, receiver_name="見本行政書士事務所", scrivener_number=number)
    assert stored_code(portal, key_on(page)).receiver_name == "見本行政書士事務所（１２３４５６７８）"


def test_a_number_in_the_field_and_in_the_name_are_one_receiver(portal: OpenPortal, visitor: Visitor) -> None:
    ways: tuple[Typed, ...] = (
        {"receiver_name": RECEIVER, "scrivener_number": NUMBER},
        {"receiver_name": f"{RECEIVER}({NUMBER})"},
    )
    codes = [stored_code(portal, key_on(fill_in(visitor, Purpose.ENROLMENT, **way))) for way in ways]
    assert codes[0].receiver_name == codes[1].receiver_name
    assert codes[0].credential == codes[1].credential


@pytest.mark.parametrize(
    "name",
    ["見本（1234567）", "見本（123456789）", "見本(1234567)", "見本（", "見本（）", "見本（12345678", "見本（番号）"],
)
def test_a_number_that_is_begun_has_to_be_whole(portal: OpenPortal, visitor: Visitor, name: str) -> None:
    page = fill_in(visitor, Purpose.ENROLMENT, receiver_name=name, expect=422)
    assert page.wrong_fields == ["receiver_name"]
    assert sentence("receiver_name", "not_a_scrivener_number") in page.problem("receiver_name")
    assert codes_issued(portal) == 0


@pytest.mark.parametrize("number", ["1234567", "123456789", "1234567A", "見本"])
def test_a_number_has_eight_digits(portal: OpenPortal, visitor: Visitor, number: str) -> None:
    page = fill_in(visitor, Purpose.ENROLMENT, scrivener_number=number, expect=422)
    assert page.wrong_fields == ["scrivener_number"]
    assert sentence("scrivener_number", "not_a_scrivener_number") in page.problem("scrivener_number")
    assert codes_issued(portal) == 0


def test_a_number_stands_once(visitor: Visitor) -> None:
    name = f"{RECEIVER}({NUMBER})"
    page = fill_in(visitor, Purpose.ENROLMENT, receiver_name=name, scrivener_number=NUMBER, expect=422)
    assert page.wrong_fields == ["scrivener_number"]
    assert sentence("scrivener_number", "number_stands_twice") in page.problem("scrivener_number")


WRONG: list[tuple[Purpose, str, str, Problem]] = [
    (Purpose.ENROLMENT, "purpose", "", Problem("unknown_choice")),
    (Purpose.ENROLMENT, "purpose", "single_vehicle", Problem("unknown_choice")),
    (Purpose.AUTHENTICATION, "procedure", "", Problem("unknown_choice")),
    (Purpose.AUTHENTICATION, "procedure", "other", Problem("unknown_choice")),
    (Purpose.ENROLMENT, "receiver_name", "", Problem("required")),
    (Purpose.ENROLMENT, "receiver_name", "見" * 101, Problem("too_long", limit=100)),
    (Purpose.ENROLMENT, "receiver_password", "", Problem("required")),
    (Purpose.ENROLMENT, "receiver_password", "short", Problem("too_short", limit=15)),
    (Purpose.ENROLMENT, "receiver_password_confirmation", "", Problem("required")),
    (Purpose.ENROLMENT, "receiver_password_confirmation", "other", Problem("mismatch", of="receiver_password")),
]


@pytest.mark.parametrize(("purpose", "name", "typed", "problem"), WRONG)
def test_what_is_wrong_is_named(
    portal: OpenPortal, visitor: Visitor, purpose: Purpose, name: str, typed: str, problem: Problem
) -> None:
    page = fill_in(visitor, purpose, expect=422, **{"receiver_password_confirmation": RECEIVER_PASSWORD, name: typed})
    assert name in page.wrong_fields
    params: Typed = dict(problem.params)
    assert sentence(name, problem.code, **params) in page.problem(name)
    assert codes_issued(portal) == 0


def test_what_was_typed_stays_except_the_passwords(visitor: Visitor) -> None:
    page = fill_in(visitor, Purpose.AUTHENTICATION, scrivener_number="1", expect=422)
    values = page.form(ENTRY).values
    assert (values["purpose"], values["procedure"], values["receiver_name"]) == (
        "authentication",
        "continuation",
        RECEIVER,
    )
    assert (values["receiver_password"], values["receiver_password_confirmation"]) == ("", "")


def test_several_purposes_and_procedures_may_be_wrong_at_once(visitor: Visitor) -> None:
    page = fill_in(visitor, Purpose.AUTHENTICATION, procedure=None, receiver_name="", receiver_password="", expect=422)
    assert page.wrong_fields == ["procedure", "receiver_name", "receiver_password", "receiver_password_confirmation"]


def _nobody(_: OpenPortal) -> None:
    """No receiver has that name."""


def _enrolled(password: str) -> Past:
    def enrol(portal: OpenPortal) -> None:
        credential = FakeHasher().credential(password, receiver_key(RECEIVER))
        with portal.store.begin() as work:
            work.receivers.add(a_receiver(name=RECEIVER, credential=credential))

    return enrol


def _told(base_url: str, purpose: Purpose, past: Past) -> tuple[list[Any], int]:
    """Everything that the browser is told, and how many hashes it took."""
    with opened(base_url) as portal:
        past(portal)
        hasher = FakeHasher()
        wiring.use(replace(portal.world(), hasher=hasher))
        visitor = Visitor(portal)
        told = []
        for password in (RECEIVER_PASSWORD, NEW_RECEIVER_PASSWORD):
            fill_in(visitor, purpose, receiver_password=password)
            told += [(one.status, one.headers, one.body) for one in visitor.answers]
        return told, hasher.hashed


@pytest.mark.parametrize("base_url", [LOCAL, BEHIND_A_STAGE])
@pytest.mark.parametrize("purpose", RECEIVER_PURPOSES)
@pytest.mark.parametrize("password", [RECEIVER_PASSWORD, NEW_RECEIVER_PASSWORD])
def test_issuing_tells_nothing_about_receivers(base_url: str, purpose: Purpose, password: str) -> None:
    told = _told(base_url, purpose, _enrolled(password))
    assert told == _told(base_url, purpose, _nobody)
    assert told[1] == 2

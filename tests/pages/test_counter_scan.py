"""読み取り: one field, one round trip, one big word."""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.code_sealing import qr_code_seal
from chalicelib.domain.audit import Deed
from chalicelib.domain.lookup_keys import grouped_key, lookup_key
from chalicelib.domain.qr_codes import CodeSays, Purpose
from chalicelib.domain.verdicts import Verdict
from chalicelib.signing.qr_codes import QrCodeSeal
from tests.code_builders import OFFICE, OFFICER_ID
from tests.pages.code_steps import NEW_RECEIVER_PASSWORD, RECEIVER, Held, issue, stored_code
from tests.pages.counter_steps import (
    APPROVAL,
    COUNTER,
    SCAN,
    SHELF,
    approve,
    at_the_counter,
    deeds,
    elsewhere,
    enrol,
    hand_over,
    lay_on_the_shelf,
    says,
    scan,
)
from tests.pages.portal import OpenPortal
from tests.pages.visitor import Visitor
from tests.pages.words import sentence

NOBODYS = lookup_key("999999999999999")
SOMETHING_ELSE = (
    "https://www.example.jp/?a=1",
    "4901234567894",
    "BEGIN:VCARD\r\nFN:見本\r\nEND:VCARD",
    "x" * 3000,
    "1234567890123456",
    "MDG1",
    "\x00",
    "見本",
)


def _rewritten(portal: OpenPortal, held: Held, **changed: object) -> Held:
    """The code, as if it had been stored otherwise."""
    code = replace(stored_code(portal, held.lookup_key), **changed)  # type: ignore[arg-type]
    portal.store.rows.qr_codes[held.lookup_key] = code
    return held


def _sealed(portal: OpenPortal, says: CodeSays) -> str:
    return qr_code_seal(portal.settings).sealed(says)


@pytest.mark.parametrize("spell", ["the code", "in lower case", "the key", "grouped", "hyphens", "full width"])
def test_a_code_is_scanned_or_its_key_is_typed(
    portal: OpenPortal, visitor: Visitor, officer: Visitor, spell: str
) -> None:
    held = issue(visitor, Purpose.ENROLMENT)
    key = held.lookup_key
    full_width = key.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    typed = {
        "the code": held.text,
        "in lower case": held.text.lower(),
        "the key": key,
        "grouped": grouped_key(key),
        "hyphens": grouped_key(key).replace(" ", "-"),
        "full width": full_width,
    }[spell]
    page = scan(officer, typed)
    says(page, Verdict.VALID)
    assert RECEIVER in page.text


def test_looking_changes_nothing_but_the_log(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    held = issue(visitor, Purpose.ENROLMENT)
    before = portal.store.snapshot()
    for _ in range(2):
        says(scan(officer, held.text), Verdict.VALID)
    assert replace(portal.store.snapshot(), audit=before.audit) == before
    entries = deeds(portal)[-2:]
    assert {(one.deed, one.about, one.result) for one in entries} == {(Deed.SCANNED, held.lookup_key, "valid")}
    assert {(one.office, one.officer_id, one.at) for one in entries} == {(OFFICE, OFFICER_ID, portal.clock.now)}


@pytest.mark.parametrize("typed", SOMETHING_ELSE)
def test_something_elses_code_is_no_code_of_ours(portal: OpenPortal, officer: Visitor, typed: str) -> None:
    page = scan(officer, typed)
    says(page, Verdict.UNREADABLE)
    assert page.form(SCAN).values["scanned"] == ""
    assert deeds(portal)[-1].about == ""


def test_nothing_scanned_is_asked_for_again(portal: OpenPortal, officer: Visitor) -> None:
    page = scan(officer, "  ", expect=422)
    assert sentence("scanned", "required") in page.problem("scanned")
    assert Deed.SCANNED not in {one.deed for one in deeds(portal)}


def _altered(text: str) -> list[str]:
    swapped = {"A": "B"}
    return [text[:place] + swapped.get(text[place], "A") + text[place + 1 :] for place in (4, 20, 40, 100, 137, 138)]


def test_an_altered_or_truncated_code_is_forged(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    text = issue(visitor, Purpose.ENROLMENT).text
    for forged in (*_altered(text), text[:-1], text[:80], text + "A", text.replace("MDG1", "MDG2", 1)):
        says(scan(officer, forged), Verdict.FORGED)
        assert RECEIVER not in officer.page.text
    assert {one.about for one in deeds(portal) if one.deed is Deed.SCANNED} == {""}


def test_a_foreign_keys_signature_is_forged(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    held = issue(visitor, Purpose.ENROLMENT)
    seed = base64.urlsafe_b64encode(b"a seed of somebody else, 32 byte").decode().rstrip("=")
    foreign = QrCodeSeal(replace(portal.settings, signing_keys=(seed,)))
    says(scan(officer, foreign.sealed(stored_code(portal, held.lookup_key).says)), Verdict.FORGED)


def test_a_code_that_says_otherwise_than_what_is_stored_is_forged(
    portal: OpenPortal, visitor: Visitor, officer: Visitor
) -> None:
    printed = stored_code(portal, issue(visitor, Purpose.ENROLMENT).lookup_key).says
    later = replace(printed, expires_at=portal.clock.now + timedelta(days=900))
    for forged in (later, replace(printed, purpose=Purpose.AUTHENTICATION)):
        says(scan(officer, _sealed(portal, forged)), Verdict.FORGED)


def test_a_key_that_was_never_given_out_is_not_found(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    printed = stored_code(portal, issue(visitor, Purpose.ENROLMENT).lookup_key).says
    for typed in (NOBODYS, _sealed(portal, replace(printed, lookup_key=NOBODYS))):
        says(scan(officer, typed), Verdict.NOT_FOUND)


@pytest.mark.parametrize(
    ("purpose", "days"), [(Purpose.ENROLMENT, 90), (Purpose.AUTHENTICATION, 30), (Purpose.PASSWORD_CHANGE, 90)]
)
def test_a_code_dies_of_age(portal: OpenPortal, visitor: Visitor, purpose: Purpose, days: int) -> None:
    held = issue(visitor, purpose)
    portal.clock.move(timedelta(days=days) - timedelta(seconds=1))
    officer = at_the_counter(portal)
    assert scan(officer, held.text).outcome != Verdict.EXPIRED
    portal.clock.move(timedelta(seconds=1))
    says(scan(officer, held.text), Verdict.EXPIRED)
    assert "有効期限" in officer.page.text


def test_a_revoked_code_is_worth_nothing(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    held = _rewritten(portal, issue(visitor, Purpose.ENROLMENT), revoked_at=portal.clock.now)
    says(scan(officer, held.text), Verdict.REVOKED)
    assert "失効した日時" in officer.page.text


def test_a_used_code_says_when_and_where(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    held = issue(visitor, Purpose.ENROLMENT)
    approve(officer, held)
    for whose in (officer, elsewhere(portal)):
        page = scan(whose, held.text)
        says(page, Verdict.USED)
        for words in ("2019年09月24日", "東京主管事務所", OFFICER_ID):
            assert words in page.text


def test_every_page_waits_for_the_next_code(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    enrol(visitor, officer)
    lay_on_the_shelf(portal)
    pages = [
        officer.page,
        officer.get(COUNTER),
        officer.get(SHELF),
        scan(officer, "", expect=422),
        scan(officer, NOBODYS),
        scan(officer, issue(visitor, Purpose.AUTHENTICATION).text),
        hand_over(officer),
    ]
    for page in pages:
        focused = [one.get("id") for one in page.document.all() if "autofocus" in one.attrib]
        assert focused == ["scanned"]
        assert page.document.forms[1].action.endswith(SCAN)
        assert page.form(SCAN).values["scanned"] == ""


def test_the_verdicts_speak_english(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    officer.get(COUNTER)
    officer.choose("lang", "en")
    enrolment = issue(visitor, Purpose.ENROLMENT)
    scan(officer, enrolment.text)
    officer.submit(APPROVAL, expect=422)
    officer.submit(APPROVAL, papers_seen="yes")
    for purpose in (Purpose.ENROLMENT, Purpose.AUTHENTICATION, Purpose.PASSWORD_CHANGE):
        scan(officer, issue(visitor, purpose).text)
    for typed in (enrolment.text, NOBODYS, "SOMETHING", f"{enrolment.text[:-1]}"):
        scan(officer, typed)
    wrong = issue(visitor, Purpose.AUTHENTICATION, receiver_password=NEW_RECEIVER_PASSWORD)
    scan(officer, wrong.text)
    lay_on_the_shelf(portal)
    scan(officer, issue(visitor, Purpose.AUTHENTICATION).text)
    hand_over(officer)

"""What an officer is told about a code, and what it opens."""

from dataclasses import replace
from datetime import datetime

import pytest

from chalicelib.capabilities.counter.usecases_scan import AT_ONCE
from chalicelib.domain.application_moves import handed_over
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.audit import AuditEntry, Deed
from chalicelib.domain.officers import Officer
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import VISIT, Purpose
from chalicelib.domain.verdicts import Scan, Verdict, collectable
from chalicelib.ports import StoreUnavailable
from tests.builders import NOW
from tests.code_builders import a_redemption
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import DAY, LATER, OWN, SECOND
from tests.usecases.codes.steps import (
    CLERK,
    COLLEAGUE,
    EXAMINER,
    NETWORK,
    OTHER_PASSWORD,
    SEAL,
    SECOND_ONE,
    STRANGER,
    THIRD_ONE,
    CounterDesk,
)

UNREADABLE = ["", "MDG1", "HTTPS://EXAMPLE.JP/", "0000000000000001", "K00000000000001", "見本受取", "1" * 500]


def verdict(desk: CounterDesk, key: str, officer: Officer = CLERK, now: datetime = LATER) -> Verdict:
    """The word alone; whether it is scanned or typed, it is the same."""
    scanned = desk.scan(SEAL.sealed(desk.code(key).says), officer, now)
    assert scanned == desk.scan(key, officer, now)
    assert (scanned.verdict is Verdict.VALID) >= bool(scanned.ready)
    return scanned.verdict


def test_an_enrolment_is_valid_while_nobody_has_the_name(desk: CounterDesk) -> None:
    key = desk.issue(Purpose.ENROLMENT)
    assert desk.scan(key) == Scan(Verdict.VALID, desk.code(key))
    assert verdict(desk, key) is Verdict.VALID


@pytest.mark.parametrize("name", ["見本受取", "見本　受取", "見本 受取"])
def test_an_enrolment_of_a_name_that_exists_is_refused_however_it_is_spaced(desk: CounterDesk, name: str) -> None:
    desk.enrol()
    assert verdict(desk, desk.issue(Purpose.ENROLMENT, receiver_name=name)) is Verdict.NAME_TAKEN


def test_names_differ_neither_by_width_nor_by_case(desk: CounterDesk) -> None:
    desk.enrol("ＭＩＨＯＮ（１２３４５６７８）")
    assert verdict(desk, desk.issue(Purpose.ENROLMENT, receiver_name="Mihon（12345678）")) is Verdict.NAME_TAKEN


def test_a_new_password_is_for_a_receiver_that_exists(desk: CounterDesk) -> None:
    key = desk.issue(Purpose.PASSWORD_CHANGE, password=OTHER_PASSWORD)
    assert verdict(desk, key) is Verdict.RECEIVER_UNKNOWN
    receiver = desk.enrol()
    assert desk.scan(key) == Scan(Verdict.VALID, desk.code(key), receiver)


def test_an_authentication_opens_what_waits_for_its_receiver_at_this_office(desk: CounterDesk) -> None:
    receiver = desk.enrol()
    mine = desk.has_ready()
    desk.has_ready(SECOND_ONE, receiver_name="別の受取")
    desk.has_ready(THIRD_ONE, office=STRANGER.office)
    desk.has_ready(application_number(NOW, Procedure.NEW_VEHICLE, "003"), Procedure.NEW_VEHICLE)
    key = desk.issue()
    assert desk.scan(key) == Scan(Verdict.VALID, desk.code(key), receiver, (collectable(mine),))
    assert verdict(desk, key) is Verdict.VALID


def test_each_procedure_has_its_own_code(desk: CounterDesk) -> None:
    desk.enrol()
    desk.has_ready()
    new = desk.has_ready(SECOND_ONE, Procedure.NEW_VEHICLE)
    key = desk.issue(procedure=Procedure.NEW_VEHICLE)
    assert desk.scan(key).ready == (collectable(new),)


def test_what_is_ready_longest_comes_first_and_so_many_that_one_transaction_holds_them(desk: CounterDesk) -> None:
    desk.enrol()
    numbers = [application_number(NOW, Procedure.CONTINUATION, f"{at:03d}") for at in range(AT_ONCE + 1)]
    for at, number in enumerate(reversed(numbers)):
        application = replace(desk.has_ready(number), updated_at=LATER + at * SECOND)
        with desk.begin() as work:
            work.applications.change(application, application)
    key = desk.issue()
    seen = desk.scan(key)
    assert [one.application_number for one in seen.ready] == numbers[:0:-1]
    assert seen.more
    desk.hand_over(key, numbers[-1])
    seen = desk.scan(key)
    assert (len(seen.ready), seen.more) == (AT_ONCE, False)


def test_a_code_for_nothing_that_is_ready_says_so(desk: CounterDesk) -> None:
    desk.enrol()
    assert verdict(desk, desk.issue()) is Verdict.NOTHING_READY


def test_what_got_a_code_of_its_own_waits_for_no_receiver_any_more(desk: CounterDesk) -> None:
    desk.enrol()
    desk.has_ready()
    key = desk.issue()
    assert verdict(desk, key) is Verdict.VALID
    desk.issue_single()
    assert verdict(desk, key) is Verdict.NOTHING_READY


def test_a_wrong_password_and_an_unknown_name_are_told_at_the_counter(desk: CounterDesk) -> None:
    desk.has_ready()
    key = desk.issue(password=OTHER_PASSWORD)
    assert verdict(desk, key) is Verdict.RECEIVER_UNKNOWN
    desk.enrol()
    assert verdict(desk, key) is Verdict.CREDENTIAL_WRONG


@pytest.mark.parametrize("purpose", [Purpose.ENROLMENT, Purpose.AUTHENTICATION, Purpose.PASSWORD_CHANGE])
def test_a_code_is_good_until_its_last_second(desk: CounterDesk, purpose: Purpose) -> None:
    key = desk.issue(purpose)
    end = desk.code(key).expires_at
    assert end
    assert verdict(desk, key, now=end - SECOND) is not Verdict.EXPIRED
    assert verdict(desk, key, now=end) is Verdict.EXPIRED


def test_a_single_vehicles_code_has_no_last_day(desk: CounterDesk) -> None:
    desk.has_ready()
    assert verdict(desk, desk.issue_single(), now=LATER + 3650 * DAY) is Verdict.VALID


def test_a_single_vehicles_code_opens_its_application_at_its_office_alone(desk: CounterDesk) -> None:
    application = desk.has_ready()
    desk.has_ready(SECOND_ONE)
    key = desk.issue_single()
    seen = desk.scan(key)
    assert (seen.verdict, seen.ready, seen.receiver) == (Verdict.VALID, (collectable(application),), None)
    assert desk.scan(key, STRANGER) == Scan(Verdict.OTHER_OFFICE, desk.code(key), office="TK01")


def test_a_single_vehicles_code_is_used_once_it_was_handed_over_also_without_it(desk: CounterDesk) -> None:
    desk.has_ready()
    key = desk.issue_single()
    desk.tell(lambda one: handed_over(one, LATER))
    assert verdict(desk, key) is Verdict.USED
    assert desk.code(key).redemption is None


def test_a_single_vehicles_code_that_its_application_does_not_know_counts_for_nothing(
    desk: CounterDesk, store: FakeStore
) -> None:
    desk.has_ready()
    key = desk.issue_single()
    store.rows.applications[OWN] = replace(desk.stored(), pickup_code=None)
    assert verdict(desk, key) is Verdict.REVOKED
    del store.rows.applications[OWN]
    assert verdict(desk, key) is Verdict.REVOKED


def test_a_code_that_was_taken_back_is_revoked_whatever_else_is_true_of_it(desk: CounterDesk, store: FakeStore) -> None:
    key = desk.issue()
    store.rows.qr_codes[key] = replace(desk.code(key), redemption=a_redemption()).revoked(LATER)
    assert verdict(desk, key, now=LATER + 365 * DAY) is Verdict.REVOKED


def test_an_approved_code_is_used_and_says_where_and_by_whom(desk: CounterDesk) -> None:
    key = desk.issue(Purpose.ENROLMENT)
    desk.approve(key)
    for officer in (EXAMINER, COLLEAGUE, STRANGER):
        seen = desk.scan(key, officer)
        assert seen.verdict is Verdict.USED
        assert seen.code
        assert seen.code.redemption == a_redemption(at=LATER)


def test_an_authentication_lasts_for_one_visit_to_one_office(desk: CounterDesk) -> None:
    desk.enrol()
    desk.has_ready()
    desk.has_ready(SECOND_ONE)
    key = desk.issue()
    desk.hand_over(key)
    assert verdict(desk, key, COLLEAGUE, LATER + VISIT - SECOND) is Verdict.VALID
    assert verdict(desk, key, STRANGER) is Verdict.USED
    assert verdict(desk, key, now=LATER + VISIT) is Verdict.USED


@pytest.mark.parametrize("typed", UNREADABLE)
def test_what_is_no_code_of_ours_is_unreadable(desk: CounterDesk, typed: str) -> None:
    assert desk.scan(typed) == Scan(Verdict.UNREADABLE)


def test_a_key_that_was_never_given_out_is_not_found(desk: CounterDesk) -> None:
    assert desk.scan("0000000000000000") == Scan(Verdict.NOT_FOUND)


def test_a_genuine_code_that_is_not_kept_any_more_is_not_found(desk: CounterDesk, store: FakeStore) -> None:
    key = desk.issue()
    text = SEAL.sealed(desk.code(key).says)
    del store.rows.qr_codes[key]
    assert desk.scan(text) == Scan(Verdict.NOT_FOUND)


def test_a_code_of_which_a_letter_was_changed_is_forged(desk: CounterDesk) -> None:
    text = SEAL.sealed(desk.code(desk.issue()).says)
    for place in (4, 20, 70, 130):
        other = "A" if text[place] != "A" else "B"
        assert desk.scan(text[:place] + other + text[place + 1 :]) == Scan(Verdict.FORGED)
    assert desk.scan("MDG2" + text[4:]) == Scan(Verdict.FORGED)


def test_a_signed_code_that_says_something_else_than_what_is_kept_is_forged(desk: CounterDesk) -> None:
    key = desk.issue()
    code = desk.code(key)
    text = SEAL.sealed(replace(code.says, expires_at=LATER + 3650 * DAY))
    assert desk.scan(text) == Scan(Verdict.FORGED, code)


@pytest.mark.parametrize("typed", ["", "0000000000000000"])
def test_every_look_is_noted_and_changes_nothing_else(desk: CounterDesk, store: FakeStore, typed: str) -> None:
    desk.enrol()
    desk.has_ready()
    typed = typed or desk.issue()
    before = store.snapshot()
    seen = desk.scan(typed)
    deed = AuditEntry(LATER, CLERK.office, CLERK.officer_id, Deed.SCANNED, typed, seen.verdict.value, NETWORK)
    assert store.rows.audit == [deed]
    store.rows.audit.clear()
    assert store.snapshot() == before


def test_what_is_unreadable_is_noted_without_what_it_was(desk: CounterDesk, store: FakeStore) -> None:
    desk.scan("見本受取")
    assert [(entry.about, entry.result) for entry in store.rows.audit] == [("", "unreadable")]


def test_nothing_is_shown_that_could_not_be_noted(desk: CounterDesk, store: FakeStore) -> None:
    key = desk.issue()
    store.rivals.append(lambda: setattr(store, "is_down", True))
    with pytest.raises(StoreUnavailable):
        desk.scan(key)
    assert not store.rows.audit

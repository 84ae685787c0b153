"""お渡し: what was ticked and nothing else, at most twenty at once, each once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.application_moves import handed_over
from chalicelib.domain.application_numbers import grouped
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application
from chalicelib.domain.audit import Deed
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose
from chalicelib.domain.verdicts import Verdict
from tests.code_builders import OFFICE, OFFICER_ID, OTHER_OFFICER_ID
from tests.pages.code_steps import Held, issue, stored_code
from tests.pages.counter_steps import (
    COUNTER,
    HAND_OVER,
    SCAN,
    at_the_counter,
    deeds,
    elsewhere,
    enrol,
    hand_over,
    lay_on_the_shelf,
    says,
    scan,
    ticks,
)
from tests.pages.portal import OpenPortal
from tests.pages.status_steps import stored
from tests.pages.steps import Typed
from tests.pages.visitor import Visitor

AT_ONCE = 20
OUT = {Procedure.CONTINUATION: State.RETURNED, Procedure.NEW_VEHICLE: State.ISSUED}


@pytest.fixture
def held(visitor: Visitor, officer: Visitor) -> Held:
    """A code for authentication of a receiver who exists."""
    enrol(visitor, officer)
    return issue(visitor, Purpose.AUTHENTICATION)


def _states(portal: OpenPortal, laid: list[Application]) -> list[State]:
    return [stored(portal, one).state for one in laid]


def _collected_elsewhere(portal: OpenPortal, application: Application) -> None:
    with portal.world().begin() as work:
        work.applications.change(application, handed_over(application, portal.clock.now))


@pytest.mark.parametrize("procedure", Procedure)
def test_all_is_ticked_and_handed_over(
    portal: OpenPortal, visitor: Visitor, officer: Visitor, procedure: Procedure
) -> None:
    enrol(visitor, officer)
    laid = lay_on_the_shelf(portal, 2, procedure)
    held = issue(visitor, Purpose.AUTHENTICATION, procedure=procedure.value)
    assert list(ticks(scan(officer, held.text)).values()) == [True, True]
    page = hand_over(officer)
    assert page.outcome == "handed_over"
    for application in laid:
        assert grouped(application.application_number) in page.text
    assert _states(portal, laid) == [OUT[procedure]] * 2


def test_whoever_applied_hears_of_it_once(portal: OpenPortal, officer: Visitor, held: Held) -> None:
    lay_on_the_shelf(portal, 3)
    scan(officer, held.text)
    fields = officer.page.form(HAND_OVER).values
    for _ in range(2):
        officer.post(HAND_OVER, fields)
    portal.deliver_letters()
    assert [letter.name for letter in portal.sender.sent] == ["application_changed"] * 3


def test_the_log_says_who_gave_what_to_whom(portal: OpenPortal, officer: Visitor, held: Held) -> None:
    laid = lay_on_the_shelf(portal, 2)
    scan(officer, held.text)
    hand_over(officer)
    entry = deeds(portal)[-1]
    assert (entry.deed, entry.about, entry.office, entry.officer_id, entry.at) == (
        Deed.HANDED_OVER,
        held.lookup_key,
        OFFICE,
        OFFICER_ID,
        portal.clock.now,
    )
    assert entry.result == " ".join(one.application_number for one in laid)
    assert entry.network.startswith("127.0.0.")


def test_what_was_left_stays(portal: OpenPortal, officer: Visitor, held: Held) -> None:
    laid = lay_on_the_shelf(portal, 3)
    scan(officer, held.text)
    hand_over(officer, laid[1])
    assert _states(portal, laid) == [State.RETURNED, State.READY_TO_RETURN, State.RETURNED]
    page = officer.submit(SCAN, scanned=held.lookup_key)
    says(page, Verdict.VALID)
    assert ticks(page) == {laid[1].application_number: True}


def test_nothing_ticked_is_asked_about(portal: OpenPortal, officer: Visitor, held: Held) -> None:
    laid = lay_on_the_shelf(portal, 2)
    scan(officer, held.text)
    page = hand_over(officer, *laid, expect=422)
    assert page.wrong_fields == [f"application_{laid[0].application_number}"]
    assert list(ticks(page).values()) == [False, False]
    assert stored_code(portal, held.lookup_key).redemption is None
    ticked: Typed = {f"application_{laid[1].application_number}": "yes"}
    officer.submit(HAND_OVER, **ticked)
    assert _states(portal, laid) == [State.READY_TO_RETURN, State.RETURNED]


def test_nothing_ticked_on_a_code_that_died_meanwhile_is_refused(
    portal: OpenPortal, officer: Visitor, held: Held
) -> None:
    laid = lay_on_the_shelf(portal)
    scan(officer, held.text)
    portal.store.rows.qr_codes[held.lookup_key] = replace(
        stored_code(portal, held.lookup_key), revoked_at=portal.clock.now
    )
    assert hand_over(officer, *laid, expect=409).outcome == "scan_moved"


def test_twenty_are_handed_over_at_once_and_the_rest_follow(portal: OpenPortal, officer: Visitor, held: Held) -> None:
    laid = lay_on_the_shelf(portal, 2 * AT_ONCE + 3)
    scan(officer, held.text)
    for count in (AT_ONCE, AT_ONCE, 3):
        assert len(ticks(officer.page)) == count
        assert ("このほかにもあります" in officer.page.text) is (count == AT_ONCE)
        page = hand_over(officer)
        assert f"{count}件" in page.text
        form = page.document.forms[-1]
        officer.post(form.action, form.values)
    says(officer.page, Verdict.NOTHING_READY)
    assert set(_states(portal, laid)) == {State.RETURNED}


def test_the_oldest_come_first(portal: OpenPortal, officer: Visitor, held: Held) -> None:
    laid = lay_on_the_shelf(portal, AT_ONCE + 1)
    page = scan(officer, held.text)
    assert set(ticks(page)) == {one.application_number for one in laid[:AT_ONCE]}


def test_a_form_sent_twice_says_the_same_again(portal: OpenPortal, officer: Visitor, held: Held) -> None:
    laid = lay_on_the_shelf(portal, 2)
    scan(officer, held.text)
    fields = officer.page.form(HAND_OVER).values
    texts = {officer.post(HAND_OVER, fields).text for _ in range(2)}
    assert len(texts) == 1
    assert [one.deed for one in deeds(portal)].count(Deed.HANDED_OVER) == 1
    assert [stored(portal, one).version for one in laid] == [one.version + 1 for one in laid]


def test_what_is_gone_meanwhile_keeps_all_on_the_shelf(portal: OpenPortal, officer: Visitor, held: Held) -> None:
    laid = lay_on_the_shelf(portal, 3)
    scan(officer, held.text)
    _collected_elsewhere(portal, laid[1])
    page = hand_over(officer, expect=409)
    assert page.outcome == "scan_moved"
    assert _states(portal, laid) == [State.READY_TO_RETURN, State.RETURNED, State.READY_TO_RETURN]
    assert set(ticks(scan(officer, held.text))) == {laid[0].application_number, laid[2].application_number}
    assert Deed.HANDED_OVER not in {one.deed for one in deeds(portal)}


def test_somebody_quicker_wins_even_at_the_last_moment(portal: OpenPortal, officer: Visitor, held: Held) -> None:
    (application,) = lay_on_the_shelf(portal)
    scan(officer, held.text)
    portal.store.rivals.append(lambda: _collected_elsewhere(portal, application))
    assert hand_over(officer, expect=409).outcome == "scan_moved"
    portal.deliver_letters()
    assert not portal.sender.sent


@pytest.mark.parametrize("expected", [Verdict.VALID, Verdict.USED])
def test_a_visit_lasts_half_an_hour_at_one_office(
    portal: OpenPortal, officer: Visitor, held: Held, expected: Verdict
) -> None:
    laid = lay_on_the_shelf(portal, 2)
    scan(officer, held.text)
    hand_over(officer, laid[1])
    says(scan(elsewhere(portal), held.text), Verdict.USED)
    portal.clock.move(timedelta(minutes=30) - timedelta(seconds=expected is Verdict.VALID))
    says(scan(at_the_counter(portal, officer_id=OTHER_OFFICER_ID), held.text), expected)


@pytest.mark.parametrize(
    "number", ["", "0", "x", "9" * 17, "26112114000021238"], ids=["nothing", "short", "a word", "unchecked", "nobody's"]
)
def test_numbers_that_were_not_offered_are_refused(
    portal: OpenPortal, officer: Visitor, held: Held, number: str
) -> None:
    laid = lay_on_the_shelf(portal)
    fields = scan(officer, held.text).form(HAND_OVER).values
    page = officer.post(HAND_OVER, {**fields, f"application_{number}": "yes"}, expect=409)
    assert page.outcome == "scan_moved"
    assert _states(portal, laid) == [State.READY_TO_RETURN]


@pytest.mark.parametrize("other", [{"office": "TK02"}, {"receiver_name": "見本別人"}])
def test_nobody_elses_application_is_handed_over(
    portal: OpenPortal, officer: Visitor, held: Held, other: Typed
) -> None:
    (theirs,) = lay_on_the_shelf(portal, procedure=Procedure.NEW_VEHICLE, **other)
    lay_on_the_shelf(portal)
    fields = scan(officer, held.text).form(HAND_OVER).values
    page = officer.post(HAND_OVER, {**fields, f"application_{theirs.application_number}": "yes"}, expect=409)
    assert page.outcome == "scan_moved"
    assert stored(portal, theirs) == theirs


@pytest.mark.parametrize("key", ["", "1", "見本", "1234567890123456", "12345678901234567"])
def test_a_key_that_is_none_hands_nothing_over(portal: OpenPortal, officer: Visitor, held: Held, key: str) -> None:
    lay_on_the_shelf(portal)
    fields = scan(officer, held.text).form(HAND_OVER).values
    assert officer.post(HAND_OVER, {**fields, "lookup_key": key}, expect=409).outcome == "scan_moved"


@pytest.mark.parametrize("is_ticked", [True, False])
def test_a_code_for_approval_hands_nothing_over(
    portal: OpenPortal, visitor: Visitor, officer: Visitor, held: Held, *, is_ticked: bool
) -> None:
    (application,) = lay_on_the_shelf(portal)
    officer.get(COUNTER)
    fields = {**officer.page.form(SCAN).values, "lookup_key": issue(visitor, Purpose.PASSWORD_CHANGE).lookup_key}
    fields |= {f"application_{application.application_number}": "yes"} if is_ticked else {}
    assert officer.post(HAND_OVER, fields, expect=409).outcome == "scan_moved"


def test_a_session_that_ended_hands_nothing_over(portal: OpenPortal, officer: Visitor, held: Held) -> None:
    laid = lay_on_the_shelf(portal)
    scan(officer, held.text)
    portal.clock.move(timedelta(minutes=31))
    assert hand_over(officer).path == "/counter/login"
    assert _states(portal, laid) == [State.READY_TO_RETURN]

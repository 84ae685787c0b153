"""「二次元コードを発行する」, and looking at what was issued."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.code_refusals import CodeNotShown
from chalicelib.domain.lookup_keys import is_lookup_key, is_single
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import RECEIVER_PURPOSES, Purpose, QrCode
from chalicelib.domain.refusals import IdsExhausted
from chalicelib.ports import StoreUnavailable
from tests.code_builders import RECEIVER_NAME
from tests.fakes.outside import FakeChance
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import DAY, LATER, SECOND
from tests.usecases.codes.steps import (
    BROWSER,
    OTHER_BROWSER,
    OTHER_PASSWORD,
    CounterDesk,
    credential_of,
)

DIGITS, OTHER_DIGITS = "123456789012345", "543210987654321"
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("purpose", "days"), [(Purpose.ENROLMENT, 90), (Purpose.AUTHENTICATION, 30), (Purpose.PASSWORD_CHANGE, 90)]
)
def test_a_code_is_kept_as_it_was_asked_for_and_is_good_for_its_days(
    desk: CounterDesk, store: FakeStore, purpose: Purpose, days: int
) -> None:
    key = desk.issue(purpose)
    assert is_lookup_key(key)
    assert not is_single(key)
    assert store.rows.qr_codes == {
        key: QrCode(
            lookup_key=key,
            purpose=purpose,
            issued_at=LATER,
            expires_at=LATER + days * DAY,
            receiver_name=RECEIVER_NAME,
            credential=credential_of(),
            procedure=Procedure.CONTINUATION if purpose is Purpose.AUTHENTICATION else None,
            shown_to=BROWSER,
        )
    }


def test_issuing_makes_no_receiver_and_writes_to_nobody(desk: CounterDesk, store: FakeStore) -> None:
    for purpose in RECEIVER_PURPOSES:
        desk.issue(purpose)
    assert not store.rows.receivers
    assert not store.rows.letters


def test_a_code_may_be_issued_as_often_as_one_likes(desk: CounterDesk, store: FakeStore) -> None:
    keys = {desk.issue(submission_id=f"form {number}") for number in range(3)}
    assert set(store.rows.qr_codes) == keys
    assert len(keys) == 3


def test_the_same_form_again_gives_the_same_code(desk: CounterDesk, store: FakeStore) -> None:
    key = desk.issue()
    before = store.snapshot()
    assert desk.issue(now=LATER + SECOND) == key
    assert store.snapshot() == before


@pytest.mark.parametrize(
    "changed",
    [
        {"password": OTHER_PASSWORD},
        {"receiver_name": "見本受取２"},
        {"procedure": Procedure.NEW_VEHICLE},
        {"purpose": Purpose.PASSWORD_CHANGE, "procedure": None},
    ],
    ids=min,
)
def test_a_form_gone_back_to_and_changed_is_another(desk: CounterDesk, changed: dict[str, Any]) -> None:
    first = desk.issue()
    second = desk.issue(**{"submission_id": f"form of {Purpose.AUTHENTICATION}", **changed})
    assert first != second
    assert desk.code(first).credential == credential_of()


def test_a_form_sent_from_another_browser_shows_nothing_of_the_first(desk: CounterDesk) -> None:
    desk.issue()
    with pytest.raises(CodeNotShown):
        desk.issue(browser=OTHER_BROWSER)


def test_clicked_twice_at_once_it_is_one_code(desk: CounterDesk, store: FakeStore) -> None:
    told: list[str] = []
    store.rivals.append(lambda: told.append(desk.issue()))
    assert [desk.issue()] == told == list(store.rows.qr_codes)


def test_when_the_answer_is_lost_asking_again_gives_that_code(desk: CounterDesk, store: FakeStore) -> None:
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.issue()
    assert [desk.issue()] == list(store.rows.qr_codes)


def test_a_key_that_is_taken_is_drawn_again(desk: CounterDesk, chance: FakeChance, store: FakeStore) -> None:
    chance.digits += [DIGITS, DIGITS, OTHER_DIGITS]
    first, second = desk.issue(), desk.issue(Purpose.ENROLMENT)
    assert (first[:-1], second[:-1]) == (DIGITS, OTHER_DIGITS)
    assert desk.code(first).purpose is Purpose.AUTHENTICATION
    assert len(store.rows.qr_codes) == 2


def test_where_every_key_is_taken_it_ends(desk: CounterDesk, chance: FakeChance) -> None:
    chance.digits += [DIGITS] * 20
    desk.issue()
    with pytest.raises(IdsExhausted):
        desk.issue(Purpose.ENROLMENT)


def test_the_browser_that_issued_a_code_sees_it_for_half_an_hour(desk: CounterDesk) -> None:
    key = desk.issue()
    assert desk.show(key, now=LATER + HALF_AN_HOUR - SECOND) == desk.code(key)
    with pytest.raises(CodeNotShown):
        desk.show(key, now=LATER + HALF_AN_HOUR)


@pytest.mark.parametrize("browser", [OTHER_BROWSER, ""])
def test_no_other_browser_sees_it(desk: CounterDesk, browser: str) -> None:
    key = desk.issue()
    with pytest.raises(CodeNotShown):
        desk.show(key, browser)


def test_a_key_that_was_never_given_out_looks_alike(desk: CounterDesk) -> None:
    with pytest.raises(CodeNotShown):
        desk.show("0000000000000000")


def test_a_single_vehicles_code_is_never_shown_here(desk: CounterDesk, store: FakeStore) -> None:
    desk.has_ready()
    key = desk.issue_single()
    for browser in (BROWSER, desk.code(key).shown_to or BROWSER):
        with pytest.raises(CodeNotShown):
            desk.show(key, browser)

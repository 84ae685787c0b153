"""ワンタイムパスコード, mailed to whoever forgot the password or is locked out."""

from datetime import timedelta

import pytest

from chalicelib.domain.address_loads import RESETS_PER_ADDRESS_AND_HOUR
from chalicelib.domain.letters import LetterName, LetterState, moment_fact
from chalicelib.domain.refusals import MailLimitSpent
from tests.fakes.outside import FakeChance
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import HOUR, LATER, NOBODYS, OWN, SECOND, TO, ApplicationDesk
from tests.usecases.mypage.outbox import Outbox

CODE, OTHER_CODE = "12345678", "87654321"
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def codes(chance: FakeChance) -> None:
    """Which codes will be drawn."""
    chance.digits += [CODE, OTHER_CODE]


def test_it_is_mailed_to_the_notification_address_in_the_applications_language(
    desk: ApplicationDesk, posted: Outbox
) -> None:
    desk.has(language="en")
    desk.ask_passcode(language="ja")
    letter = posted.only(LetterName.APPLICATION_PASSCODE)
    assert (letter.to, letter.language) == (TO, "en")
    assert letter.facts == {
        "application_number": OWN,
        "procedure": "continuation",
        "passcode": CODE,
        "expires_at": moment_fact(LATER + TEN_MINUTES),
    }


@pytest.mark.parametrize("number", [OWN, NOBODYS])
def test_without_an_application_or_an_address_a_letter_to_nobody_is_stored(
    desk: ApplicationDesk, store: FakeStore, number: str
) -> None:
    desk.has(notification_email=None)
    desk.ask_passcode(number)
    (kept,) = store.rows.letters.values()
    assert (kept.letter.to, kept.letter.state, dict(kept.letter.facts)) == ("", LetterState.WITHHELD, {})
    assert desk.enter_by_passcode(CODE, number) is None


def test_what_is_stored_does_not_hold_the_code(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    desk.ask_passcode()
    assert CODE not in repr(store.rows.passcodes)


def test_it_lets_somebody_in_once(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    desk.ask_passcode()
    enquiry = desk.enter_by_passcode(CODE)
    assert enquiry
    assert enquiry.application_number == OWN
    assert desk.enter_by_passcode(CODE) is None
    assert list(store.rows.enquiries.values()) == [enquiry]


@pytest.mark.parametrize("after", [timedelta(0), TEN_MINUTES - SECOND])
def test_it_lives_ten_minutes(desk: ApplicationDesk, after: timedelta) -> None:
    desk.has()
    desk.ask_passcode()
    assert desk.enter_by_passcode(CODE, now=LATER + after)


@pytest.mark.parametrize("after", [TEN_MINUTES, HOUR])
def test_after_ten_minutes_it_opens_nothing(desk: ApplicationDesk, after: timedelta) -> None:
    desk.has()
    desk.ask_passcode()
    assert desk.enter_by_passcode(CODE, now=LATER + after) is None


def test_only_the_newest_opens(desk: ApplicationDesk) -> None:
    desk.has()
    desk.ask_passcode()
    desk.ask_passcode()
    assert desk.enter_by_passcode(CODE) is None
    assert desk.enter_by_passcode(OTHER_CODE)


def test_it_opens_no_other_application(desk: ApplicationDesk) -> None:
    desk.has()
    desk.has(application_number=NOBODYS)
    desk.ask_passcode()
    assert desk.enter_by_passcode(CODE, NOBODYS) is None


@pytest.mark.parametrize("code", ["", "00000000", CODE[::-1], CODE[:-1], f" {CODE}"])
def test_no_other_code_opens(desk: ApplicationDesk, code: str) -> None:
    desk.has()
    desk.ask_passcode()
    assert desk.enter_by_passcode(code) is None


def test_an_empty_code_opens_nothing_that_has_none(desk: ApplicationDesk) -> None:
    desk.has(notification_email=None)
    desk.ask_passcode()
    assert desk.enter_by_passcode("") is None


def test_it_opens_while_the_password_is_locked_and_does_not_unlock_it(desk: ApplicationDesk) -> None:
    desk.has()
    desk.guess(5)
    desk.ask_passcode()
    assert desk.enter_by_passcode(CODE)
    assert desk.enter() is None


def test_five_wrong_codes_spend_it_and_a_new_one_opens(desk: ApplicationDesk) -> None:
    desk.has()
    desk.ask_passcode()
    for _ in range(5):
        assert desk.enter_by_passcode("00000000") is None
    assert desk.enter_by_passcode(CODE) is None
    desk.ask_passcode()
    assert desk.enter_by_passcode(OTHER_CODE)


def test_wrong_codes_do_not_lock_the_password(desk: ApplicationDesk) -> None:
    desk.has()
    for _ in range(6):
        desk.enter_by_passcode("00000000")
    assert desk.enter()


def test_a_stranger_who_does_not_know_the_address_mails_nothing_and_is_told_the_same(
    desk: ApplicationDesk, store: FakeStore
) -> None:
    desk.has()
    desk.ask_passcode(address="stranger@example.jp", browser="elsewhere")
    (kept,) = store.rows.letters.values()
    assert (kept.letter.to, kept.letter.state) == ("", LetterState.WITHHELD)
    assert desk.enter_by_passcode(CODE, browser="elsewhere") is None


def test_strangers_neither_use_up_nor_spoil_the_way_back(desk: ApplicationDesk, posted: Outbox) -> None:
    desk.has()
    for _ in range(5):
        desk.ask_passcode(address="stranger@example.jp", browser="elsewhere")
    desk.ask_passcode()
    code = posted.only(LetterName.APPLICATION_PASSCODE).facts["passcode"]
    desk.ask_passcode(number=NOBODYS, address="stranger@example.jp", browser="elsewhere")
    for _ in range(5):
        desk.enter_by_passcode("00000000", browser="elsewhere")
    assert desk.enter_by_passcode(code, browser="elsewhere") is None
    assert desk.enter_by_passcode(code)


def test_an_address_is_mailed_no_more_than_it_may_be_whatever_it_is_for(
    desk: ApplicationDesk, store: FakeStore
) -> None:
    desk.has()
    for _ in range(RESETS_PER_ADDRESS_AND_HOUR):
        with desk.begin() as work:
            work.addresses.count_reset(TO, LATER, is_theirs=True)
    before = store.snapshot()
    with pytest.raises(MailLimitSpent):
        desk.ask_passcode()
    assert store.snapshot() == before


@pytest.mark.parametrize("number", [OWN, NOBODYS])
def test_the_sixth_of_an_hour_is_refused_whosever_the_number_is(
    desk: ApplicationDesk, store: FakeStore, number: str
) -> None:
    desk.has()
    for _ in range(5):
        desk.ask_passcode(number)
    before = store.snapshot()
    with pytest.raises(MailLimitSpent):
        desk.ask_passcode(number)
    assert store.snapshot() == before
    desk.ask_passcode(number, LATER + HOUR)


def test_an_hour_of_passcodes_is_no_lock(desk: ApplicationDesk) -> None:
    desk.has()
    for _ in range(5):
        desk.ask_passcode()
    assert desk.enter()


def test_of_two_asked_for_at_once_one_is_mailed_and_it_opens(
    desk: ApplicationDesk, store: FakeStore, posted: Outbox
) -> None:
    desk.has()
    store.rivals.append(desk.ask_passcode)
    desk.ask_passcode()
    assert posted.only(LetterName.APPLICATION_PASSCODE).facts["passcode"] == OTHER_CODE
    assert desk.enter_by_passcode(OTHER_CODE)


def test_of_two_tabs_at_once_one_is_let_in(desk: ApplicationDesk, store: FakeStore) -> None:
    desk.has()
    desk.ask_passcode()
    let_in = []
    store.rivals += [lambda: None, lambda: let_in.append(desk.enter_by_passcode(CODE))]
    assert desk.enter_by_passcode(CODE) is None
    assert len(store.rows.enquiries) == len(let_in) == 1

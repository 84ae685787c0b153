"""仮登録 by many at once: one registration, one letter, twenty mails an hour."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest

from chalicelib.capabilities.registration.usecases import Mailing
from chalicelib.domain.refusals import ResendTooSoon
from chalicelib.storage.letters import LetterRow
from chalicelib.storage.registrations import RegistrationRow
from tests.builders import ADDRESS, NOW
from tests.races.conftest import Traffic, at_once
from tests.steps import Desk

MINUTE = timedelta(minutes=1)
CONFLICTS = pytest.mark.parametrize("chance_of_conflict", [0.0, 0.2], ids=["calm", "conflicts"])


def letters() -> int:
    return len(list(LetterRow.scan()))


def registrations() -> int:
    return len(list(RegistrationRow.scan()))


@CONFLICTS
def test_thirty_clicks_on_one_form_are_one_registration(
    desk: Desk, traffic: Traffic, chance_of_conflict: float
) -> None:
    asked = desk.ready_to_register()
    traffic.chance_of_conflict = chance_of_conflict
    outcomes = at_once([partial(desk.register, asked)] * 30)
    assert Counter(outcomes) == {Mailing.POSTED: 1, Mailing.REPEATED: 29}
    assert (registrations(), letters()) == (1, 1)
    with desk.begin() as work:
        assert work.addresses.load(ADDRESS, NOW).mails_this_hour == 1


def test_thirty_people_with_one_address_are_sent_twenty_letters(desk: Desk) -> None:
    asked = [desk.ready_to_register() for _ in range(30)]
    outcomes = at_once([partial(desk.register, one) for one in asked])
    assert outcomes.count(Mailing.POSTED) == 20
    assert outcomes.count(Mailing.DROPPED) == 10
    assert (registrations(), letters()) == (30, 20)


@CONFLICTS
def test_thirty_clicks_on_resend_post_one_letter(desk: Desk, traffic: Traffic, chance_of_conflict: float) -> None:
    sent = desk.registered()
    traffic.chance_of_conflict = chance_of_conflict
    outcomes = at_once([partial(desk.resend, sent, MINUTE)] * 30)
    assert outcomes.count(Mailing.POSTED) == 1
    assert outcomes.count(ResendTooSoon) == 29
    assert letters() == 2


def test_clicks_on_resend_beyond_the_hours_allowance_post_nothing(desk: Desk) -> None:
    sent = desk.registered()
    for _ in range(19):
        desk.registered()
    outcomes = at_once([partial(desk.resend, sent, MINUTE)] * 10)
    assert outcomes.count(Mailing.DROPPED) == 1
    assert outcomes.count(ResendTooSoon) == 9
    assert letters() == 20

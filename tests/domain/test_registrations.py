"""仮登録: how long a link lives, when it may be mailed again, and which way it died."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.letters import Delivery
from chalicelib.domain.refusals import LinkExpired, LinkUsed, ResendTooSoon
from chalicelib.domain.registrations import KEPT_AFTER_EXPIRY, LINK_LIFETIME, RegistrationState
from tests.builders import NOW, a_registration

SECOND = timedelta(seconds=1)
WITHIN_A_DAY = st.integers(0, 24 * 60 * 60 - 1).map(lambda seconds: timedelta(seconds=seconds))


def test_a_link_lives_a_day_and_its_registration_is_kept_a_week_longer() -> None:
    assert timedelta(hours=24) == LINK_LIFETIME
    assert timedelta(days=7) == KEPT_AFTER_EXPIRY
    assert a_registration().expires_at == NOW + timedelta(hours=24)


@given(lived=WITHIN_A_DAY)
def test_a_link_is_open_at_every_second_of_its_day(lived: timedelta) -> None:
    assert not a_registration().is_expired(NOW + lived)
    a_registration().require_open(NOW + lived)


@given(late=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3650)))
def test_a_link_is_dead_from_its_last_moment_on(late: timedelta) -> None:
    registration = a_registration()
    moment = registration.expires_at + late
    assert registration.is_expired(moment)
    with pytest.raises(LinkExpired) as refused:
        registration.require_open(moment)
    assert refused.value.expired_at == registration.expires_at


@pytest.mark.parametrize("lived", [timedelta(0), timedelta(hours=24), timedelta(days=3)])
def test_a_used_link_is_used_whatever_its_age(lived: timedelta) -> None:
    with pytest.raises(LinkUsed):
        a_registration().completed("CA6288").require_open(NOW + lived)


def test_completing_names_the_account_and_changes_nothing_else() -> None:
    registration = a_registration()
    completed = registration.completed("CA6288")
    assert completed.is_completed
    assert not registration.is_completed
    assert replace(completed, state=RegistrationState.PENDING, id_suffix=None) == registration


@pytest.mark.parametrize(
    ("after", "seconds"),
    [
        (timedelta(0), 60),
        (timedelta(milliseconds=1), 60),
        (SECOND, 59),
        (timedelta(seconds=59), 1),
        (timedelta(seconds=59, milliseconds=999), 1),
        (timedelta(seconds=60), 0),
        (timedelta(hours=1), 0),
    ],
)
def test_the_wait_before_another_letter_is_counted_in_whole_seconds(after: timedelta, seconds: int) -> None:
    assert a_registration().seconds_until_resend(NOW + after) == seconds


@given(after=st.timedeltas(min_value=timedelta(0), max_value=timedelta(seconds=60) - timedelta.resolution))
def test_too_soon_always_says_at_least_one_second(after: timedelta) -> None:
    with pytest.raises(ResendTooSoon) as refused:
        a_registration().mailed_again("letter-2", NOW + after)
    assert 1 <= refused.value.seconds <= 60


@given(after=WITHIN_A_DAY.filter(lambda after: after >= timedelta(seconds=60)))
def test_mailing_again_changes_the_letter_and_its_moment_alone(after: timedelta) -> None:
    registration = a_registration(delivery=Delivery.BOUNCED)
    again = registration.mailed_again("letter-2", NOW + after)
    assert (again.letter_id, again.mailed_at, again.delivery) == ("letter-2", NOW + after, Delivery.WAITING)
    assert again.expires_at == registration.expires_at
    assert replace(again, letter_id="letter-1", mailed_at=NOW, delivery=Delivery.BOUNCED) == registration


def test_a_dead_or_used_link_is_not_mailed_again_even_when_it_would_be_too_soon() -> None:
    late = a_registration(mailed_at=NOW + LINK_LIFETIME)
    with pytest.raises(LinkExpired):
        late.mailed_again("letter-2", NOW + LINK_LIFETIME)
    with pytest.raises(LinkUsed):
        a_registration().completed("CA6288").mailed_again("letter-2", NOW)

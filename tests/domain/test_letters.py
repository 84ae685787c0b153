"""通知メール: when to try again, and which news counts."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.letters import LEASE, Delivery, moment_fact, next_try_after
from tests.builders import NOW

BAD = {Delivery.BOUNCED, Delivery.COMPLAINED, Delivery.PARKED}
GOOD = set(Delivery) - BAD


def test_the_waits_between_tries_grow_and_then_end() -> None:
    moments = [next_try_after(tries, NOW) for tries in range(1, 7)]
    assert moments[-1] is None
    waits = [moment - NOW for moment in moments if moment]
    assert waits == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]
    assert all(shorter < longer for shorter, longer in pairwise(waits))


@given(st.integers(6, 10**6))
def test_nothing_is_tried_for_ever(tries: int) -> None:
    assert next_try_after(tries, NOW) is None


def test_a_lease_outlives_a_sending() -> None:
    assert timedelta(seconds=30) < LEASE <= timedelta(minutes=5)


@pytest.mark.parametrize("delivery", list(Delivery))
def test_what_did_not_reach_its_reader_is_bad_news(delivery: Delivery) -> None:
    assert delivery.is_bad_news is (delivery in {*BAD, Delivery.DEFERRED})


def test_a_delivery_undoes_a_refusal_for_the_time_being_and_not_the_other_way_round() -> None:
    assert Delivery.DELIVERED.is_news_after(Delivery.DEFERRED)
    assert not Delivery.DEFERRED.is_news_after(Delivery.DELIVERED)


@pytest.mark.parametrize("delivery", list(Delivery))
def test_the_same_again_is_no_news(delivery: Delivery) -> None:
    assert not delivery.is_news_after(delivery)


@pytest.mark.parametrize("earlier", sorted(BAD))
@pytest.mark.parametrize("later", sorted(GOOD))
def test_good_news_does_not_undo_bad(earlier: Delivery, later: Delivery) -> None:
    assert not later.is_news_after(earlier)


@pytest.mark.parametrize("earlier", sorted(GOOD))
@pytest.mark.parametrize("later", sorted(BAD))
def test_bad_news_is_news_after_good(earlier: Delivery, later: Delivery) -> None:
    assert later.is_news_after(earlier)


def test_a_delivery_is_news_of_what_was_sent() -> None:
    assert Delivery.DELIVERED.is_news_after(Delivery.WAITING)


@given(st.lists(st.sampled_from([Delivery.BOUNCED, Delivery.DELIVERED]), min_size=1))
def test_whatever_the_order_a_bounce_is_what_remains(told: list[Delivery]) -> None:
    known = Delivery.WAITING
    for delivery in told:
        known = delivery if delivery.is_news_after(known) else known
    assert known is (Delivery.BOUNCED if Delivery.BOUNCED in told else Delivery.DELIVERED)


def test_a_moment_in_a_letter_is_utc_wherever_it_was_written_down() -> None:
    in_japan = datetime(2019, 9, 24, 9, 55, 50, tzinfo=timezone(timedelta(hours=9)))
    assert moment_fact(in_japan) == moment_fact(NOW) == "2019-09-24T00:55:50+00:00"


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_in_a_letter_is_read_back_as_it_was(moment: datetime) -> None:
    assert datetime.fromisoformat(moment_fact(moment)) == moment

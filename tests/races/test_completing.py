"""本登録 by many at once: one account for each registration, a hundred for each address."""

from collections.abc import Iterator
from functools import partial

import pytest

from chalicelib.capabilities.confirmation.usecases import hashed
from chalicelib.domain.drafts import Asked
from chalicelib.domain.letters import LetterName
from chalicelib.domain.refusals import AddressFull, LinkUsed
from chalicelib.storage.accounts import AccountRow
from chalicelib.storage.letters import LetterRow
from tests.builders import ADDRESS, NOW, a_draft, a_registration
from tests.fakes.outside import FakeHasher
from tests.races.conftest import Traffic, at_once
from tests.steps import PASSWORDS, Desk

CONFLICTS = pytest.mark.parametrize("chance_of_conflict", [0.0, 0.2], ids=["calm", "conflicts"])


def suffixes() -> list[str]:
    return [row.id_suffix for row in AccountRow.scan()]


def completion_letters() -> int:
    return sum(row.name == LetterName.REGISTRATION_COMPLETED for row in LetterRow.scan())


def ready_to_complete(desk: Desk, people: int) -> list[Asked]:
    """So many people behind links of their own; several in one command, because moto copies its tables for each."""
    for few in batched(range(people)):
        with desk.begin() as work:
            for person in few:
                registration_id = f"registration-{person}"
                values = hashed(FakeHasher(), {"registration_id": registration_id}, PASSWORDS)
                work.registrations.add(a_registration(registration_id=registration_id))
                work.drafts.keep(a_draft(name=f"draft-{person}", capability="confirmation", values=values))
    return [Asked(f"draft-{person}", "submission-1", "ja") for person in range(people)]


def batched(people: range) -> Iterator[range]:
    return (people[first : first + 40] for first in range(0, len(people), 40))


@CONFLICTS
def test_fifty_browsers_with_one_link_get_one_account(desk: Desk, traffic: Traffic, chance_of_conflict: float) -> None:
    registration = desk.registered().registration
    asked = [desk.ready_to_complete(registration) for _ in range(50)]
    traffic.chance_of_conflict = chance_of_conflict
    outcomes = at_once([partial(desk.complete, one) for one in asked])
    (id_suffix,) = suffixes()
    assert outcomes.count(LinkUsed) == 49
    assert outcomes.count(id_suffix) == 1
    assert completion_letters() == 1
    assert bool(traffic.conflicts) is bool(chance_of_conflict)


@CONFLICTS
def test_fifty_clicks_in_one_browser_all_see_the_same_ids(
    desk: Desk, traffic: Traffic, chance_of_conflict: float
) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    traffic.chance_of_conflict = chance_of_conflict
    outcomes = at_once([partial(desk.complete, asked)] * 50)
    assert outcomes == suffixes() * 50
    assert completion_letters() == 1


def test_of_a_hundred_and_twenty_registrations_of_one_address_a_hundred_become_accounts(desk: Desk) -> None:
    asked = ready_to_complete(desk, 120)
    outcomes = at_once([partial(desk.complete, one) for one in asked])
    assert outcomes.count(AddressFull) == 20
    assert sorted(outcome for outcome in outcomes if isinstance(outcome, str)) == sorted(suffixes())
    assert len(suffixes()) == completion_letters() == 100
    with desk.begin() as work:
        assert work.addresses.load(ADDRESS, NOW).accounts == 100

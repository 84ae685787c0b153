"""本登録: one account, one pair of IDs, one letter."""

from datetime import timedelta

import pytest

from chalicelib.domain.address_loads import MAILS_PER_ADDRESS_AND_HOUR
from chalicelib.domain.letters import LetterName
from tests.builders import ADDRESS, NOW, an_individual
from tests.fakes.outside import FakeChance
from tests.fakes.rows import KeptLetter
from tests.fakes.store import FakeStore
from tests.steps import Desk

LATER = NOW + timedelta(minutes=3)


def completion_letters(store: FakeStore) -> list[KeptLetter]:
    kept = store.rows.letters.values()
    return [one for one in kept if one.letter.name is LetterName.REGISTRATION_COMPLETED]


def test_completing_makes_the_account_of_who_registered(desk: Desk, store: FakeStore, chance: FakeChance) -> None:
    chance.suffixes = ["CA6288"]
    registration = desk.registered().registration
    asked = desk.ready_to_complete(registration, LATER, "en", notification_email="notice@example.jp")
    assert desk.complete(asked, LATER) == "CA6288"
    account = store.rows.accounts["CA6288"]
    assert (account.payer_id, account.filer_id) == ("KNCA6288", "KICA6288")
    assert account.holder == registration.holder == an_individual()
    assert account.management_email == ADDRESS
    assert account.notification_email == "notice@example.jp"
    assert account.password_set_at == account.created_at == LATER
    assert account.language == "en"
    assert (account.epoch, account.version) == (1, 1)


@pytest.mark.parametrize("values", [{}, {"notification_email": ""}])
def test_an_address_for_notices_is_optional(desk: Desk, store: FakeStore, values: dict[str, str]) -> None:
    desk.complete(desk.ready_to_complete(desk.registered().registration, NOW, "ja", **values))
    (account,) = store.rows.accounts.values()
    assert account.notification_email is None


def test_the_registration_says_which_account_it_became(desk: Desk, store: FakeStore) -> None:
    registration = desk.registered().registration
    id_suffix = desk.complete(desk.ready_to_complete(registration))
    assert store.rows.registrations[registration.registration_id] == registration.completed(id_suffix)


def test_completing_is_one_command(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    before = store.commands
    desk.complete(asked)
    assert store.commands == before + 1
    assert store.rows.accounts_of[ADDRESS] == 1


def test_one_letter_tells_both_ids_and_nothing_that_anybody_typed(
    desk: Desk, store: FakeStore, chance: FakeChance
) -> None:
    chance.suffixes = ["CA6288"]
    desk.complete(desk.ready_to_complete(desk.registered().registration, LATER, "en"), LATER)
    (kept,) = completion_letters(store)
    assert (kept.letter.to, kept.letter.language, kept.letter.posted_at) == (ADDRESS, "en", LATER)
    assert dict(kept.letter.facts) == {
        "payer_id": "KNCA6288",
        "filer_id": "KICA6288",
        "completed_at": "2019-09-24T00:58:50+00:00",
    }


def test_the_letter_is_sent_however_many_mails_the_address_had(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    store.rows.mails_of["taro@example.jp 2019-09-24 00"] = MAILS_PER_ADDRESS_AND_HOUR
    desk.complete(asked)
    assert len(completion_letters(store)) == 1
    assert store.rows.mails_of["taro@example.jp 2019-09-24 00"] == MAILS_PER_ADDRESS_AND_HOUR + 1


def test_once_completed_no_password_hash_is_left_in_the_draft(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    desk.complete(asked)
    assert not any("password" in name for name in store.rows.drafts[asked.draft_name].values)

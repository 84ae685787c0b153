"""本登録: one account, one pair of IDs, one letter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.capabilities.confirmation import usecases
from chalicelib.capabilities.confirmation.usecases import DRAWS
from chalicelib.domain.accounts import ACCOUNTS_PER_ADDRESS, MAILS_PER_ADDRESS_AND_HOUR
from chalicelib.domain.letters import LetterName
from chalicelib.domain.refusals import AddressFull, DraftGone, IdsExhausted, LinkExpired, LinkUsed, SubmissionStale
from chalicelib.ports import StoreUnavailable
from tests.builders import ADDRESS, NOW, an_account, an_individual
from tests.fakes.outside import FakeChance
from tests.fakes.rows import KeptLetter
from tests.fakes.store import FakeStore
from tests.steps import Desk

SECOND = timedelta(seconds=1)
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
    desk.complete(desk.ready_to_complete(desk.registered().registration, **values))
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


def test_a_failing_store_leaves_nothing_half_done(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    before = store.snapshot()
    store.is_down = True
    with pytest.raises(StoreUnavailable):
        desk.complete(asked)
    assert store.snapshot() == before


def test_two_clicks_give_one_pair_of_ids(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    first = desk.complete(asked)
    before = store.snapshot()
    assert desk.complete(asked, NOW + SECOND) == first
    assert store.snapshot() == before


def test_two_clicks_at_once_give_one_pair_of_ids(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    first: list[str] = []
    store.rivals.append(lambda: first.append(desk.complete(asked)))
    assert [desk.complete(asked)] == first
    assert list(store.rows.accounts) == first
    assert len(completion_letters(store)) == 1
    assert store.rows.accounts_of[ADDRESS] == 1


@pytest.mark.parametrize("reads", [0, 1])
def test_a_click_that_comes_between_two_reads_gives_the_same_ids(desk: Desk, store: FakeStore, reads: int) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    first: list[str] = []
    store.rivals_at_reads = [lambda: None] * reads + [lambda: first.append(desk.complete(asked))]
    assert [desk.complete(asked)] == first
    assert len(completion_letters(store)) == 1


@pytest.mark.parametrize("reads", [0, 1])
def test_another_browser_that_comes_between_two_reads_wins(desk: Desk, store: FakeStore, reads: int) -> None:
    registration = desk.registered().registration
    slow, quick = desk.ready_to_complete(registration), desk.ready_to_complete(registration)
    store.rivals_at_reads = [lambda: None] * reads + [lambda: desk.complete(quick)]
    with pytest.raises(LinkUsed):
        desk.complete(slow)
    assert len(store.rows.accounts) == 1


def test_a_retry_after_a_lost_answer_gives_the_same_ids(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.complete(asked)
    assert [desk.complete(asked)] == list(store.rows.accounts)
    assert len(completion_letters(store)) == 1


def test_another_browser_that_comes_later_is_told_that_the_link_was_used(desk: Desk, store: FakeStore) -> None:
    registration = desk.registered().registration
    slow, quick = desk.ready_to_complete(registration), desk.ready_to_complete(registration)
    desk.complete(quick)
    before = store.snapshot()
    with pytest.raises(LinkUsed):
        desk.complete(slow)
    assert store.snapshot() == before


def test_another_browser_at_the_same_moment_is_told_that_the_link_was_used(desk: Desk, store: FakeStore) -> None:
    registration = desk.registered().registration
    slow, quick = desk.ready_to_complete(registration), desk.ready_to_complete(registration)
    store.rivals.append(lambda: desk.complete(quick))
    with pytest.raises(LinkUsed):
        desk.complete(slow)
    assert len(store.rows.accounts) == len(completion_letters(store)) == 1


@pytest.mark.parametrize("submission_id", ["", "submission of another tab"])
def test_only_the_newest_check_page_completes(desk: Desk, store: FakeStore, submission_id: str) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    with pytest.raises(SubmissionStale):
        desk.complete(replace(asked, submission_id=submission_id))
    assert not store.rows.accounts


def test_passwords_that_were_never_set_complete_nothing(desk: Desk, store: FakeStore) -> None:
    registration = desk.registered().registration
    draft = usecases.keep_details(desk.begin, desk.chance, registration, {}, NOW)
    for submission_id in ("", "None"):
        with pytest.raises(SubmissionStale):
            desk.complete(usecases.Asked(draft.name, submission_id, "ja"))
    assert not store.rows.accounts


def test_a_form_that_changed_at_the_last_moment_is_to_be_checked_again(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    changed = replace(desk.resumed(asked.draft_name), submission_id="submission of another tab")
    store.rivals.append(lambda: store.rows.drafts.update({asked.draft_name: changed}))
    with pytest.raises(SubmissionStale):
        desk.complete(asked)
    assert not store.rows.accounts
    assert not completion_letters(store)


def test_a_draft_that_died_completes_nothing(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    with pytest.raises(DraftGone):
        desk.complete(asked, NOW + timedelta(minutes=30))
    assert not store.rows.accounts


def test_a_link_that_died_while_the_command_was_on_its_way_completes_nothing(desk: Desk, store: FakeStore) -> None:
    registration = desk.registered().registration
    asked = desk.ready_to_complete(registration)
    older = replace(registration, registered_at=NOW - timedelta(hours=24))
    store.rivals.append(lambda: store.rows.registrations.update({registration.registration_id: older}))
    with pytest.raises(LinkExpired):
        desk.complete(asked)
    assert not store.rows.accounts


def test_an_id_that_is_taken_is_drawn_again(desk: Desk, store: FakeStore, chance: FakeChance) -> None:
    store.rows.accounts["CA6288"] = other = an_account(management_email="jiro@example.jp")
    chance.suffixes = ["CA6288", "CA6288", "KB0001"]
    assert desk.complete(desk.ready_to_complete(desk.registered().registration)) == "KB0001"
    assert store.rows.accounts["CA6288"] == other
    assert store.rows.accounts_of[ADDRESS] == 1
    (kept,) = completion_letters(store)
    assert kept.letter.facts["payer_id"] == "KNKB0001"


def test_drawing_ends_and_says_so(desk: Desk, store: FakeStore, chance: FakeChance) -> None:
    store.rows.accounts["CA6288"] = an_account(management_email="jiro@example.jp")
    asked = desk.ready_to_complete(desk.registered().registration)
    before = store.snapshot()
    chance.suffixes = ["CA6288"] * DRAWS
    with pytest.raises(IdsExhausted):
        desk.complete(asked)
    assert store.snapshot() == before
    assert desk.complete(asked)


def test_an_address_holds_exactly_a_hundred_accounts(desk: Desk, store: FakeStore) -> None:
    moment = NOW
    for _ in range(ACCOUNTS_PER_ADDRESS):
        desk.completed(moment)
        moment += timedelta(hours=1)
    late = desk.registered(moment).registration
    with pytest.raises(AddressFull):
        desk.complete(desk.ready_to_complete(late, moment), moment)
    assert len(store.rows.accounts) == store.rows.accounts_of[ADDRESS] == 100
    assert len(completion_letters(store)) == 100
    assert not store.rows.registrations[late.registration_id].is_completed


def test_the_last_place_of_an_address_is_given_once(desk: Desk, store: FakeStore) -> None:
    store.rows.accounts_of[ADDRESS] = ACCOUNTS_PER_ADDRESS - 1
    first, second = (desk.ready_to_complete(desk.registered().registration) for _ in range(2))
    store.rivals.append(lambda: desk.complete(first))
    with pytest.raises(AddressFull):
        desk.complete(second)
    assert len(store.rows.accounts) == 1


def test_a_full_address_is_told_to_the_holder_of_a_link_that_was_mailed_before(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered(email="TARO@example.jp").registration)
    store.rows.accounts_of[ADDRESS] = ACCOUNTS_PER_ADDRESS
    before = store.snapshot()
    with pytest.raises(AddressFull):
        desk.complete(asked)
    assert store.snapshot() == before


def test_the_ids_are_shown_again_to_the_same_browser_for_thirty_minutes(desk: Desk, chance: FakeChance) -> None:
    chance.suffixes = ["CA6288"]
    asked = desk.ready_to_complete(desk.registered().registration)
    desk.complete(asked, LATER)
    for moment in (LATER, LATER + timedelta(minutes=30) - SECOND):
        assert usecases.find_ids(desk.begin, asked.draft_name, moment) == ("KNCA6288", "KICA6288")
    with pytest.raises(DraftGone):
        usecases.find_ids(desk.begin, asked.draft_name, LATER + timedelta(minutes=30))


def test_looking_at_the_ids_does_not_prolong_their_thirty_minutes(desk: Desk) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    desk.complete(asked)
    usecases.find_ids(desk.begin, asked.draft_name, NOW + timedelta(minutes=29))
    desk.complete(asked, NOW + timedelta(minutes=29))
    with pytest.raises(DraftGone):
        usecases.find_ids(desk.begin, asked.draft_name, NOW + timedelta(minutes=30))


def test_no_other_browser_sees_the_ids(desk: Desk) -> None:
    registration = desk.registered().registration
    asked, other = desk.ready_to_complete(registration), desk.ready_to_complete(registration)
    desk.complete(asked)
    for name in (other.draft_name, "no such draft"):
        with pytest.raises(DraftGone):
            usecases.find_ids(desk.begin, name, NOW)


def test_a_browser_told_to_forget_the_ids_does(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    desk.complete(asked)
    usecases.forget(desk.begin, asked.draft_name)
    with pytest.raises(DraftGone):
        usecases.find_ids(desk.begin, asked.draft_name, NOW)
    assert len(store.rows.accounts) == 1


def test_once_completed_no_password_hash_is_left_in_the_draft(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    desk.complete(asked)
    assert not any("password" in name for name in store.rows.drafts[asked.draft_name].values)

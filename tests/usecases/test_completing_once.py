"""本登録, clicked twice, in two browsers, too late, or in a hurry: still one account, or none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.capabilities.confirmation import usecases
from chalicelib.domain.drafts import Asked
from chalicelib.domain.letters import LetterName
from chalicelib.domain.refusals import DraftGone, LinkExpired, LinkUsed, SubmissionStale
from chalicelib.ports import StoreUnavailable
from tests.builders import ADDRESS, NOW
from tests.fakes.rows import KeptLetter
from tests.fakes.store import FakeStore, nobody
from tests.steps import Desk

SECOND = timedelta(seconds=1)


def completion_letters(store: FakeStore) -> list[KeptLetter]:
    kept = store.rows.letters.values()
    return [one for one in kept if one.letter.name is LetterName.REGISTRATION_COMPLETED]


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
    store.rivals_at_reads = [*nobody(reads), lambda: first.append(desk.complete(asked))]
    assert [desk.complete(asked)] == first
    assert len(completion_letters(store)) == 1


@pytest.mark.parametrize("reads", [0, 1])
def test_another_browser_that_comes_between_two_reads_wins(desk: Desk, store: FakeStore, reads: int) -> None:
    registration = desk.registered().registration
    slow, quick = desk.ready_to_complete(registration), desk.ready_to_complete(registration)
    store.rivals_at_reads = [*nobody(reads), lambda: desk.complete(quick)]
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
    draft = usecases.keep_details(desk.begin, desk.chance, None, registration, {}, NOW)
    for submission_id in ("", "None"):
        with pytest.raises(SubmissionStale):
            desk.complete(Asked(draft.name, submission_id, "ja"))
    assert not store.rows.accounts


def test_a_form_that_changed_at_the_last_moment_is_to_be_checked_again(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_complete(desk.registered().registration)
    changed = replace(store.rows.drafts[asked.draft_name], submission_id="submission of another tab")
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

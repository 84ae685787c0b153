"""仮登録, before anything is registered: consent, and what was typed."""

from datetime import timedelta

import pytest

from chalicelib.capabilities.registration import usecases
from chalicelib.capabilities.registration.usecases import has_consented
from chalicelib.domain.drafts import DRAFT_LIFETIME, Asked
from chalicelib.domain.refusals import DraftGone, SubmissionStale
from tests.builders import NOW, an_entry
from tests.fakes.store import FakeStore
from tests.steps import Desk

SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(minutes=20)


def test_agreeing_begins_a_draft_that_says_so(desk: Desk) -> None:
    draft = desk.resumed(desk.agree())
    assert has_consented(draft)
    assert draft.submission_id is None
    assert draft.result is None


def test_every_agreement_has_a_name_of_its_own(desk: Desk) -> None:
    assert desk.agree() != desk.agree()


def test_agreeing_again_keeps_what_was_typed_under_a_new_name(desk: Desk, store: FakeStore) -> None:
    earlier = desk.type_in(desk.agree()).draft_name
    name = desk.agree(earlier)
    assert dict(desk.resumed(name).values) == {**an_entry(), "consent": "yes"}
    assert list(store.rows.drafts) == [name]


def test_agreeing_again_after_too_long_begins_with_nothing(desk: Desk) -> None:
    earlier = desk.type_in(desk.agree()).draft_name
    moment = NOW + DRAFT_LIFETIME
    assert dict(desk.resumed(desk.agree(earlier, moment), moment).values) == {"consent": "yes"}


def test_agreeing_again_after_registering_begins_with_nothing(desk: Desk) -> None:
    earlier = desk.registered().draft_name
    assert dict(desk.resumed(desk.agree(earlier)).values) == {"consent": "yes"}


def test_a_forgotten_or_made_up_earlier_name_does_no_harm(desk: Desk) -> None:
    assert has_consented(desk.resumed(desk.agree("no such draft")))


def test_what_was_typed_is_kept_with_all_its_mistakes(desk: Desk) -> None:
    draft = desk.resumed(desk.agree())
    usecases.keep_entry(desk.begin, draft, {"email": "taro@", "kind": ""}, None, NOW)
    kept = desk.resumed(draft.name)
    assert dict(kept.values) == {"email": "taro@", "kind": "", "consent": "yes"}
    assert kept.submission_id is None


def test_what_has_mistakes_cannot_be_registered(desk: Desk, store: FakeStore) -> None:
    draft = desk.resumed(desk.agree())
    usecases.keep_entry(desk.begin, draft, an_entry(), None, NOW)
    for submission_id in ("", "None", "anything"):
        with pytest.raises(SubmissionStale):
            desk.register(Asked(draft.name, submission_id, "ja"))
    assert not store.rows.registrations
    assert not store.rows.letters


def test_a_mistake_made_later_takes_back_what_could_be_registered(desk: Desk) -> None:
    asked = desk.ready_to_register()
    usecases.keep_entry(desk.begin, desk.resumed(asked.draft_name), an_entry(email=""), None, NOW)
    with pytest.raises(SubmissionStale):
        desk.register(asked)


def test_typing_on_keeps_the_draft_alive(desk: Desk) -> None:
    asked = desk.ready_to_register()
    desk.resumed(asked.draft_name, LATER)
    assert dict(desk.resumed(asked.draft_name, LATER + DRAFT_LIFETIME - SECOND).values) == {
        **an_entry(),
        "consent": "yes",
    }


@pytest.mark.parametrize("silence", [DRAFT_LIFETIME, DRAFT_LIFETIME + SECOND, timedelta(days=2)])
def test_a_draft_dies_after_thirty_minutes_of_silence(desk: Desk, store: FakeStore, silence: timedelta) -> None:
    asked = desk.ready_to_register()
    with pytest.raises(DraftGone):
        desk.resumed(asked.draft_name, NOW + silence)
    with pytest.raises(DraftGone):
        desk.register(asked, NOW + silence)
    assert not store.rows.registrations


def test_thirty_minutes_are_thirty_minutes() -> None:
    assert timedelta(minutes=30) == DRAFT_LIFETIME


def test_what_was_typed_into_a_dead_draft_waits_for_a_new_agreement(desk: Desk) -> None:
    moment = NOW + DRAFT_LIFETIME
    kept = usecases.keep_without_consent(desk.begin, desk.chance, an_entry(), moment)
    assert not has_consented(desk.resumed(kept, moment))
    agreed = desk.resumed(desk.agree(kept, moment), moment)
    assert dict(agreed.values) == {**an_entry(), "consent": "yes"}


def test_quitting_forgets_what_was_typed(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    usecases.quit_registration(desk.begin, asked.draft_name)
    assert not store.rows.drafts
    with pytest.raises(DraftGone):
        desk.register(asked)


@pytest.mark.parametrize("name", [None, "", "no such draft"])
def test_quitting_without_a_draft_does_nothing(desk: Desk, store: FakeStore, name: str | None) -> None:
    usecases.quit_registration(desk.begin, name)
    assert not store.rows.drafts


def test_another_address_keeps_everything_else(desk: Desk) -> None:
    sent = desk.registered()
    usecases.choose_other_address(desk.begin, sent.draft_name, NOW)
    values = dict(desk.resumed(sent.draft_name).values)
    assert values.pop("consent") == "yes"
    assert values == {name: value for name, value in an_entry().items() if "email" not in name}


def test_another_address_is_registered_anew_and_the_first_link_still_works(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    usecases.choose_other_address(desk.begin, sent.draft_name, NOW)
    desk.register(desk.type_in(sent.draft_name, email="jiro@example.jp", email_confirmation="jiro@example.jp"))
    second = desk.sent(sent.draft_name)
    assert second.management_email == "jiro@example.jp"
    assert second.holder == sent.registration.holder
    assert len(store.rows.registrations) == 2
    assert desk.complete(desk.ready_to_complete(sent.registration))


def test_another_address_needs_a_living_draft(desk: Desk) -> None:
    sent = desk.registered()
    with pytest.raises(DraftGone):
        usecases.choose_other_address(desk.begin, sent.draft_name, sent.registration.kept_until)


def test_another_address_chosen_twice_is_chosen_once(desk: Desk, store: FakeStore) -> None:
    sent = desk.registered()
    store.rivals.append(lambda: usecases.choose_other_address(desk.begin, sent.draft_name, NOW))
    usecases.choose_other_address(desk.begin, sent.draft_name, NOW)
    assert desk.resumed(sent.draft_name).values["family_name"]


def test_what_another_tab_types_does_not_undo_a_registration(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    stale = desk.resumed(asked.draft_name)
    desk.register(asked)
    assert not usecases.keep_entry(desk.begin, stale, an_entry(), "submission-of-the-other-tab", NOW)
    assert desk.sent(asked.draft_name) in store.rows.registrations.values()
    assert len(store.rows.registrations) == len(store.rows.letters) == 1


def test_agreeing_while_another_tab_registers_begins_the_next_registration(desk: Desk, store: FakeStore) -> None:
    asked = desk.ready_to_register()
    store.rivals.append(lambda: desk.register(asked))
    name = usecases.accept_terms(desk.begin, desk.chance, asked.draft_name, NOW)
    assert name != asked.draft_name
    assert len(store.rows.registrations) == 1

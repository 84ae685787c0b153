"""Unfinished forms."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.drafts import DRAFT_LIFETIME, new_draft
from chalicelib.domain.refusals import SubmissionStale
from tests.builders import NOW, a_draft, an_entry


def test_a_new_draft_lives_thirty_minutes_and_holds_nothing() -> None:
    draft = new_draft("draft-1", "registration", NOW)
    assert draft.expires_at == NOW + DRAFT_LIFETIME == NOW + timedelta(minutes=30)
    assert (dict(draft.values), draft.submission_id, draft.result) == ({}, None, None)


def test_typing_replaces_what_was_typed_and_what_could_be_confirmed() -> None:
    typed = a_draft(result="registration-1").typed({"kind": "corporation"}, "submission-2")
    assert (dict(typed.values), typed.submission_id, typed.result) == ({"kind": "corporation"}, "submission-2", None)
    assert typed.expires_at == a_draft().expires_at


def test_what_is_changed_later_elsewhere_does_not_change_the_draft() -> None:
    values = an_entry()
    drafts = [
        new_draft("draft-1", "registration", NOW, values),
        a_draft().typed(values, None),
        a_draft().settled("registration-1", NOW, values),
    ]
    values["email"] = "jiro@example.jp"
    assert {draft.values["email"] for draft in drafts} == {"taro@example.jp"}


def test_settling_keeps_the_result_and_what_is_still_needed() -> None:
    draft = a_draft()
    settled = draft.settled("registration-1", NOW + timedelta(hours=24), {})
    assert (settled.result, settled.expires_at, dict(settled.values)) == (
        "registration-1",
        NOW + timedelta(hours=24),
        {},
    )
    assert replace(settled, result=None, expires_at=draft.expires_at, values=draft.values) == draft


def test_the_newest_check_page_may_be_confirmed() -> None:
    a_draft(submission_id="submission-1").require_submission("submission-1")


@pytest.mark.parametrize(
    ("kept", "sent"),
    [("submission-1", "submission-2"), ("submission-1", ""), (None, ""), (None, "None"), ("", "")],
)
def test_nothing_else_may_be_confirmed(kept: str | None, sent: str) -> None:
    with pytest.raises(SubmissionStale):
        a_draft(submission_id=kept).require_submission(sent)

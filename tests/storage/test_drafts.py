"""Unfinished forms: what every store promises."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.drafts import DRAFT_LIFETIME, Draft
from chalicelib.domain.refusals import DraftGone, SubmissionTaken
from chalicelib.ports import Begin, Work
from tests.builders import NOW, a_draft, an_entry

SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(minutes=20)


def keep(begin: Begin, draft: Draft) -> Draft:
    with begin() as work:
        work.drafts.keep(draft)
    return draft


def settle(begin: Begin, draft: Draft) -> None:
    with begin() as work:
        work.drafts.settle(draft, NOW)


def found(begin: Begin, name: str = "draft-1", now: datetime = NOW) -> Draft:
    with begin() as work:
        return work.drafts.find(name, now)


def test_a_draft_is_found_as_it_was_kept(begin: Begin) -> None:
    draft = keep(begin, a_draft(values=an_entry(family_name="𠮷神﨑髙", given_kana=""), capability="confirmation"))
    assert found(begin) == draft


def test_a_draft_without_a_submission_is_found_without_one(begin: Begin) -> None:
    keep(begin, a_draft(submission_id=None, values={}))
    assert (found(begin).submission_id, found(begin).result, dict(found(begin).values)) == (None, None, {})


def test_keeping_again_replaces_all_of_it(begin: Begin) -> None:
    keep(begin, a_draft(result="registration-1"))
    changed = keep(begin, a_draft(submission_id=None, values={"kind": "corporation"}))
    assert found(begin) == changed


def test_nobody_elses_draft_is_found(begin: Begin) -> None:
    keep(begin, a_draft())
    with pytest.raises(DraftGone):
        found(begin, "draft-2")


def test_a_draft_lives_until_a_second_before_its_end(begin: Begin) -> None:
    draft = keep(begin, a_draft())
    assert found(begin, now=draft.expires_at - SECOND) == draft


@pytest.mark.parametrize("late", [timedelta(0), SECOND, timedelta(days=2)])
def test_a_dead_draft_that_nobody_swept_is_gone(begin: Begin, late: timedelta) -> None:
    draft = keep(begin, a_draft())
    with pytest.raises(DraftGone):
        found(begin, now=draft.expires_at + late)
    with begin() as work, pytest.raises(DraftGone):
        work.drafts.resume(draft.name, draft.expires_at + late)


def test_a_draft_that_never_was_cannot_be_resumed(begin: Begin) -> None:
    with begin() as work, pytest.raises(DraftGone):
        work.drafts.resume("draft-1", NOW)
    with pytest.raises(DraftGone):
        found(begin)


def test_resuming_prolongs_at_once(begin: Begin) -> None:
    draft = keep(begin, a_draft())
    with begin() as work:
        resumed = work.drafts.resume(draft.name, LATER)
        assert work.drafts.find(draft.name, LATER + DRAFT_LIFETIME - SECOND) == resumed
    assert resumed == replace(draft, expires_at=LATER + DRAFT_LIFETIME)


def test_resuming_stays_even_if_the_command_fails(begin: Begin) -> None:
    keep(begin, a_draft())
    with pytest.raises(RuntimeError), begin() as work:
        resume_and_fail(work)
    assert found(begin).expires_at == LATER + DRAFT_LIFETIME


@pytest.mark.parametrize("lifetime", [timedelta(hours=24), timedelta(minutes=21)])
def test_resuming_what_is_settled_neither_shortens_nor_prolongs_its_life(begin: Begin, lifetime: timedelta) -> None:
    settled = a_draft(result="registration-1", expires_at=NOW + lifetime)
    keep(begin, settled)
    with begin() as work:
        assert work.drafts.resume("draft-1", LATER) == settled
    assert found(begin) == settled
    with begin() as work, pytest.raises(DraftGone):
        work.drafts.resume("draft-1", settled.expires_at)


def resume_and_fail(work: Work) -> None:
    work.drafts.resume("draft-1", LATER)
    raise RuntimeError


def test_finding_does_not_prolong(begin: Begin) -> None:
    draft = keep(begin, a_draft())
    found(begin, now=LATER)
    with pytest.raises(DraftGone):
        found(begin, now=draft.expires_at)


def test_a_settled_draft_keeps_its_result_and_what_is_still_needed(begin: Begin) -> None:
    draft = keep(begin, a_draft())
    settled = draft.settled("registration-1", NOW + timedelta(hours=24), {"email": "taro@example.jp"})
    settle(begin, settled)
    assert found(begin) == settled


def test_a_draft_is_settled_once(begin: Begin) -> None:
    draft = keep(begin, a_draft())
    first = draft.settled("registration-1", draft.expires_at, {})
    settle(begin, first)
    with pytest.raises(SubmissionTaken):
        settle(begin, draft.settled("registration-2", draft.expires_at, {}))
    assert found(begin) == first


def test_a_draft_that_was_changed_meanwhile_is_not_settled(begin: Begin) -> None:
    draft = keep(begin, a_draft())
    changed = keep(begin, replace(draft, submission_id="submission-2"))
    with pytest.raises(SubmissionTaken):
        settle(begin, draft.settled("registration-1", draft.expires_at, {}))
    assert found(begin) == changed


def test_a_draft_that_is_not_there_is_not_settled(begin: Begin) -> None:
    with pytest.raises(SubmissionTaken):
        settle(begin, a_draft(result="registration-1"))
    with pytest.raises(DraftGone):
        found(begin)


def test_a_discarded_draft_is_gone(begin: Begin) -> None:
    keep(begin, a_draft())
    kept = keep(begin, a_draft(name="draft-2"))
    with begin() as work:
        work.drafts.discard("draft-1")
    with pytest.raises(DraftGone):
        found(begin)
    assert found(begin, "draft-2") == kept


def test_discarding_what_is_not_there_does_nothing(begin: Begin) -> None:
    with begin() as work:
        work.drafts.discard("draft-1")
    with pytest.raises(DraftGone):
        found(begin)

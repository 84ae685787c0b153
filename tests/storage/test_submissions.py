"""What forms without a draft led to: what every store promises."""

import pytest

from chalicelib.domain.accounts import Account
from chalicelib.domain.refusals import SubmissionTaken
from chalicelib.ports import Begin, Work
from chalicelib.storage.connection import meter
from tests.builders import NOW, a_letter, an_account

SUBMISSION = "submission-1"


def note(begin: Begin, result: str = "KKAA0001", id_suffix: str = "CA6288") -> None:
    with begin() as work:
        work.submissions.note(SUBMISSION, id_suffix, result, NOW)


def look_up(
    begin: Begin, submission_id: str = SUBMISSION, id_suffix: str = "CA6288"
) -> tuple[str | None, Account | None]:
    with begin() as work:
        return work.submissions.look_up(submission_id, id_suffix)


@pytest.fixture
def account(begin: Begin) -> Account:
    """Whose forms they are."""
    with begin() as work:
        work.accounts.add(an_account())
    return an_account()


def test_a_submission_that_nobody_took_led_to_nothing(begin: Begin, account: Account) -> None:
    assert look_up(begin) == (None, account)


def test_a_submission_gives_the_same_answer_again(begin: Begin, account: Account) -> None:
    note(begin)
    assert look_up(begin) == ("KKAA0001", account)
    assert look_up(begin, "submission-2") == (None, account)


def test_a_submission_is_taken_once(begin: Begin, account: Account) -> None:
    note(begin)
    with pytest.raises(SubmissionTaken):
        note(begin, "KKAA0002")
    assert look_up(begin) == ("KKAA0001", account)


def test_nothing_else_of_a_submission_that_was_taken_is_stored(begin: Begin) -> None:
    note(begin)

    def note_and_tell(work: Work) -> None:
        work.letters.post(a_letter())
        work.submissions.note(SUBMISSION, "CA6288", "KKAA0002", NOW)

    with pytest.raises(SubmissionTaken), begin() as work:
        note_and_tell(work)
    with begin() as work:
        assert work.letters.find("letter-1") is None


def test_a_submission_tells_another_account_nothing_but_stays_taken(begin: Begin, account: Account) -> None:
    note(begin, id_suffix="CA6289")
    assert look_up(begin) == (None, account)
    assert look_up(begin, id_suffix="CA6289") == ("KKAA0001", None)
    with pytest.raises(SubmissionTaken):
        note(begin)


def test_looking_up_is_one_call(stored: Begin) -> None:
    note(stored)
    meter.reset()
    assert look_up(stored) == ("KKAA0001", None)
    assert meter.calls == 1

"""まとめ納付管理ファイル: the newest is good."""

from datetime import timedelta

import pytest

from chalicelib.capabilities.mypage.usecases_bulk_file import issue_bulk_file
from chalicelib.domain.accounts import Account, BulkFileIssue
from chalicelib.domain.bulk_files import file_of
from chalicelib.domain.refusals import BulkFileReplaced
from chalicelib.ports import StoreUnavailable
from tests.builders import NOW
from tests.fakes.store import FakeStore
from tests.usecases.mypage.steps import SECOND, MyPageDesk


def issue(desk: MyPageDesk, account: Account, submission_id: str = "form-1", now: timedelta = timedelta(0)) -> bool:
    return issue_bulk_file(desk.begin, account, submission_id, NOW + now)


def test_the_first_file_is_number_one(desk: MyPageDesk) -> None:
    assert issue(desk, desk.open_account())
    assert desk.account().bulk_file == BulkFileIssue(1, NOW)


def test_a_new_file_takes_the_place_of_the_old_one(desk: MyPageDesk) -> None:
    issue(desk, desk.open_account())
    old = file_of(desk.account())
    assert issue(desk, desk.account(), "form-2", SECOND)
    new = file_of(desk.account())
    assert old is not None
    assert new is not None
    new.require_current(desk.account().bulk_file.serial, NOW + SECOND)
    with pytest.raises(BulkFileReplaced):
        old.require_current(desk.account().bulk_file.serial, NOW + SECOND)


def test_the_same_form_sent_again_issues_no_other(desk: MyPageDesk) -> None:
    issue(desk, desk.open_account())
    assert not issue(desk, desk.account(), now=SECOND)
    assert desk.account().bulk_file == BulkFileIssue(1, NOW)


def test_two_clicks_at_once_issue_one(desk: MyPageDesk, store: FakeStore) -> None:
    account = desk.open_account()
    store.rivals = [lambda: issue(desk, account)]
    assert not issue(desk, account)
    assert desk.account().bulk_file.serial == 1


def test_of_two_tabs_the_newest_is_good(desk: MyPageDesk) -> None:
    account = desk.open_account()
    issue(desk, account)
    assert issue(desk, desk.account(), "form-2", SECOND)
    assert desk.account().bulk_file == BulkFileIssue(2, NOW + SECOND)


def test_of_two_tabs_at_once_one_is_good_for_both(desk: MyPageDesk, store: FakeStore) -> None:
    account = desk.open_account()
    store.rivals = [lambda: issue(desk, account, "form-2", SECOND)]
    assert not issue(desk, account)
    assert desk.account().bulk_file == BulkFileIssue(1, NOW + SECOND)


def test_after_a_lost_answer_the_same_form_issues_no_other(desk: MyPageDesk, store: FakeStore) -> None:
    account = desk.open_account()
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        issue(desk, account)
    assert not issue(desk, desk.account())
    assert desk.account().bulk_file.serial == 1


def test_a_new_password_and_new_names_leave_it_good(desk: MyPageDesk) -> None:
    issue(desk, desk.open_account())
    desk.edit(given_name="次郎")
    assert desk.change_password(submission_id="form-2")
    assert desk.account().bulk_file == BulkFileIssue(1, NOW)

"""The sign-in, the session and まとめ納付管理ファイル under faults."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.capabilities.mypage import usecases, usecases_bulk_file, usecases_debit
from chalicelib.capabilities.mypage.usecases_debit import Page
from chalicelib.domain.attempts import WRONG_IN_A_ROW
from chalicelib.domain.debit_accounts import DebitCounts, DebitKind
from tests.builders import a_debit_account
from tests.fakes.hashing import OLD, quick_hash
from tests.faults import insider
from tests.faults.insider import PASSWORD, WRONG, enter, has_account, is_signed_in, letters_named, the_account, tries
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Case, again

NEW_PASSWORD = "eleven quiet lanterns on a hill"


def _sign_in(stage: Stage) -> object:
    return enter(stage)


def _guess(stage: Stage) -> object:
    return enter(stage, WRONG, insider.OTHER_BROWSER)


def _is_in(stage: Stage, after: Rows) -> None:
    assert insider.is_let_in(stage)
    assert not after.attempts
    assert "signed_in" in {row.get("result") for row in after.sign_ins}
    # Two forms side by side are both sent by a browser that is not known yet.
    assert len(letters_named(after, "new_browser")) in {1, 2}


def _is_in_or_locked(stage: Stage, after: Rows) -> None:
    """Whoever was quicker: five tries in a row, and no sixth that counts."""
    is_locked = tries(after) == WRONG_IN_A_ROW
    assert tries(after) in {0, 1, WRONG_IN_A_ROW}
    assert is_locked or insider.is_let_in(stage)


def _guessed_four_times(stage: Stage) -> None:
    has_account(stage)
    for _ in range(WRONG_IN_A_ROW - 1):
        _guess(stage)


def _is_out(stage: Stage, after: Rows) -> None:
    assert not after.sessions
    assert 1 <= tries(after) <= WRONG_IN_A_ROW
    assert {row.get("result") for row in after.sign_ins} <= {"wrong_password", "locked"}
    assert not letters_named(after, "new_browser")


def _locked(stage: Stage) -> None:
    _guessed_four_times(stage)
    _guess(stage)


def _is_locked(stage: Stage, after: Rows) -> None:
    _is_out(stage, after)
    assert tries(after) == WRONG_IN_A_ROW


def _expired(stage: Stage) -> None:
    has_account(stage)
    stage.clock.move(insider.LIFETIME)


def _is_sent_to_change(stage: Stage, after: Rows) -> None:
    assert not after.sessions
    assert not after.attempts
    assert {row["result"] for row in after.sign_ins} == {"password_expired"}


def _hashed_long_ago(stage: Stage) -> None:
    has_account(stage)
    with stage.begin() as work:
        account = work.accounts.find(stage.notes["suffix"])
        assert account is not None
        work.accounts.change_passwords(account, replace(account, payer_password_hash=quick_hash(PASSWORD, OLD)))


def _is_in_with_a_new_hash(stage: Stage, after: Rows) -> None:
    _is_in(stage, after)
    assert the_account(after)["payer_password_hash"] == quick_hash(PASSWORD)
    assert the_account(after)["epoch"] == 1


def _set_another_password(stage: Stage) -> None:
    with stage.begin() as work:
        account = work.accounts.find(stage.notes["suffix"])
        assert account is not None
        work.accounts.change_passwords(account, account.with_payer_password(quick_hash(NEW_PASSWORD), stage.now))


def _is_out_of_what_was(stage: Stage, after: Rows) -> None:
    """A session of the old password counts no more, however late it was begun."""
    is_changed = the_account(after)["epoch"] == 2
    assert {row["epoch"] for row in after.sessions} <= {1}
    assert is_changed or insider.is_let_in(stage)


def _right_but_for_nothing(stage: Stage) -> None:
    """The password was right, and the new one was not acceptable."""
    has_account(stage)
    _guess(stage)


def _forget_attempts(stage: Stage) -> None:
    usecases.forget_attempts(stage.begin, stage.notes["suffix"])


def _counts_from_nothing(stage: Stage, after: Rows) -> None:
    assert not after.attempts


def _sign_out(stage: Stage) -> None:
    usecases.sign_out(stage.begin, stage.notes["session"])


def _has_no_session(stage: Stage, after: Rows) -> None:
    assert not after.sessions


def _holds_accounts(stage: Stage) -> None:
    is_signed_in(stage)
    with stage.begin() as work:
        work.debit_accounts.add(stage.notes["suffix"], a_debit_account(), DebitCounts())


def _open_my_page(stage: Stage) -> object:
    account = insider.shown_account(stage)
    return [usecases_debit.list_debit_accounts(stage.begin, account, kind, Page(5)) for kind in DebitKind]


def _look_at_history(stage: Stage) -> object:
    account = insider.shown_account(stage)
    return usecases.sign_in_history(stage.begin, account, 1, stage.now, None)


def _is_still_in(stage: Stage, after: Rows) -> None:
    assert insider.is_let_in(stage)


def _may_issue(stage: Stage) -> None:
    is_signed_in(stage)
    insider.submission(stage)
    insider.submission(stage, "of another tab")


def _issue(stage: Stage, note: str = "submission") -> None:
    account = insider.shown_account(stage)
    usecases_bulk_file.issue_bulk_file(stage.begin, account, stage.notes[note], stage.now)


def _another_tab_issues(stage: Stage) -> None:
    _issue(stage, "of another tab")


def _has_one_file(stage: Stage, after: Rows) -> None:
    assert the_account(after)["bulk_file_serial"] == 1


def _has_a_file(stage: Stage, after: Rows) -> None:
    assert the_account(after)["bulk_file_serial"] in {1, 2}


def _signed_in_elsewhere(stage: Stage) -> None:
    """A browser that still has a session signs in anew: the old one ends."""
    is_signed_in(stage)
    stage.clock.move(timedelta(minutes=31))


def _has_one_session(stage: Stage, after: Rows) -> None:
    assert insider.is_let_in(stage)
    assert len(letters_named(after, "new_browser")) == 1


CASES = (
    Case("sign in", has_account, _sign_in, again(_sign_in), _is_in),
    Case("sign in anew", _signed_in_elsewhere, _sign_in, again(_sign_in), _has_one_session),
    Case("sign in with a wrong password", has_account, _guess, again(_guess), _is_out),
    Case("sign in at the last try", _guessed_four_times, _sign_in, again(_sign_in), _is_in_or_locked, rivals=(_guess,)),
    Case("sign in to a locked ID", _locked, _sign_in, again(_sign_in), _is_locked),
    Case("sign in with an expired password", _expired, _sign_in, again(_sign_in), _is_sent_to_change),
    Case("sign in with an old hash", _hashed_long_ago, _sign_in, again(_sign_in), _is_in_with_a_new_hash),
    Case(
        "sign in while the password is changed",
        _hashed_long_ago,
        _sign_in,
        again(_sign_in),
        _is_out_of_what_was,
        rivals=(_set_another_password,),
    ),
    Case(
        "be right for nothing",
        _right_but_for_nothing,
        _forget_attempts,
        again(_forget_attempts),
        _counts_from_nothing,
    ),
    Case("sign out", is_signed_in, _sign_out, again(_sign_out), _has_no_session),
    Case("open My Page", _holds_accounts, _open_my_page, again(_open_my_page), _is_still_in),
    Case("look at the sign-ins", is_signed_in, _look_at_history, again(_look_at_history), _is_still_in),
    Case("issue a bulk payment file", _may_issue, _issue, again(_issue), _has_one_file),
    Case(
        "issue a bulk payment file in two tabs",
        _may_issue,
        _issue,
        again(_issue),
        _has_a_file,
        rivals=(_another_tab_issues,),
    ),
)

"""まとめ納付管理ファイル: which one is good."""

from datetime import datetime

from chalicelib.domain.accounts import Account
from chalicelib.domain.refusals import AccountMoved, SubmissionTaken
from chalicelib.ports import Begin

_ISSUED = "issued"


def issue_bulk_file(begin: Begin, account: Account, submission_id: str, now: datetime) -> bool:
    """Let a new file be the good one; the same form sent again issues no other. Was it the first time?"""
    try:
        with begin() as work:
            work.accounts.issue_bulk_file(account, account.with_new_bulk_file(now))
            work.submissions.note(submission_id, account.id_suffix, _ISSUED, now)
    except (SubmissionTaken, AccountMoved):
        # Issued by the same form a moment ago, or in another tab: either way a new one is good now.
        return False
    return True

"""What the service says no to about two-dimensional codes and at the counter, and what two writers may collide over."""

from chalicelib.domain.refusals import Contention, Refusal


class CodeNotShown(Refusal):
    """二次元コード: it is shown in the browser that issued it, for 30 minutes."""

    code = "code_not_shown"


class NotReadyToCollect(Refusal):
    """受取者認証兼受取車両個別申告用二次元コード: only while the application is ready."""

    code = "not_ready_to_collect"


class MayNotApprove(Refusal):
    """職員: papers are checked by examiners."""

    code = "may_not_approve"


class ScanMoved(Refusal):
    """窓口: the code, the receiver or an application changed since it was scanned: scan it again."""

    code = "scan_moved"


class AnotherOfficer(Refusal):
    """窓口: the page was made for another officer than the one who is signed in now."""

    code = "another_officer"


class CodeForged(Contention):
    """The text is no code of ours, or a letter of it was changed."""


class LookupKeyTaken(Contention):
    """The drawn key belongs to another code."""


class CodeMoved(Contention):
    """The code was used or revoked since it was read."""


class ReceiverMoved(Contention):
    """The receiver exists already, or changed since it was read."""


class OfficerMoved(Contention):
    """The one-time password was used before, or the officer changed since it was read."""

"""What the service says no to, and what two writers may collide over.

A `Refusal` reaches a person: each has a code, and the templates hold its words in every language.
A `Contention` never leaves its use case: it tells which condition of a write failed, and the use case goes another way.
"""

from datetime import datetime
from typing import ClassVar


class Refusal(Exception):
    """A fact of the domain for which the service refuses what was asked."""

    code: ClassVar[str]


class ProgramRefusal(Refusal):
    """A refusal that only programs meet: its words stand in templates/texts/api.html, and it has no page."""


class DraftGone(Refusal):
    """What was typed is no longer kept: 30 minutes passed without a request, or it was ended."""

    code = "draft_gone"


class SubmissionStale(Refusal):
    """The confirmed page is not the newest: the same form was changed in another tab meanwhile."""

    code = "submission_stale"


class LinkNotOurs(Refusal):
    """本登録用URL: the key was not made by this service, or was not copied whole."""

    code = "link_not_ours"


class LinkExpired(Refusal):
    """本登録用URL: 24 hours have passed.

    `expired_at` is the moment the link died; None when the registration itself is no longer kept.
    """

    code = "link_expired"

    def __init__(self, expired_at: datetime | None = None) -> None:
        super().__init__()
        self.expired_at = expired_at


class LinkUsed(Refusal):
    """本登録用URL: the registration was completed already."""

    code = "link_used"


class AddressFull(Refusal):
    """利用者管理用メールアドレス: it holds as many accounts as one address may (100)."""

    code = "address_full"


class ResendTooSoon(Refusal):
    """A letter went out less than a minute ago. `seconds` is how long to wait, at least 1."""

    code = "resend_too_soon"

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


class IdsExhausted(Refusal):
    """Every ID that was drawn is taken. Drawing again later may succeed."""

    code = "ids_exhausted"


class ResetLinkExpired(Refusal):
    """パスワード初期化用URL: 30 minutes have passed."""

    code = "reset_link_expired"


class ResetLinkDead(Refusal):
    """パスワード初期化用URL: it was used, or the password or the address changed since it was mailed."""

    code = "reset_link_dead"


class AddressLinkExpired(Refusal):
    """メールアドレス確認用URL: 24 hours have passed."""

    code = "address_link_expired"


class AddressLinkDead(Refusal):
    """メールアドレス確認用URL: it was used, a newer one was asked for, or the password changed since."""

    code = "address_link_dead"


class MailLimitSpent(Refusal):
    """The address was sent as many mails this hour as it may get."""

    code = "mail_limit_spent"


class AnotherAccount(Refusal):
    """The page was made for another account than the one that is signed in now."""

    code = "another_account"


class DebitAccountGone(Refusal):
    """ダイレクト納付口座: there is none of that ID; it may have been deleted."""

    code = "debit_account_gone"


class DebitAccountsFull(Refusal):
    """ダイレクト納付口座: the account holds as many of the kind as it may. `limit` says how many."""

    code = "debit_accounts_full"

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class DebitAccountChanged(Refusal):
    """ダイレクト納付口座: it was changed elsewhere since the form was opened."""

    code = "debit_account_changed"


class BulkFileForged(Refusal):
    """まとめ納付管理ファイル: it is none of ours, or a byte of it was changed."""

    code = "bulk_file_forged"


class BulkFileExpired(Refusal):
    """まとめ納付管理ファイル: a year has passed. `expired_at` is the moment it died."""

    code = "bulk_file_expired"

    def __init__(self, expired_at: datetime) -> None:
        super().__init__()
        self.expired_at = expired_at


class BulkFileReplaced(Refusal):
    """まとめ納付管理ファイル: a newer one was issued."""

    code = "bulk_file_replaced"


class Contention(Exception):
    """A condition of a write failed; the use case decides what that means."""


class SubmissionTaken(Contention):
    """The draft was settled or changed since it was read."""


class RegistrationMoved(Contention):
    """The registration is no longer pending, no longer alive, or was mailed again meanwhile."""


class UserIdTaken(Contention):
    """The drawn ID suffix belongs to another account."""


class LetterMoved(Contention):
    """The letter is no longer waiting, is unknown, or something at least as telling was noted meanwhile."""


class MailLimitReached(Contention):
    """The address received as many mails this hour as it may."""


class AccountsLimitReached(Contention):
    """The address holds as many accounts as it may."""


class AccountMoved(Contention):
    """What was to be changed of the account changed since it was read."""


class DebitAccountMoved(Contention):
    """The debit account is gone, or changed since it was read."""


class AttemptsSpent(Contention):
    """So many wrong secrets in a row that the right one no longer opens."""

"""What the use cases need of the store about people: a promise per noun. `ports.Work` brings all of them together.

Every write below takes effect when the unit of work is left. Where a docstring says "Contention: X", leaving it raises
X when the condition of that write does not hold, and nothing of the whole command is stored.
All reads are strongly consistent. Any call may raise `ports.StoreUnavailable`.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from chalicelib.domain.accounts import Account
from chalicelib.domain.address_loads import AddressLoad
from chalicelib.domain.attempts import Door
from chalicelib.domain.debit_accounts import DebitAccount, DebitCounts, DebitKind, DebitPage
from chalicelib.domain.drafts import Draft
from chalicelib.domain.letters import Delivery, Letter
from chalicelib.domain.registrations import Registration
from chalicelib.domain.sessions import Session
from chalicelib.domain.sign_ins import SignIn, SignInPage


class Drafts(Protocol):
    """Unfinished forms, one per browser and capability."""

    def resume(self, name: str, now: datetime) -> Draft:
        """The draft, which now lives 30 minutes from `now`. At once, not at the end. Raises DraftGone.

        A draft that is settled keeps its own end.
        """

    def find(self, name: str, now: datetime) -> Draft:
        """The draft, its life unchanged. Raises DraftGone."""

    def keep(self, draft: Draft) -> None:
        """Store a new draft."""

    def change(self, before: Draft, after: Draft, now: datetime) -> None:
        """Store `after`. Contention: SubmissionTaken (dead at `now`, or settled, or unsettled, since `before`)."""

    def settle(self, draft: Draft, now: datetime) -> None:
        """Store a draft that was confirmed. Contention: SubmissionTaken (another submission, settled already, dead)."""

    def discard(self, name: str) -> None:
        """Forget the draft; nothing happens when there is none."""


class Registrations(Protocol):
    """仮登録."""

    def find(self, registration_id: str) -> Registration | None:
        """The registration, also when its link is dead, until 7 days after; None when it is not kept."""

    def add(self, registration: Registration) -> None:
        """Store a new registration. Contention: RegistrationMoved (the id exists)."""

    def mail_again(self, before: Registration, after: Registration, now: datetime) -> None:
        """Note a new letter. Contention: RegistrationMoved (not pending, dead, or mailed since `before`)."""

    def complete(self, registration: Registration, id_suffix: str, now: datetime) -> None:
        """本登録: from pending to completed. Contention: RegistrationMoved (not pending, or dead at `now`)."""

    def note_delivery(self, registration_id: str, letter_id: str, delivery: Delivery) -> None:
        """What became of the newest letter. Contention: RegistrationMoved (unknown, or a newer letter is out)."""


class Accounts(Protocol):
    """利用者."""

    def find(self, id_suffix: str) -> Account | None:
        """The account with this suffix."""

    def add(self, account: Account) -> None:
        """Store a new account. Contention: UserIdTaken."""

    def change_profile(self, before: Account, after: Account) -> None:
        """Names, addresses, those that wait. Contention: AccountMoved (another version or epoch than `before`)."""

    def change_passwords(self, before: Account, after: Account) -> None:
        """Both hashes, with all that moves along. Contention: AccountMoved (another epoch than `before`)."""

    def issue_bulk_file(self, before: Account, after: Account) -> None:
        """Which bulk payment file is good. Contention: AccountMoved (one was issued since `before`)."""


class Addresses(Protocol):
    """What each mail address has had; addresses are compared without case and width, and stored as keyed digests."""

    def load(self, address: str, now: datetime) -> AddressLoad:
        """Both counts in one call."""

    def count_account(self, address: str) -> None:
        """One more account. Contention: AccountsLimitReached."""

    def release_account(self, address: str) -> None:
        """One account less."""

    def count_mail(self, address: str, now: datetime, mails: int = 1) -> None:
        """More mails in the hour of `now`; once a unit of work for one address. Contention: MailLimitReached."""

    def count_due_mail(self, address: str, now: datetime, mails: int = 1) -> None:
        """More mails that are sent whatever the count is; they still use up the hour's allowance."""

    def count_reset(self, address: str, now: datetime, *, is_theirs: bool) -> None:
        """One more link to a new password asked for in this hour, apart from all other mails: the way back stays open.

        What strangers ask for counts elsewhere. Contention: MailLimitReached.
        """


class Letters(Protocol):
    """The outbox and what became of it."""

    def post(self, letter: Letter) -> None:
        """Store a letter to be sent. Posting is all a use case does about mail."""

    def find(self, letter_id: str) -> Letter | None:
        """The letter, sent or not, while it is kept (30 days)."""

    def claim(self, letter_id: str, now: datetime) -> Letter | None:
        """Take a waiting letter that is due, for `LEASE`; None when somebody has it or it is done. At once.

        Raises LetterUnreadable, once it is taken.
        """

    def due(self, now: datetime) -> Iterator[str]:
        """Ids of waiting letters whose next try, or lease, has come. By index, oldest first within a shard."""

    def mark_sent(self, letter_id: str, message_id: str, now: datetime) -> None:
        """It is with the mail service. Its facts are forgotten; a fate that was told already stays."""

    def postpone(self, letter: Letter, next_try_at: datetime, reason: str) -> None:
        """Try again at `next_try_at`. Contention: LetterMoved (no longer waiting)."""

    def park(self, letter_id: str, reason: str, now: datetime) -> None:
        """No more tries: an operator must look. Contention: LetterMoved (no longer waiting)."""

    def note_delivery(self, letter_id: str, delivery: Delivery, reason: str) -> None:
        """Bounce, complaint or delivery, as told by the mail service.

        Contention: LetterMoved (unknown, or what is known is no less telling).
        """


class Sessions(Protocol):
    """Who is signed in; found by the digest of the cookie's random name."""

    def find(self, name: str, id_suffix: str) -> tuple[Session, Account] | None:
        """The session of that name and account, and the account, in one call; None when there is none."""

    def add(self, session: Session) -> None:
        """Store a new session."""

    def end(self, name: str) -> None:
        """Forget the session; nothing happens when there is none."""


class Attempts(Protocol):
    """Wrong secrets in a row."""

    def reserve(self, door: Door, subject: str) -> None:
        """One more try, before it is known how it ends. Contention: AttemptsSpent (too many in a row: locked)."""

    def forget(self, door: Door, subject: str) -> None:
        """The secret was right, or is a new one: count from nothing again."""


class SignIns(Protocol):
    """ログイン履歴, and which browsers signed in before. They stand under a suffix, whether or not it is anybody's."""

    def look_up(self, id_suffix: str, browser: str) -> tuple[Account | None, bool]:
        """The account, and whether the browser of that random name signed in to it before, in one call."""

    def add(self, id_suffix: str, sign_in: SignIn) -> None:
        """Note a try; tries at a locked ID once an hour."""

    def remember_browser(self, id_suffix: str, browser: str, now: datetime) -> None:
        """The browser signed in; it is remembered for a year."""

    def page(self, id_suffix: str, limit: int, now: datetime, after: str | None = None) -> SignInPage:
        """Tries of the last 90 days, newest first, at most `limit`; `after` as the page before gave it."""


class DebitAccounts(Protocol):
    """ダイレクト納付口座, under the suffix of the account that holds them."""

    def page(
        self, id_suffix: str, kind: DebitKind, limit: int, *, after: str | None = None, before: str | None = None
    ) -> DebitPage:
        """At most `limit` in the order of their IDs: the first, those behind `after`, or the last ahead of `before`."""

    def find(self, id_suffix: str, debit_account_id: str) -> DebitAccount | None:
        """The one of that ID."""

    def add(self, id_suffix: str, debit_account: DebitAccount, counts: DebitCounts) -> None:
        """Store a new one and count it; `counts` as read. Contention: AccountMoved (others were added, or full)."""

    def change(self, id_suffix: str, before: DebitAccount, after: DebitAccount) -> None:
        """Store `after`. Contention: DebitAccountMoved (gone, or another version than `before`)."""

    def remove(self, id_suffix: str, debit_account: DebitAccount) -> None:
        """Forget it and count it off. Contention: DebitAccountMoved (gone, or another version)."""


class Submissions(Protocol):
    """What forms without a draft led to, so that the same form sent again gets the same answer (kept a day)."""

    def look_up(self, submission_id: str, id_suffix: str) -> tuple[str | None, Account | None]:
        """What the submission led to, if it was taken for that suffix, and the account, in one call."""

    def note(self, submission_id: str, id_suffix: str, result: str, now: datetime) -> None:
        """Take the submission. Contention: SubmissionTaken (it was taken before)."""

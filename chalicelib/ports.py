"""What the use cases need from outside, as promises.

`Work` is one command: read through it, ask for writes, and leaving it without an exception stores all of them in one
transaction, letters included. Leaving it with an exception stores nothing.

Every write below takes effect only then. Where a docstring says "Contention: X", leaving the unit of work raises X
when the condition of that write does not hold, and nothing of the whole command is stored.
All reads are strongly consistent. Any call may raise `StoreUnavailable`.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from chalicelib.domain.accounts import Account
from chalicelib.domain.address_loads import AddressLoad
from chalicelib.domain.drafts import Draft
from chalicelib.domain.letters import Delivery, Letter
from chalicelib.domain.registrations import Registration


class StoreUnavailable(Exception):
    """The store did not answer, or not in time. Whether a write took effect is unknown; repeating it is safe."""


class LetterDelayed(Exception):
    """The mail service could not take the letter now; later may work. `reason` is a code, never a person's words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LetterUnsendable(LetterDelayed):
    """The mail service will never take this letter."""


class LetterUnreadable(Exception):
    """What is stored of a letter is none that this version knows, such as after a deployment was taken back."""


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


class Addresses(Protocol):
    """What each mail address has had; addresses are compared without case and width, and stored as keyed digests."""

    def load(self, address: str, now: datetime) -> AddressLoad:
        """Both counts in one call."""

    def count_account(self, address: str) -> None:
        """One more account. Contention: AccountsLimitReached."""

    def count_mail(self, address: str, now: datetime) -> None:
        """One more mail in the hour of `now`. Contention: MailLimitReached."""

    def count_due_mail(self, address: str, now: datetime) -> None:
        """One more mail that is sent whatever the count is; it still uses up the hour's allowance."""


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


class Work(Protocol):
    """A unit of work: see this module's docstring."""

    @property
    def drafts(self) -> Drafts:
        """Unfinished forms."""

    @property
    def registrations(self) -> Registrations:
        """仮登録."""

    @property
    def accounts(self) -> Accounts:
        """利用者."""

    @property
    def addresses(self) -> Addresses:
        """Counts per mail address."""

    @property
    def letters(self) -> Letters:
        """The outbox."""


Begin = Callable[[], AbstractContextManager[Work]]


class Chance(Protocol):
    """What nobody can guess."""

    @property
    def new_token(self) -> Callable[[], str]:
        """Gives 192 random bits, URL-safe, 32 characters."""

    @property
    def new_id_suffix(self) -> Callable[[], str]:
        """Draws a suffix for a pair of IDs; it may be taken."""


class LetterSender(Protocol):
    """The way out to the mail service."""

    def send(self, letter: Letter) -> str:
        """Hand the letter over; the answer is the mail service's message id. Raises LetterDelayed, LetterUnsendable."""


class PasswordHasher(Protocol):
    """Argon2id, or in tests something as one-way but quick."""

    def hash(self, password: str) -> str:
        """The hash in PHC form."""


class LinkSigner(Protocol):
    """Keys for mailed links."""

    def confirmation_key(self, registration_id: str) -> str:
        """本登録用URL の key: signed, and carries only the registration's id."""

    def registration_id(self, key: str) -> str:
        """The id in a key of ours. Raises LinkNotOurs."""

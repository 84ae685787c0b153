"""What the use cases need from outside, as promises.

`Work` is one command: read through it, ask for writes, and leaving it without an exception stores all of them in one
transaction, letters included. Leaving it with an exception stores nothing.

Every write below takes effect only then. Where a docstring says "Contention: X", leaving the unit of work raises X
when the condition of that write does not hold, and nothing of the whole command is stored.
All reads are strongly consistent. Any call may raise `StoreUnavailable`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from chalicelib.domain.banks import Bank, Branch
from chalicelib.domain.bulk_files import BulkPaymentFile
from chalicelib.domain.letters import Letter
from chalicelib.domain.links import AddressLink, ResetLink
from chalicelib.domain.qr_codes import CodeSays
from chalicelib.repositories.accounts import (
    Accounts,
    Addresses,
    Attempts,
    DebitAccounts,
    Drafts,
    Letters,
    Registrations,
    Sessions,
    SignIns,
    Submissions,
)
from chalicelib.repositories.applications import ApiKeys, Applications, Enquiries, Events, Passcodes
from chalicelib.repositories.codes import Audit, Collectables, Officers, QrCodes, Receivers


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

    @property
    def sessions(self) -> Sessions:
        """Who is signed in."""

    @property
    def attempts(self) -> Attempts:
        """Wrong secrets in a row."""

    @property
    def sign_ins(self) -> SignIns:
        """ログイン履歴."""

    @property
    def debit_accounts(self) -> DebitAccounts:
        """ダイレクト納付口座."""

    @property
    def submissions(self) -> Submissions:
        """What forms without a draft led to."""

    @property
    def applications(self) -> Applications:
        """申請."""

    @property
    def enquiries(self) -> Enquiries:
        """Who was let in to look at an application."""

    @property
    def passcodes(self) -> Passcodes:
        """ワンタイムパスコード."""

    @property
    def api_keys(self) -> ApiKeys:
        """Keys of the offices' systems."""

    @property
    def events(self) -> Events:
        """What other systems told us."""

    @property
    def qr_codes(self) -> QrCodes:
        """二次元コード."""

    @property
    def receivers(self) -> Receivers:
        """受取者."""

    @property
    def officers(self) -> Officers:
        """職員."""

    @property
    def collectables(self) -> Collectables:
        """What is ready."""

    @property
    def audit(self) -> Audit:
        """What officers did."""


Begin = Callable[[], AbstractContextManager[Work]]


class Chance(Protocol):
    """What nobody can guess."""

    @property
    def new_token(self) -> Callable[[], str]:
        """Gives 192 random bits, URL-safe, 32 characters."""

    @property
    def new_id_suffix(self) -> Callable[[], str]:
        """Draws a suffix for a pair of IDs; it may be taken."""

    @property
    def new_digits(self) -> Callable[[int], str]:
        """Draws that many decimal digits."""


class LetterSender(Protocol):
    """The way out to the mail service."""

    def send(self, letter: Letter) -> str:
        """Hand the letter over; the answer is the mail service's message id. Raises LetterDelayed, LetterUnsendable."""


class PasswordHasher(Protocol):
    """Argon2id, or in tests something as one-way but quick."""

    @property
    def decoy(self) -> str:
        """A hash that no password gives, as slow to compare with as a real one."""

    def hash(self, password: str) -> str:
        """The hash in PHC form."""

    def is_hash_of(self, password_hash: str, password: str) -> bool:
        """Whether `password` gives that hash; as slow when it does not."""

    def is_outdated(self, password_hash: str) -> bool:
        """Whether it was made with other parameters than hashes are made with now."""

    def credential(self, password: str, name: str) -> str:
        """What a receiver's password and name (as it is compared) give: always the same, and as one-way as a hash."""


class LinkSigner(Protocol):
    """Keys for mailed links. Each purpose has its own; what is read was signed by us."""

    def confirmation_key(self, registration_id: str) -> str:
        """本登録用URL の key: signed, and carries only the registration's id."""

    def registration_id(self, key: str) -> str:
        """The id in a key of ours. Raises LinkNotOurs."""

    def reset_key(self, link: ResetLink) -> str:
        """パスワード初期化用URL の key."""

    def reset_link(self, key: str) -> ResetLink:
        """What a key of ours says. Raises LinkNotOurs."""

    def address_key(self, link: AddressLink) -> str:
        """メールアドレス確認用URL の key."""

    def address_link(self, key: str) -> AddressLink:
        """What a key of ours says. Raises LinkNotOurs."""


class Banks(Protocol):
    """The published banks and their branches."""

    def search(self, query: str) -> list[Bank]:
        """Banks by name, kana or code, best first, at most 20."""

    def find(self, bank_code: str) -> Bank | None:
        """The bank with that code."""

    def search_branches(self, bank_code: str, query: str) -> list[Branch]:
        """Branches of a bank by name, kana or code, best first, at most 20."""

    def find_branch(self, bank_code: str, branch_code: str) -> Branch | None:
        """The branch of that bank with that code."""


class BulkFileSealer(Protocol):
    """Signatures of bulk payment files."""

    def sealed(self, file: BulkPaymentFile) -> str:
        """The file as people keep it: its own bytes in UTF-8 are what is signed."""

    def opened(self, content: bytes) -> BulkPaymentFile:
        """What a file of ours says. Raises BulkFileForged for everything else."""

    def public_keys(self) -> dict[str, Any]:
        """The keys that anybody can check files with, as a JWK Set (RFC 7517)."""


class CodeSealer(Protocol):
    """Signatures of two-dimensional codes."""

    def sealed(self, says: CodeSays) -> str:
        """The text of the code: capitals and digits alone."""

    def opened(self, text: str) -> CodeSays:
        """What a code of ours says. Raises CodeForged for everything else."""

    def public_keys(self) -> dict[str, Any]:
        """The keys that anybody can check codes with, as a JWK Set (RFC 7517)."""

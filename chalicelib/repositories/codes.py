"""What the use cases need of the store about two-dimensional codes, receivers, officers and the counter.

What `repositories.accounts` says of writes, reads and contentions holds here too.
"""

from typing import Protocol

from chalicelib.domain.application_states import State
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.officers import CounterSession, Officer
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import QrCode
from chalicelib.domain.receivers import Receiver
from chalicelib.domain.verdicts import Collectable


class QrCodes(Protocol):
    """二次元コード."""

    def find(self, lookup_key: str) -> QrCode | None:
        """The code, dead or alive, until 30 days after its end."""

    def add(self, code: QrCode) -> None:
        """Store a new one. Contention: LookupKeyTaken."""

    def redeem(self, before: QrCode, after: QrCode) -> None:
        """Store its use. Contention: CodeMoved (used or revoked since `before`)."""


class Receivers(Protocol):
    """受取者, by their names as they are compared (`receivers.receiver_key`)."""

    def find(self, name: str) -> Receiver | None:
        """The receiver of that name."""

    def add(self, receiver: Receiver) -> None:
        """Store a new one. Contention: ReceiverMoved (the name is taken)."""

    def change(self, before: Receiver, after: Receiver) -> None:
        """Store `after`. Contention: ReceiverMoved (another version than `before`)."""


class Officers(Protocol):
    """職員, and who of them is signed in."""

    def find(self, officer_id: str) -> Officer | None:
        """The officer of that ID, active or not."""

    def use_step(self, before: Officer, step: int) -> None:
        """A one-time password of that step was used. Contention: OfficerMoved (that one or a later was used)."""

    def put(self, officer: Officer) -> None:
        """Store an officer, new or changed; for the operators' tool alone."""

    def find_session(self, name: str, officer_id: str) -> tuple[CounterSession, Officer] | None:
        """The session of that name, and its officer, in one call; None when there is none."""

    def begin_session(self, session: CounterSession) -> None:
        """Store a new session."""

    def end_session(self, name: str) -> None:
        """Forget the session; nothing happens when there is none."""


class Collectables(Protocol):
    """Applications that are ready, as they lie on an office's shelf."""

    def of_receiver(self, name: str, procedure: Procedure, office: str, limit: int) -> list[Collectable]:
        """Those that a receiver of that name can collect, those that are ready longest first, at most `limit`."""

    def of_office(
        self, office: str, state: State, limit: int, after: str | None = None
    ) -> tuple[list[Collectable], str | None]:
        """An office's shelf, those that are ready longest first; what continues the list, None when that was all."""


class Audit(Protocol):
    """What officers did: only ever added to."""

    def note(self, entry: AuditEntry) -> None:
        """Add a deed; once in a unit of work."""

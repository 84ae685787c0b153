"""The unit of work on DynamoDB."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from chalicelib.storage.accounts import StoredAccounts
from chalicelib.storage.addresses import StoredAddresses
from chalicelib.storage.api_keys import StoredApiKeys
from chalicelib.storage.applications import StoredApplications
from chalicelib.storage.attempts import StoredAttempts
from chalicelib.storage.audit import StoredAudit
from chalicelib.storage.collectables import StoredCollectables
from chalicelib.storage.debit_accounts import StoredDebitAccounts
from chalicelib.storage.digests import Digest
from chalicelib.storage.drafts import StoredDrafts
from chalicelib.storage.enquiries import StoredEnquiries
from chalicelib.storage.events import StoredEvents
from chalicelib.storage.letters import StoredLetters
from chalicelib.storage.officers import StoredOfficers
from chalicelib.storage.passcodes import StoredPasscodes
from chalicelib.storage.qr_codes import StoredQrCodes
from chalicelib.storage.receivers import StoredReceivers
from chalicelib.storage.registrations import StoredRegistrations
from chalicelib.storage.sessions import StoredSessions
from chalicelib.storage.sign_ins import StoredSignIns
from chalicelib.storage.submissions import StoredSubmissions
from chalicelib.storage.writes import Writes


class StoredWork:
    """`ports.Work`: reads at once, writes together when it is left."""

    def __init__(self, digest: Digest, token: str, pause: Callable[[int], None]) -> None:
        self._writes = Writes(token, pause)
        self.drafts = StoredDrafts(self._writes)
        self.registrations = StoredRegistrations(self._writes)
        self.accounts = StoredAccounts(self._writes, digest)
        self.addresses = StoredAddresses(self._writes, digest)
        self.letters = StoredLetters(self._writes)
        self.sessions = StoredSessions(self._writes)
        self.attempts = StoredAttempts(self._writes)
        self.sign_ins = StoredSignIns(self._writes, token)
        self.debit_accounts = StoredDebitAccounts(self._writes)
        self.submissions = StoredSubmissions(self._writes)
        self.applications = StoredApplications(self._writes, digest)
        self.enquiries = StoredEnquiries(self._writes)
        self.passcodes = StoredPasscodes(self._writes)
        self.api_keys = StoredApiKeys(self._writes)
        self.events = StoredEvents(self._writes)
        self.qr_codes = StoredQrCodes(self._writes)
        self.receivers = StoredReceivers(self._writes, digest)
        self.collectables = StoredCollectables(digest)
        self.officers = StoredOfficers(self._writes)
        self.audit = StoredAudit(self._writes, token)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None:
            self._writes.commit()

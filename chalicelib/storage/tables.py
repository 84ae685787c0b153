"""All tables: the one list from which local stores and the deployment's template are made."""

from chalicelib.storage.accounts import AccountRow
from chalicelib.storage.addresses import AddressRow
from chalicelib.storage.api_keys import ApiKeyRow
from chalicelib.storage.application_rows import ApplicationRow
from chalicelib.storage.attempts import AttemptRow
from chalicelib.storage.audit import AuditRow
from chalicelib.storage.connection import Row
from chalicelib.storage.debit_accounts import DebitAccountRow
from chalicelib.storage.drafts import DraftRow
from chalicelib.storage.letters import LetterRow
from chalicelib.storage.officers import OfficerRow
from chalicelib.storage.passcodes import PasscodeRow
from chalicelib.storage.qr_codes import QrCodeRow
from chalicelib.storage.receivers import ReceiverRow
from chalicelib.storage.registrations import RegistrationRow
from chalicelib.storage.sessions import SessionRow
from chalicelib.storage.sign_ins import SignInRow
from chalicelib.storage.submissions import EventRow

TABLES: tuple[type[Row], ...] = (
    AccountRow,
    AddressRow,
    ApiKeyRow,
    ApplicationRow,
    AttemptRow,
    AuditRow,
    DebitAccountRow,
    DraftRow,
    EventRow,
    LetterRow,
    OfficerRow,
    PasscodeRow,
    QrCodeRow,
    ReceiverRow,
    RegistrationRow,
    SessionRow,
    SignInRow,
)

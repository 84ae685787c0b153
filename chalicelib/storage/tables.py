"""All tables: the one list from which local stores and the deployment's template are made."""

from chalicelib.storage.accounts import AccountRow
from chalicelib.storage.addresses import AddressRow
from chalicelib.storage.connection import Row
from chalicelib.storage.drafts import DraftRow
from chalicelib.storage.letters import LetterRow
from chalicelib.storage.registrations import RegistrationRow

TABLES: tuple[type[Row], ...] = (AccountRow, AddressRow, DraftRow, LetterRow, RegistrationRow)

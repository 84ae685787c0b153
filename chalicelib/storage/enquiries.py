"""Sessions of the status enquiry, in the table of sessions; found by the digest of the cookie's random name."""

from chalicelib.domain.enquiries import Enquiry
from chalicelib.storage.connection import found
from chalicelib.storage.digests import name_digest
from chalicelib.storage.sessions import SessionRow
from chalicelib.storage.writes import Writes


def _key(name: str) -> str:
    return f"enquiry#{name_digest(name)}"


class StoredEnquiries:
    """`ports.Enquiries` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def find(self, name: str, application_number: str) -> Enquiry | None:
        """One read."""
        row = found(SessionRow, _key(name))
        if row is None or row.application_number != application_number:
            return None
        return Enquiry(name, application_number, row.born_at)

    def add(self, enquiry: Enquiry) -> None:
        """One put in the transaction."""
        row = SessionRow(
            _key(enquiry.name),
            application_number=enquiry.application_number,
            born_at=enquiry.born_at,
            ttl=enquiry.kept_until,
        )
        self._writes.put(row)

    def end(self, name: str) -> None:
        """One delete in the transaction."""
        self._writes.delete(SessionRow(_key(name)))

"""What a session's cookie holds: its name, whose it is and when it was last seen, signed.

The moment stands in the cookie so that a page view writes nothing; docs/decisions/0013 says why that is safe.
"""

import re
from datetime import UTC, datetime

from itsdangerous import Signer

from chalicelib.domain.enquiries import EnquiryMark
from chalicelib.domain.officers import CounterMark
from chalicelib.domain.sessions import SessionMark
from chalicelib.settings import Settings
from chalicelib.signing.links import SIGNATURE, SIGNER


class _Marks:
    """Marks that only this service can make: a random name, whose it is in a form of its own, and a moment."""

    def __init__(self, settings: Settings, salt: str, whose: str) -> None:
        self._signer = Signer(list(reversed(settings.secret_keys)), salt=salt, **SIGNER)
        self._shape = re.compile(rf"([A-Za-z0-9_-]{{32}})({whose})([0-9]{{10}})({SIGNATURE})", re.ASCII)

    def _signed(self, name: str, whose: str, seen_at: datetime) -> str:
        text = f"{name}{whose}{int(seen_at.timestamp()):010d}"
        return f"{text}{self._signer.get_signature(text).decode()}"

    def _parts(self, value: str) -> tuple[str, str, datetime] | None:
        shape = self._shape.fullmatch(value)
        if shape is None or not self._signer.verify_signature(value[: shape.start(4)], shape[4]):
            return None
        return shape[1], shape[2], datetime.fromtimestamp(int(shape[3]), UTC)


class SessionMarks(_Marks):
    """Marks of those who are signed in to an account."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, "session", "[A-Z]{2}[0-9]{4}")

    def written(self, mark: SessionMark) -> str:
        """The cookie's value, 91 characters."""
        return self._signed(mark.name, mark.id_suffix, mark.seen_at)

    def read(self, value: str) -> SessionMark | None:
        """What the cookie says; None when it is none of ours."""
        parts = self._parts(value)
        return SessionMark(*parts) if parts else None


class EnquiryMarks(_Marks):
    """Marks of those who were let in to look at an application."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, "enquiry", "[0-9]{17}")

    def written(self, mark: EnquiryMark) -> str:
        """The cookie's value, 102 characters."""
        return self._signed(mark.name, mark.application_number, mark.seen_at)

    def read(self, value: str) -> EnquiryMark | None:
        """What the cookie says; None when it is none of ours."""
        parts = self._parts(value)
        return EnquiryMark(*parts) if parts else None


class CounterMarks(_Marks):
    """Marks of officers at a counter."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, "counter", "[A-Z0-9]{8}")

    def written(self, mark: CounterMark) -> str:
        """The cookie's value, 93 characters."""
        return self._signed(mark.name, mark.officer_id, mark.seen_at)

    def read(self, value: str) -> CounterMark | None:
        """What the cookie says; None when it is none of ours."""
        parts = self._parts(value)
        return CounterMark(*parts) if parts else None

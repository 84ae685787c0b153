"""What a session's cookie holds: its name, whose it is and when it was last seen, signed.

The moment stands in the cookie so that a page view writes nothing; docs/decisions/0013 says why that is safe.
"""

import re
from datetime import UTC, datetime

from itsdangerous import Signer

from chalicelib.domain.sessions import SessionMark
from chalicelib.settings import Settings
from chalicelib.signing.links import SIGNATURE, SIGNER

_SHAPE = re.compile(rf"([A-Za-z0-9_-]{{32}})([A-Z]{{2}}[0-9]{{4}})([0-9]{{10}})({SIGNATURE})", re.ASCII)


class SessionMarks:
    """Marks that only this service can make."""

    def __init__(self, settings: Settings) -> None:
        self._signer = Signer(list(reversed(settings.secret_keys)), salt="session", **SIGNER)

    def written(self, mark: SessionMark) -> str:
        """The cookie's value, 91 characters."""
        text = f"{mark.name}{mark.id_suffix}{int(mark.seen_at.timestamp()):010d}"
        return f"{text}{self._signer.get_signature(text).decode()}"

    def read(self, value: str) -> SessionMark | None:
        """What the cookie says; None when it is none of ours."""
        shape = _SHAPE.fullmatch(value)
        if shape is None or not self._signer.verify_signature(value[: shape.start(4)], shape[4]):
            return None
        return SessionMark(shape[1], shape[2], datetime.fromtimestamp(int(shape[3]), UTC))

"""Bearer tokens of business software: signed, so that nothing is stored for them."""

import re
from datetime import UTC, datetime

from itsdangerous import BadData, URLSafeSerializer

from chalicelib.domain.filer_tokens import FilerToken
from chalicelib.settings import Settings
from chalicelib.signing.links import SIGNATURE, SIGNER

# A full stop ahead says that itsdangerous found it shorter compressed.
_SHAPE = re.compile(rf"\.?[A-Za-z0-9_-]{{1,200}}\.{SIGNATURE}", re.ASCII)


class FilerTokens:
    """Tokens that only this service can make."""

    def __init__(self, settings: Settings) -> None:
        self._serializer = URLSafeSerializer(
            list(reversed(settings.secret_keys)), salt="filer token", signer_kwargs=SIGNER
        )

    def written(self, token: FilerToken) -> str:
        """The token as it stands in a header."""
        return str(self._serializer.dumps([token.id_suffix, token.password_mark, int(token.issued_at.timestamp())]))

    def read(self, text: str) -> FilerToken | None:
        """What it says; None when it is none of ours."""
        if not _SHAPE.fullmatch(text):
            return None
        try:
            id_suffix, mark, issued_at = self._serializer.loads(text)
        except BadData:
            return None
        return FilerToken(id_suffix, mark, datetime.fromtimestamp(issued_at, UTC))

"""Keys of mailed links."""

import hashlib
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from chalicelib.domain.refusals import LinkNotOurs
from chalicelib.settings import Settings

# itsdangerous signs with SHA-1 unless told otherwise.
SIGNER: dict[str, Any] = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}


class SignedLinks:
    """`ports.LinkSigner`: the newest secret signs, all verify; the salt keeps purposes apart."""

    def __init__(self, settings: Settings) -> None:
        oldest_first = list(reversed(settings.secret_keys))
        self._confirmation = URLSafeSerializer(oldest_first, salt="confirmation", signer_kwargs=SIGNER)

    def confirmation_key(self, registration_id: str) -> str:
        """The id and its signature."""
        return str(self._confirmation.dumps(registration_id))

    def registration_id(self, key: str) -> str:
        """The id, if the signature is ours."""
        try:
            return str(self._confirmation.loads(key))
        except BadData as error:
            raise LinkNotOurs from error

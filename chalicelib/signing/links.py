"""Keys of mailed links."""

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from chalicelib.domain.accounts import AddressRole
from chalicelib.domain.links import AddressLink, ResetLink
from chalicelib.domain.refusals import LinkNotOurs
from chalicelib.settings import Settings

# itsdangerous signs with SHA-1 unless told otherwise.
SIGNER: dict[str, Any] = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
# 256 bits in base64: two bits of the last letter say nothing, and only those with which both are 0 are ever written.
SIGNATURE = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]"
_SIGNED = re.compile(rf"[A-Za-z0-9_.-]+\.{SIGNATURE}", re.ASCII)


class SignedLinks:
    """`ports.LinkSigner`: the newest secret signs, all verify; the salt keeps purposes apart."""

    def __init__(self, settings: Settings) -> None:
        oldest_first = list(reversed(settings.secret_keys))
        self._confirmation = URLSafeSerializer(oldest_first, salt="confirmation", signer_kwargs=SIGNER)
        self._reset = URLSafeSerializer(oldest_first, salt="reset", signer_kwargs=SIGNER)
        self._address = URLSafeSerializer(oldest_first, salt="address", signer_kwargs=SIGNER)

    def confirmation_key(self, registration_id: str) -> str:
        """The id and its signature."""
        return str(self._confirmation.dumps(registration_id))

    def registration_id(self, key: str) -> str:
        """The id, if the signature is ours."""
        return str(_read(self._confirmation, key))

    def reset_key(self, link: ResetLink) -> str:
        """What the link says, and its signature."""
        asked_at = int(link.asked_at.timestamp())
        return str(self._reset.dumps([link.id_suffix, link.epoch, link.address_mark, asked_at]))

    def reset_link(self, key: str) -> ResetLink:
        """What the link says, if the signature is ours."""
        id_suffix, epoch, address_mark, asked_at = _read(self._reset, key)
        return ResetLink(id_suffix, epoch, address_mark, datetime.fromtimestamp(asked_at, UTC))

    def address_key(self, link: AddressLink) -> str:
        """What the link says, and its signature."""
        return str(self._address.dumps([link.id_suffix, link.role.value, link.mark]))

    def address_link(self, key: str) -> AddressLink:
        """What the link says, if the signature is ours."""
        id_suffix, role, mark = _read(self._address, key)
        return AddressLink(id_suffix, AddressRole(role), mark)


def _read(serializer: URLSafeSerializer, key: str) -> Any:
    if not _SIGNED.fullmatch(key):
        raise LinkNotOurs
    try:
        return serializer.loads(key)
    except BadData as error:
        raise LinkNotOurs from error

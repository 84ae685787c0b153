"""CSRF tokens: derived from the browser's random name, so that a page with a form needs no stored row."""

from itsdangerous import Signer

from chalicelib.settings import Settings
from chalicelib.signing.links import SIGNER


class FormTokens:
    """Tokens that only this service can make for a browser's name."""

    def __init__(self, settings: Settings) -> None:
        self._signer = Signer(list(reversed(settings.secret_keys)), salt="form", **SIGNER)

    def token(self, visitor: str) -> str:
        """The token for the forms of the browser whose random name is `visitor`."""
        return self._signer.get_signature(visitor).decode()

    def is_token(self, visitor: str, token: str) -> bool:
        """Whether `token` was made for `visitor`, by a key still in use."""
        return bool(visitor and token.isascii() and self._signer.verify_signature(visitor, token))

"""The filing API's interface, and who may call it."""

from chalicelib.capabilities.filing.usecases_filer import account_of
from chalicelib.domain.accounts import Account
from chalicelib.web.apis import Api, ApiRequest, Interface, Operation
from chalicelib.web.troubles import Trouble

ROOT = "/filing/v1"
_SAYS = (
    "For business software: file applications, look at them, withdraw and correct them. Ask `/filing/v1/token` for a "
    "token first; it lasts 15 minutes, or until the filer password changes."
)


def authorize(request: ApiRequest, operation: Operation) -> Account:  # noqa: ARG001 - all operations need the same
    """The account whose token the caller has. Raises Trouble: unauthorized."""
    token = request.world.tokens.read(request.bearer)
    account = account_of(request.world.begin, token, request.now) if token else None
    if account is None:
        raise Trouble("unauthorized")
    return account


INTERFACE = Interface(ROOT, "Filing API", _SAYS, authorize, "The access token from /filing/v1/token")
pages = Api(__name__, INTERFACE)

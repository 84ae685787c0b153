"""The filing API's interface, and who may call it."""

from chalicelib.capabilities.filing.usecases_filer import account_of
from chalicelib.domain.accounts import Account
from chalicelib.domain.application_numbers import is_application_number
from chalicelib.domain.application_refusals import ApplicationUnknown
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


def number_in(path_parameter: str) -> str:
    """The number in a path. Raises ApplicationUnknown for what can be none."""
    if not is_application_number(path_parameter):
        raise ApplicationUnknown
    return path_parameter

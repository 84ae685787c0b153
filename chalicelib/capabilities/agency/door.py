"""The agency API's interface, and who may call it."""

from chalicelib.capabilities.agency.usecases import key_of
from chalicelib.domain.api_keys import ApiKey, Scope
from chalicelib.web.apis import Api, ApiRequest, Interface, Operation
from chalicelib.web.troubles import Trouble

ROOT = "/agency/v1"
_SAYS = (
    "For the systems of offices: look at applications, and tell what happened to them. Each event has an id of the "
    "sender's: told again, it changes nothing and is answered the same. Keys belong to one office."
)


def authorize(request: ApiRequest, operation: Operation) -> ApiKey:
    """The caller's key. Raises Trouble: unauthorized, forbidden_scope."""
    key = key_of(request.world.begin, request.bearer) if request.bearer else None
    if key is None:
        raise Trouble("unauthorized")
    if operation.scope and Scope(operation.scope) not in key.scopes:
        raise Trouble("forbidden_scope")
    return key


INTERFACE = Interface(ROOT, "Agency API", _SAYS, authorize, "A key of the office, issued by the operator")
pages = Api(__name__, INTERFACE)

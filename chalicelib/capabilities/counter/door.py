"""What all screens of the counter share."""

from chalicelib.capabilities.counter.usecases import At
from chalicelib.web.pages import Pages
from chalicelib.web.requests import PageRequest
from chalicelib.web.whence import network_of

pages = Pages(__name__)


def at(request: PageRequest) -> At:
    """When, and from which network."""
    return At(request.now, network_of(request.source_address))

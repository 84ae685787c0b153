"""The cookie through which a browser finds its draft."""

from dataclasses import dataclass

from chalicelib.domain.refusals import DraftGone
from chalicelib.web.cookies import Cookie
from chalicelib.web.requests import PageRequest


@dataclass(frozen=True)
class DraftCookie:
    """A cookie of one capability: it holds only the draft's random name."""

    name: str

    def find(self, request: PageRequest) -> str | None:
        """The draft's name, if this browser has one."""
        return request.token_in(self.name)

    def require(self, request: PageRequest) -> str:
        """The draft's name. Raises DraftGone."""
        name = self.find(request)
        if name is None:
            raise DraftGone
        return name

    def hand_out(self, request: PageRequest, name: str) -> None:
        """Let the browser keep the name until it closes."""
        request.set(Cookie(self.name, name))

    def take_back(self, request: PageRequest) -> None:
        """Let the browser forget the name."""
        request.set(Cookie(self.name, "", max_age=0))

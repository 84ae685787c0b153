"""Whether a POST came from one of our own pages."""

from chalicelib.web.requests import PageRequest

_OWN = frozenset({"same-origin", "none"})


def is_from_elsewhere(request: PageRequest) -> bool:
    """Whether the browser says that another site sent this request.

    `Origin` is "null" on our own forms, because pages forbid referrers; only browsers without `Sec-Fetch-Site` are
    asked for it, and for those the token decides.
    """
    site = request.headers.get("sec-fetch-site")
    if site:
        return site not in _OWN
    return request.headers.get("origin", "null") not in {"null", request.world.settings.origin}


def has_own_token(request: PageRequest) -> bool:
    """Whether the form carries the token made for this browser."""
    return request.world.forms.is_token(request.visitor, request.form.get("csrf_token", ""))

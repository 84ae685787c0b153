"""What all screens of My Page share."""

from datetime import timedelta

from chalicelib.capabilities.mypage.usecases import Visit
from chalicelib.domain.passwords import PasswordRules
from chalicelib.texts.portal import portal_names
from chalicelib.web.cookies import YEAR_SECONDS, Cookie
from chalicelib.web.pages import Pages
from chalicelib.web.requests import PageRequest, is_token
from chalicelib.web.sessions import mark_of
from chalicelib.web.whence import origin_of

pages = Pages(__name__)
_BROWSER = "browser"


def visit_of(request: PageRequest) -> Visit:
    """Who asks; a browser that has no name yet gets one."""
    mark = mark_of(request)
    browser = request.token_in(_BROWSER) or request.world.new_token()
    return Visit(origin_of(request), browser, request.now, mark.name if mark else None)


def remember_browser(request: PageRequest, visit: Visit) -> None:
    """Let the browser keep its name for a year."""
    request.set(Cookie(_BROWSER, visit.browser, YEAR_SECONDS))


def password_lifetime(request: PageRequest) -> timedelta | None:
    """How long a payer password lasts; None when it never expires."""
    days = request.world.settings.password_lifetime_days
    return timedelta(days=days) if days else None


def password_rules(request: PageRequest) -> PasswordRules:
    """What new passwords have to be like."""
    return PasswordRules(request.world.settings.password_min_length)


def words_of_portal(request: PageRequest) -> tuple[str, ...]:
    """The service's own names, which no password may be."""
    return portal_names(request.world.settings)


def submission_of(request: PageRequest) -> str:
    """The name of the form that was sent; one that is none of ours counts as a form never seen."""
    sent = request.form.get("submission_id", "")
    return sent if is_token(sent) else request.world.new_token()

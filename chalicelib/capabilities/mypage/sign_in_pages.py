"""Pages of the sign-in: マイページログイン, and the ways out."""

from chalicelib.capabilities.mypage import usecases
from chalicelib.capabilities.mypage.door import pages, password_lifetime, remember_browser, visit_of
from chalicelib.capabilities.mypage.forms import SignInForm
from chalicelib.capabilities.mypage.password_pages import CHANGE
from chalicelib.capabilities.mypage.usecases import Credentials, PasswordExpired
from chalicelib.forms.problems import Problem
from chalicelib.web.addresses import path_with
from chalicelib.web.answers import Answer, Page, SeeOther
from chalicelib.web.kept_forms import FORM, keep_form
from chalicelib.web.presence import time_left
from chalicelib.web.requests import PageRequest
from chalicelib.web.sessions import (
    HOME,
    SIGN_IN,
    after_sign_in,
    current_session,
    hand_out,
    has_kept_form,
    mark_of,
    take_back,
)


def _sign_in_page(request: PageRequest, form: SignInForm, status: int = 200, *, is_stale: bool = False) -> Page:
    was_signed_in = is_stale or mark_of(request) is not None
    shown = {"form": form, "has_kept_form": has_kept_form(request), "was_signed_in": was_signed_in}
    return Page("mypage/login.html", shown, status)


@pages.get(SIGN_IN)
def show_sign_in(request: PageRequest) -> Answer:
    """納付利用者ID and password."""
    if current_session(request):
        return SeeOther(HOME)
    return _sign_in_page(request, SignInForm())


def _show_again(request: PageRequest) -> Answer:
    """The form was opened before the browser was closed, or in a tab of former times: once more, nothing is wrong."""
    form = SignInForm(values={"payer_id": request.form.get("payer_id", "")})
    return _sign_in_page(request, form, 409, is_stale=True)


@pages.post(SIGN_IN, stale=_show_again)
def post_sign_in(request: PageRequest) -> Answer:
    """To My Page, or where the sign-in was asked for; an expired password to the screen that changes it."""
    world = request.world
    form = SignInForm(request.form)
    if not form.validate():
        return _sign_in_page(request, form, 422)
    visit = visit_of(request)
    credentials = Credentials(form.payer_id.id_suffix, form.payer_password.secret)
    session = usecases.sign_in(world.begin, world, world.hasher, credentials, visit, password_lifetime(request))
    if session is None:
        request.entry.outcome = "sign_in_refused"
        form.payer_password.errors = [Problem("credentials_wrong")]
        return _sign_in_page(request, form, 422)
    if isinstance(session, PasswordExpired):
        request.entry.outcome = "password_expired"
        known = {"payer_id": session.payer_id, "is_expired": "yes"}
        kept = keep_form(request, "", known, path=CHANGE)
        return SeeOther(path_with(CHANGE, **{FORM: kept.name}))
    request.entry.outcome = "signed_in"
    remember_browser(request, visit)
    hand_out(request, session)
    return after_sign_in(request, session.id_suffix)


@pages.post("/mypage/logout")
def post_sign_out(request: PageRequest) -> Answer:
    """「終了」: ends the session; without one there is nothing to end."""
    mark = mark_of(request)
    if mark:
        usecases.sign_out(request.world.begin, mark.name)
    take_back(request)
    return SeeOther("/mypage/signed-out")


@pages.get("/mypage/signed-out")
def show_signed_out(request: PageRequest) -> Answer:  # noqa: ARG001 - every view is given its request
    """That it ended."""
    return Page("mypage/signed_out.html")


@pages.post("/mypage/session")
def prolong_session(request: PageRequest) -> Answer:
    """For the dialog's script: how long the session lasts from now, 0 when it is over."""
    return time_left(current_session(request))

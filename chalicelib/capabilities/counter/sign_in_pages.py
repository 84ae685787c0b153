"""Pages of 窓口ログイン."""

from chalicelib.capabilities.counter import usecases
from chalicelib.capabilities.counter.door import at, pages
from chalicelib.capabilities.counter.forms import CounterSignInForm
from chalicelib.capabilities.counter.usecases import OfficerSecrets
from chalicelib.forms.problems import Problem
from chalicelib.one_time_passwords import step_of
from chalicelib.web.answers import Answer, Page, SeeOther
from chalicelib.web.counter import COUNTER, SIGN_IN, current_duty, hand_out, take_back
from chalicelib.web.presence import time_left
from chalicelib.web.requests import PageRequest


def _page(form: CounterSignInForm, status: int = 200) -> Page:
    return Page("counter/login.html", {"form": form}, status)


@pages.get(SIGN_IN)
def show_sign_in(request: PageRequest) -> Answer:
    """職員ID, password, one-time password."""
    return SeeOther(COUNTER) if current_duty(request) else _page(CounterSignInForm())


def _again(request: PageRequest) -> Answer:
    form = CounterSignInForm(values={"officer_id": request.form.get("officer_id", "")})
    return _page(form, 409)


@pages.post(SIGN_IN, stale=_again)
def post_sign_in(request: PageRequest) -> Answer:
    """To the scan page."""
    form = CounterSignInForm(request.form)
    if not form.validate():
        return _page(form, 422)
    world = request.world
    secrets = OfficerSecrets(form.officer_id.data, form.officer_password.secret, form.one_time_password.data)
    session = usecases.sign_in(world.begin, world, world.hasher, secrets, step_of, at(request))
    if session is None:
        request.entry.outcome = "sign_in_refused"
        form.officer_password.errors = [Problem("officer_secrets_wrong")]
        return _page(form, 422)
    request.entry.outcome = "signed_in"
    hand_out(request, session)
    return SeeOther(COUNTER)


@pages.post("/counter/logout")
def post_sign_out(request: PageRequest) -> Answer:
    """「終了」; without a session there is nothing to end."""
    duty = current_duty(request)
    if duty:
        usecases.sign_out(request.world.begin, duty.officer, duty.session.name, at(request))
    take_back(request)
    return SeeOther(SIGN_IN)


@pages.post("/counter/session")
def prolong_duty(request: PageRequest) -> Answer:
    """For the dialog's script: how long the session lasts from now, 0 when it is over."""
    return time_left(current_duty(request))

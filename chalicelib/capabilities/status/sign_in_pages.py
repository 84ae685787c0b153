"""Pages of 状況照会ログイン: the number, the password or a mailed passcode, and the way out."""

import hashlib

from chalicelib.capabilities.status import usecases
from chalicelib.capabilities.status.door import pages
from chalicelib.capabilities.status.forms import NumberForm, PasscodeForm, PasscodeRequestForm, SignInForm
from chalicelib.capabilities.status.usecases import PasscodeAsked
from chalicelib.domain.application_numbers import procedure_of
from chalicelib.domain.application_states import State
from chalicelib.forms.problems import Problem
from chalicelib.web.answers import Answer, Page, SeeOther
from chalicelib.web.enquiries import (
    NUMBER_PAGE,
    SIGN_IN,
    asked_number,
    begin_enquiry,
    current_enquiry,
    end_enquiry,
    enquiry_mark,
    has_typed_form,
    remember_number,
)
from chalicelib.web.presence import time_left
from chalicelib.web.requests import PageRequest

_BROWSER_DIGITS = 16
PASSCODE, PASSCODE_ENTRY = "/status/passcode", "/status/passcode/entry"


@pages.get(NUMBER_PAGE)
def show_number(request: PageRequest) -> Answer:  # noqa: ARG001 - every view is given its request
    """受付番号（到達番号）."""
    return Page("status/number.html", {"form": NumberForm()})


def _number_again(request: PageRequest) -> Answer:
    """The form was opened before the browser was closed: once more, nothing is wrong."""
    return Page("status/number.html", {"form": NumberForm(values=dict(request.form))}, 409)


@pages.post(NUMBER_PAGE, stale=_number_again)
def post_number(request: PageRequest) -> Answer:
    """To the password. Whether there is such an application is not looked at."""
    form = NumberForm(request.form)
    if not form.validate():
        return Page("status/number.html", {"form": form}, 422)
    remember_number(request, form.application_number.data)
    return SeeOther(SIGN_IN)


def _sign_in_page(request: PageRequest, number: str, form: SignInForm, status: int = 200) -> Page:
    shown = {"form": form, "number": number, "procedure": procedure_of(number), "was_typed": has_typed_form(request)}
    return Page("status/login.html", shown, status)


@pages.get(SIGN_IN)
def show_sign_in(request: PageRequest) -> Answer:
    """申請用パスワード."""
    number = asked_number(request)
    return _sign_in_page(request, number, SignInForm()) if number else SeeOther(NUMBER_PAGE)


def _sign_in_again(request: PageRequest) -> Answer:
    number = asked_number(request)
    return _sign_in_page(request, number, SignInForm(), 409) if number else SeeOther(NUMBER_PAGE)


@pages.post(SIGN_IN, stale=_sign_in_again)
def post_sign_in(request: PageRequest) -> Answer:
    """To the application."""
    world, number = request.world, asked_number(request)
    if number is None:
        return SeeOther(NUMBER_PAGE)
    form = SignInForm(request.form)
    if not form.validate():
        return _sign_in_page(request, number, form, 422)
    password = form.application_password.secret
    enquiry = usecases.enter(world.begin, world, world.hasher, number, password, request.now)
    if enquiry is None:
        request.entry.outcome = "sign_in_refused"
        form.application_password.errors = [Problem("application_secret_wrong")]
        return _sign_in_page(request, number, form, 422)
    request.entry.outcome = "signed_in"
    return begin_enquiry(request, enquiry)


def _asking_page(number: str, form: PasscodeRequestForm, status: int = 200) -> Page:
    return Page("status/passcode.html", {"form": form, "number": number, "procedure": procedure_of(number)}, status)


@pages.get(PASSCODE)
def show_passcode(request: PageRequest) -> Answer:
    """What a passcode is, and to which address it is mailed."""
    number = asked_number(request)
    return _asking_page(number, PasscodeRequestForm()) if number else SeeOther(NUMBER_PAGE)


def _asking_again(request: PageRequest) -> Answer:
    number = asked_number(request)
    form = PasscodeRequestForm(values=dict(request.form))
    return _asking_page(number, form, 409) if number else SeeOther(NUMBER_PAGE)


@pages.post(PASSCODE, stale=_asking_again)
def post_passcode(request: PageRequest) -> Answer:
    """Mail one, if number and address belong together: the answer is the same if not."""
    number = asked_number(request)
    if number is None:
        return SeeOther(NUMBER_PAGE)
    form = PasscodeRequestForm(request.form)
    if not form.validate():
        return _asking_page(number, form, 422)
    asked = PasscodeAsked(number, form.notification_email.data, _browser_of(request), request.language)
    usecases.ask_passcode(request.world.begin, request.world, asked, request.now)
    return SeeOther(PASSCODE_ENTRY)


def _browser_of(request: PageRequest) -> str:
    return hashlib.sha256(request.visitor.encode()).hexdigest()[:_BROWSER_DIGITS]


def _passcode_page(number: str, form: PasscodeForm, status: int = 200) -> Page:
    shown = {"form": form, "number": number, "procedure": procedure_of(number)}
    return Page("status/passcode_entry.html", shown, status)


@pages.get(PASSCODE_ENTRY)
def show_passcode_entry(request: PageRequest) -> Answer:
    """Where the passcode is typed."""
    number = asked_number(request)
    return _passcode_page(number, PasscodeForm()) if number else SeeOther(NUMBER_PAGE)


def _passcode_again(request: PageRequest) -> Answer:
    number = asked_number(request)
    return _passcode_page(number, PasscodeForm(), 409) if number else SeeOther(NUMBER_PAGE)


@pages.post(PASSCODE_ENTRY, stale=_passcode_again)
def post_passcode_entry(request: PageRequest) -> Answer:
    """To the application."""
    number = asked_number(request)
    if number is None:
        return SeeOther(NUMBER_PAGE)
    form = PasscodeForm(request.form)
    if not form.validate():
        return _passcode_page(number, form, 422)
    world = request.world
    enquiry = usecases.enter_by_passcode(
        world.begin, world, number, _browser_of(request), form.passcode.data, request.now
    )
    if enquiry is None:
        request.entry.outcome = "sign_in_refused"
        form.passcode.errors = [Problem("passcode_wrong")]
        return _passcode_page(number, form, 422)
    request.entry.outcome = "signed_in"
    return begin_enquiry(request, enquiry)


@pages.post("/status/session")
def prolong_enquiry(request: PageRequest) -> Answer:
    """For the dialog's script: how long the enquiry lasts from now, 0 when it is over."""
    return time_left(current_enquiry(request))


@pages.post("/status/logout")
def post_leave(request: PageRequest) -> Answer:
    """「終了」; without an enquiry there is nothing to end."""
    mark = enquiry_mark(request)
    if mark:
        usecases.leave(request.world.begin, mark.name)
    end_enquiry(request)
    return SeeOther("/status/signed-out")


@pages.get("/status/signed-out")
def show_left(request: PageRequest) -> Answer:  # noqa: ARG001
    """That it ended."""
    return Page("status/signed_out.html")


@pages.get("/status/states")
def show_states(request: PageRequest) -> Answer:  # noqa: ARG001
    """What each state means, and what to do."""
    return Page("status/states.html", {"states": list(State)})

"""Pages behind the status enquiry: one browser looks at one application, and nothing typed is lost."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.application_numbers import grouped, is_application_number
from chalicelib.domain.application_refusals import AnotherApplication
from chalicelib.domain.enquiries import Enquiry, EnquiryMark
from chalicelib.domain.sessions import session_end
from chalicelib.web.addresses import path_with
from chalicelib.web.answers import SeeOther
from chalicelib.web.cookies import Cookie
from chalicelib.web.kept_forms import FORM, keep_what_was_sent
from chalicelib.web.presence import Presence, guarded_by
from chalicelib.web.requests import PageRequest, is_token

NUMBER_PAGE, SIGN_IN = "/status", "/status/login"
APPLICATION, CORRECTION = "/status/application", "/status/correction"
_ENQUIRY, _NUMBER, _TYPED = "enquiry", "number", "typed"


@dataclass(frozen=True)
class Enquiring(Presence):
    """Which application is looked at, and how long without another request."""

    enquiry: Enquiry
    ends_at: datetime
    now: datetime
    kind = "application"
    session_path = "/status/session"
    sign_out_path = "/status/logout"

    @property
    def owner(self) -> str:
        """The application's number, which its forms carry along."""
        return self.enquiry.application_number

    @property
    def label(self) -> str:
        """The number as people read it."""
        return grouped(self.owner)

    @property
    def kept_until(self) -> datetime:
        """When the enquiry ends at the latest."""
        return self.enquiry.kept_until


def enquiry_mark(request: PageRequest) -> EnquiryMark | None:
    """What this browser's cookie says, if it is one of ours."""
    return request.world.enquiry_marks.read(request.cookies.get(_ENQUIRY, ""))


def current_enquiry(request: PageRequest) -> Enquiring | None:
    """The enquiry of this browser, prolonged; None when there is none that counts."""
    mark = enquiry_mark(request)
    if mark is None:
        return None
    with request.world.begin() as work:
        enquiry = work.enquiries.find(mark.name, mark.application_number)
    if enquiry is None or not enquiry.is_alive(mark.seen_at, request.now):
        return None
    _hand_out(request, enquiry)
    return Enquiring(enquiry, session_end(enquiry.born_at, request.now), request.now)


def begin_enquiry(request: PageRequest, enquiry: Enquiry) -> SeeOther:
    """Let the browser look, and lead it to the application, or back to what was typed before."""
    _hand_out(request, enquiry)
    typed = request.token_in(_TYPED)
    request.set(Cookie(_TYPED, "", max_age=0))
    return SeeOther(path_with(CORRECTION, **{FORM: typed}) if typed else APPLICATION)


def end_enquiry(request: PageRequest) -> None:
    """Let the browser forget what it looked at."""
    for name in (_ENQUIRY, _NUMBER, _TYPED):
        request.set(Cookie(name, "", max_age=0))


def asked_number(request: PageRequest) -> str | None:
    """Which application the sign-in is about: a page says so itself, else the browser remembers."""
    number = request.form.get("application_number") or request.cookies.get(_NUMBER, "")
    return number if is_application_number(number) else None


def remember_number(request: PageRequest, application_number: str) -> None:
    """Let the browser keep the number until it closes; what was typed for another one is not led back to."""
    if request.cookies.get(_NUMBER, application_number) != application_number:
        request.set(Cookie(_TYPED, "", max_age=0))
    request.set(Cookie(_NUMBER, application_number))


def has_typed_form(request: PageRequest) -> bool:
    """Whether something typed waits for its person to be let in again."""
    return request.token_in(_TYPED) is not None


def _hand_out(request: PageRequest, enquiry: Enquiry) -> None:
    mark = EnquiryMark(enquiry.name, enquiry.application_number, request.now)
    request.set(Cookie(_ENQUIRY, request.world.enquiry_marks.written(mark)))


def _to_sign_in(request: PageRequest) -> SeeOther:
    mark = enquiry_mark(request)
    number = mark.application_number if mark else request.form.get("signed_in_as", "")
    if not is_application_number(number):
        return SeeOther(NUMBER_PAGE)
    remember_number(request, number)
    request.set(Cookie(_TYPED, _name_of_typed(request)))
    return SeeOther(SIGN_IN)


def _name_of_typed(request: PageRequest) -> str:
    """Under which name a correction waits: its check page only confirms what is kept already."""
    if not request.path.startswith(CORRECTION):
        return ""
    if request.method != "POST":
        name = request.query.get(FORM, "")
    elif "submission_id" in request.form:
        name = request.form.get(FORM, "")
    else:
        name = keep_what_was_sent(request)
    return name if is_token(name) else ""


enquiring = guarded_by(current_enquiry, _to_sign_in, AnotherApplication)
"""For views `(request, looking, **parameters)`: whoever was not let in, or not any more, is asked first."""

"""Pages of 申請状況確認: the application itself, 取り下げ and 補正."""

from chalicelib.capabilities.status import usecases_application
from chalicelib.capabilities.status.door import pages
from chalicelib.domain.application_refusals import NotCorrectable, NotWithdrawable
from chalicelib.domain.applications import Application
from chalicelib.domain.offices import OFFICES
from chalicelib.domain.plates import plate_number_in
from chalicelib.forms.application_fields import record_form
from chalicelib.forms.base import Form
from chalicelib.verbs.applications import find_application
from chalicelib.web.addresses import path_with
from chalicelib.web.answers import Answer, Page, SeeOther
from chalicelib.web.enquiries import APPLICATION, CORRECTION, Enquiring, enquiring
from chalicelib.web.kept_forms import FORM, confirmed_form, keep_form, require_form, unconfirmed_form
from chalicelib.web.requests import PageRequest

WITHDRAWAL, CORRECTION_CHECK = "/status/withdrawal", "/status/correction/check"


def _application(request: PageRequest, looking: Enquiring) -> Application:
    return find_application(request.world.begin, looking.owner)


@pages.get(APPLICATION)
@enquiring
def show_application(request: PageRequest, looking: Enquiring) -> Answer:
    """Every block of manual 5."""
    application = _application(request, looking)
    shown = {
        "application": application,
        "office": OFFICES.get(application.record.office),
        "plate": plate_number_in(application.record.plate_number),
        "reviewed_plate": plate_number_in(application.review.plate_number),
        "is_overdue": application.is_overdue(request.now),
        "days_left": application.days_left(request.now),
    }
    return Page("status/application.html", shown)


@pages.get(WITHDRAWAL)
@enquiring
def show_withdrawal(request: PageRequest, looking: Enquiring) -> Answer:
    """Whether they mean it."""
    application = _application(request, looking)
    if not application.can_withdraw:
        raise NotWithdrawable(application.state.value)
    return Page("status/withdrawal.html", {"application": application})


@pages.post(WITHDRAWAL)
@enquiring
def post_withdrawal(request: PageRequest, looking: Enquiring) -> Answer:
    """取り下げ."""
    shown_in = request.form.get("state", "")
    usecases_application.withdraw(request.world.begin, request.world, looking.owner, shown_in, request.now)
    request.entry.outcome = "withdrawn"
    return SeeOther(APPLICATION)


def _correctable(request: PageRequest, looking: Enquiring) -> Application:
    application = _application(request, looking)
    if application.open_correction is None or application.is_overdue(request.now):
        raise NotCorrectable(application.state.value)
    return application


def _asked_at(application: Application) -> str:
    """Which correction is open: another one may have been asked for since a form was shown."""
    return application.open_correction.at.isoformat() if application.open_correction else ""


def _correction_page(
    application: Application, form: Form, name: str, status: int = 200, *, has_changed: bool = False
) -> Page:
    shown = {
        "application": application,
        "notice": application.open_correction,
        "form": form,
        "form_name": name,
        "asked_at": _asked_at(application),
        "has_changed": has_changed,
    }
    return Page("status/correction.html", shown, status, here=path_with(CORRECTION, **({FORM: name} if name else {})))


@pages.get(CORRECTION)
@enquiring
def show_correction(request: PageRequest, looking: Enquiring) -> Answer:
    """The fields that the office named, and no others: as they are, or as they were typed before."""
    application = _correctable(request, looking)
    draft = unconfirmed_form(request, looking.owner)
    values = {**vars(application.record), **(draft.values if draft else {})}
    form = record_form(application)(values=values)
    has_changed = draft is not None and draft.values.get(usecases_application.ASKED_AT, "") != _asked_at(application)
    status = 409 if has_changed else 200
    return _correction_page(application, form, draft.name if draft else "", status, has_changed=has_changed)


@pages.post(CORRECTION)
@enquiring
def post_correction(request: PageRequest, looking: Enquiring) -> Answer:
    """Keep what was typed; go on when all of it is in order."""
    application = _correctable(request, looking)
    form = record_form(application)(request.form)
    is_valid = form.validate()
    earlier = unconfirmed_form(request, looking.owner)
    shown_at = request.form.get(usecases_application.ASKED_AT, "")
    values = {**(form.values() if is_valid else form.as_typed()), usecases_application.ASKED_AT: shown_at}
    draft = keep_form(request, looking.owner, values, name=earlier.name if earlier else "", is_valid=is_valid)
    if not is_valid:
        return _correction_page(application, form, draft.name, 422)
    if shown_at != _asked_at(application):
        return SeeOther(path_with(CORRECTION, **{FORM: draft.name}))
    return SeeOther(path_with(CORRECTION_CHECK, **{FORM: draft.name}))


@pages.get(CORRECTION_CHECK)
@enquiring
def show_correction_check(request: PageRequest, looking: Enquiring) -> Answer:
    """What will be sent."""
    draft = require_form(request, looking.owner)
    if draft.result:
        return SeeOther(APPLICATION)
    application = _correctable(request, looking)
    if draft.submission_id is None or draft.values.get(usecases_application.ASKED_AT, "") != _asked_at(application):
        return SeeOther(path_with(CORRECTION, **{FORM: draft.name}))
    answers = usecases_application.answers_in(draft, application)
    shown = {
        "application": application,
        "changes": [(name, getattr(application.record, name), text) for name, text in answers.items()],
        "form_name": draft.name,
        "submission_id": draft.submission_id,
    }
    return Page("status/correction_check.html", shown, here=path_with(CORRECTION_CHECK, **{FORM: draft.name}))


@pages.post(CORRECTION_CHECK)
@enquiring
def post_correction_check(request: PageRequest, looking: Enquiring) -> Answer:
    """補正: back to the review."""
    draft = confirmed_form(request, looking.owner)
    is_new = usecases_application.correct(request.world.begin, request.world, looking.owner, draft, request.now)
    request.entry.outcome = "corrected" if is_new else "repeated"
    return SeeOther(APPLICATION)

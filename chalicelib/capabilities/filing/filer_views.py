"""Views of the filing API: a token, and what a filer asks about an application once it is filed."""

from chalicelib.capabilities.filing import examples, usecases_filer
from chalicelib.capabilities.filing.door import ROOT, pages
from chalicelib.capabilities.filing.forms_messages import (
    CorrectionSent,
    FilerList,
    TokenAnswer,
    TokenRequest,
    Withdrawal,
)
from chalicelib.capabilities.filing.sent import sent_of
from chalicelib.capabilities.filing.usecases_filer import Listing
from chalicelib.domain.accounts import suffix_of_filer_id
from chalicelib.domain.application_refusals import CredentialsWrong, FieldNotAsked, NotCorrectable
from chalicelib.domain.applications import Application
from chalicelib.domain.filer_tokens import FILER_TOKEN_LIFETIME
from chalicelib.domain.passwords import prepared
from chalicelib.forms.application_fields import record_form
from chalicelib.forms.application_messages import ApplicationTold, PageTold, application_told, page_told
from chalicelib.forms.problems import Problem
from chalicelib.forms.text import to_ascii
from chalicelib.web.apis import ApiRequest, Operation, number_in
from chalicelib.web.troubles import Trouble, field_trouble, field_troubles

_APPLICATIONS = f"{ROOT}/applications"
_ONE = f"{_APPLICATIONS}/{{application_number}}"


@pages.serve(
    Operation(
        "POST",
        f"{ROOT}/token",
        "askToken",
        "A bearer token for 15 minutes",
        takes=TokenRequest,
        gives=TokenAnswer,
        is_open=True,
        refuses=("credentials_wrong",),
        examples=examples.TOKEN,
    )
)
def ask_token(request: ApiRequest) -> TokenAnswer:
    """一括利用者ID and password."""
    id_suffix = suffix_of_filer_id(to_ascii(request.body.filer_id).upper())
    if id_suffix is None:
        raise CredentialsWrong
    world, password = request.world, prepared(request.body.filer_password)
    token = usecases_filer.ask_token(world.begin, world.hasher, id_suffix, password, request.now)
    return TokenAnswer(world.tokens.written(token), int(FILER_TOKEN_LIFETIME.total_seconds()))


@pages.serve(
    Operation(
        "GET",
        _APPLICATIONS,
        "listApplications",
        "Applications that this filer filed, those that changed longest ago first",
        asks=FilerList,
        gives=PageTold,
    )
)
def list_applications(request: ApiRequest) -> PageTold:
    """By state and moment of the last change."""
    asked = request.asked
    listing = Listing(asked.limit, asked.state, asked.since, asked.cursor)
    return page_told(usecases_filer.list_applications(request.world.begin, request.caller.id_suffix, listing))


@pages.serve(
    Operation(
        "GET",
        _ONE,
        "getApplication",
        "An application, with its charges, notices and history",
        gives=ApplicationTold,
        refuses=("application_unknown",),
    )
)
def get_application(request: ApiRequest, application_number: str) -> ApplicationTold:
    """One of the filer's own."""
    number = number_in(application_number)
    return application_told(usecases_filer.look_at(request.world.begin, request.caller.id_suffix, number))


@pages.serve(
    Operation(
        "POST",
        f"{_ONE}/withdrawal",
        "withdrawApplication",
        "Withdraw (取り下げ): before a bulk payment number is taken, or instead of a correction",
        takes=Withdrawal,
        gives=ApplicationTold,
        is_idempotent=True,
        refuses=("application_unknown", "not_withdrawable"),
        examples=examples.WITHDRAWAL,
    )
)
def withdraw_application(request: ApiRequest, application_number: str) -> ApplicationTold:
    """取り下げ."""
    sent = sent_of(request.idempotency_key, ["withdrawal", application_number])
    number, world = number_in(application_number), request.world
    return application_told(
        usecases_filer.withdraw(world.begin, world, request.caller.id_suffix, number, sent, request.now)
    )


@pages.serve(
    Operation(
        "POST",
        f"{_ONE}/corrections",
        "correctApplication",
        "Correct (補正) every field that the office named, and no other",
        takes=CorrectionSent,
        gives=ApplicationTold,
        is_idempotent=True,
        refuses=("application_unknown", "not_correctable", "application_changed", "field_not_asked", "invalid_fields"),
        examples=examples.CORRECTION,
    )
)
def correct_application(request: ApiRequest, application_number: str) -> ApplicationTold:
    """補正."""
    world, typed = request.world, request.body.fields
    sent = sent_of(request.idempotency_key, ["correction", application_number, typed])
    application = usecases_filer.look_at(world.begin, request.caller.id_suffix, number_in(application_number))
    if usecases_filer.is_repeated(world.begin, application, sent):
        return application_told(application)
    answers = _answers(request, application)
    return application_told(usecases_filer.correct(world.begin, world, application, answers, sent, request.now))


def _answers(request: ApiRequest, application: Application) -> dict[str, str]:
    """What was sent for each field that is open. Raises NotCorrectable, FieldNotAsked, Trouble: invalid_fields."""
    if application.open_correction is None:
        raise NotCorrectable(application.state.value)
    typed, asked = request.body.fields, application.fields_to_correct
    other = set(typed) - set(asked)
    if other:
        raise FieldNotAsked(min(other))
    form = record_form(application)(typed)
    form.validate()
    missing = [name for name in asked if name not in typed]
    absent = [field_trouble(name, Problem("required"), request.language, "/fields") for name in missing]
    troubles = dict.fromkeys([*absent, *field_troubles(form, request.language, "/fields")])
    if troubles:
        raise Trouble("invalid_fields", list(troubles))
    return form.values()

"""View of the filing API that takes applications in."""

from typing import Literal

import msgspec

from chalicelib.capabilities.filing import examples, usecases
from chalicelib.capabilities.filing.door import ROOT, pages
from chalicelib.capabilities.filing.forms import FilingForm, filing_form
from chalicelib.capabilities.filing.forms_messages import FieldError, Filed, Filing, Filings, FilingsAnswer
from chalicelib.capabilities.filing.sent import sent_of
from chalicelib.capabilities.filing.usecases import Intake, Sent, Stored, Wanted
from chalicelib.domain.application_states import State
from chalicelib.domain.charges import PaymentMethod
from chalicelib.domain.passwords import PasswordRules
from chalicelib.domain.procedures import PROCEDURES, Record
from chalicelib.forms.problems import Problem
from chalicelib.holidays import working_day
from chalicelib.sealing import bulk_file_seal
from chalicelib.texts.portal import portal_names
from chalicelib.web.apis import KILOBYTE, ApiRequest, Operation
from chalicelib.web.troubles import FieldTrouble, field_trouble, field_troubles, reason_sentence

_LARGEST = 2048 * KILOBYTE
_SECRET = "application_password"  # noqa: S105 - the name of a member


@pages.serve(
    Operation(
        "POST",
        f"{ROOT}/applications",
        "fileApplications",
        "File one application or up to 25; each is answered by itself",
        takes=Filings,
        gives=FilingsAnswer,
        is_idempotent=True,
        largest_bytes=_LARGEST,
        refuses=("numbers_exhausted",),
        examples=examples.APPLICATIONS,
    )
)
def file_applications(request: ApiRequest) -> FilingsAnswer:
    """Store each that is in order; the same again gives the same numbers, and stores what was not stored yet."""
    filings = request.body.applications
    sent = [_sent(request, position, filing, len(filings)) for position, filing in enumerate(filings)]
    earlier = usecases.earlier_results(request.world.begin, request.caller.id_suffix, sent)
    results = [
        _told(request, known, f"/applications/{position}")
        if known
        else _file(request, filing, one, f"/applications/{position}")
        for position, (filing, one, known) in enumerate(zip(filings, sent, earlier, strict=True))
    ]
    return FilingsAnswer(results)


def _sent(request: ApiRequest, position: int, filing: Filing, count: int) -> Sent:
    """The item under an id of its own. Its password is left out: a digest of it would be a weak hash."""
    said = {name: value for name, value in msgspec.to_builtins(filing).items() if name != _SECRET}
    return sent_of(f"{request.idempotency_key}#{position}", [said, count])


def _file(request: ApiRequest, filing: Filing, sent: Sent, at: str) -> Filed:
    settings = request.world.settings
    form = filing_form(filing.procedure)(
        _texts(filing), rules=PasswordRules(settings.password_min_length), own_words=_own_words(request, filing)
    )
    form.validate()
    troubles = [*field_troubles(form, request.language, at), *_payment_troubles(request, filing, at)]
    if troubles:
        return Filed("refused", errors=[FieldError(**one.told()) for one in troubles])
    world = request.world
    intake = Intake(world.begin, world, working_day, bulk_file_seal(settings).opened, request.now)
    return _told(request, usecases.file_application(intake, _wanted(request, filing, form), sent), at)


def _texts(filing: Filing) -> dict[str, str]:
    return {name: value for name, value in msgspec.to_builtins(filing).items() if isinstance(value, str)}


def _own_words(request: ApiRequest, filing: Filing) -> tuple[str, ...]:
    """What the application's password may not be."""
    texts = _texts(filing)
    named = (texts[name] for name in vars(Record()) if not name.endswith("_reference"))
    return (*named, filing.notification_email, *portal_names(request.world.settings))


def _payment_troubles(request: ApiRequest, filing: Filing, at: str) -> list[FieldTrouble]:
    """A bulk payment file belongs to a bulk payment, and to no other."""
    if (filing.payment_method is PaymentMethod.BULK) == bool(filing.bulk_payment_file):
        return []
    problem = Problem("only_for_bulk_payment" if filing.bulk_payment_file else "required")
    return [field_trouble("bulk_payment_file", problem, request.language, at)]


def _wanted(request: ApiRequest, filing: Filing, form: FilingForm) -> Wanted:
    values = form.values()
    known = PROCEDURES[filing.procedure].fields
    return Wanted(
        procedure=filing.procedure,
        record=Record(**{name: values[name] for name in known}),
        password_hash=request.world.hasher.hash(form.application_password.secret),
        notification_email=form.notification_email.data or None,
        language=filing.language,
        filer_suffix=request.caller.id_suffix,
        method=filing.payment_method,
        bulk_file=filing.bulk_payment_file.encode(),
    )


def _told(request: ApiRequest, stored: Stored, at: str) -> Filed:
    is_accepted = stored.state is not State.NOT_ACCEPTED
    errors = [
        FieldError(f"{at}/{name}", code, reason_sentence(code, request.language)) for name, code in stored.reasons
    ]
    status: Literal["accepted", "not_accepted"] = "accepted" if is_accepted else "not_accepted"
    return Filed(status, stored.application_number, stored.state, errors)

"""Pages of 本登録: entry behind the mailed link, check, done."""

from chalicelib.capabilities.confirmation import usecases
from chalicelib.capabilities.confirmation.forms import DetailsForm, details_form
from chalicelib.domain.drafts import Asked
from chalicelib.domain.passwords import PasswordRules
from chalicelib.domain.refusals import LinkUsed
from chalicelib.domain.registrations import Registration
from chalicelib.texts.portal import portal_names
from chalicelib.web.addresses import path_with
from chalicelib.web.answers import Answer, Page, SeeOther
from chalicelib.web.drafting import DraftCookie
from chalicelib.web.pages import Pages
from chalicelib.web.requests import PageRequest

pages = Pages(__name__)
draft_cookie = DraftCookie("confirmation")

ENTRY, CHECK, DONE = "/confirmation", "/confirmation/check", "/confirmation/done"


def _form(
    request: PageRequest,
    registration: Registration,
    *,
    is_sent: bool = False,
    values: dict[str, str] | None = None,
) -> DetailsForm:
    settings = request.world.settings
    rules = PasswordRules(settings.password_min_length)
    return details_form(registration, rules, portal_names(settings), request.form if is_sent else None, values)


def _entry_page(request: PageRequest, registration: Registration, form: DetailsForm, status: int = 200) -> Page:
    key = request.world.links.confirmation_key(registration.registration_id)
    shown = {"form": form, "registration": registration, "key": key}
    return Page("confirmation/entry.html", shown, status, here=path_with(ENTRY, key=key))


@pages.get(ENTRY)
def show_entry(request: PageRequest) -> Answer:
    """The form behind the link. Mail scanners open links too: nothing changes, however often this is fetched."""
    registration_id = request.world.links.registration_id(request.query.get("key", ""))
    registration = usecases.open_registration(request.world.begin, registration_id, request.now)
    kept = usecases.find_kept(request.world.begin, draft_cookie.find(request), registration_id, request.now)
    form = _form(request, registration, values=dict(kept.values) if kept else None)
    return _entry_page(request, registration, form)


@pages.post(ENTRY)
def post_entry(request: PageRequest) -> Answer:
    """Keep what was typed, the passwords as hashes; go on when all of it is in order."""
    world = request.world
    registration_id = world.links.registration_id(request.form.get("key", ""))
    registration = usecases.open_registration(world.begin, registration_id, request.now)
    form = _form(request, registration, is_sent=True)
    is_valid = form.validate()
    values = usecases.hashed(world.hasher, form.values(), form.secrets()) if is_valid else form.as_typed()
    kept = usecases.find_kept(world.begin, draft_cookie.find(request), registration_id, request.now)
    draft = usecases.keep_details(world.begin, world, kept, registration, values, request.now)
    draft_cookie.hand_out(request, draft.name)
    return SeeOther(CHECK) if is_valid else _entry_page(request, registration, form, 422)


@pages.get(CHECK)
def show_check(request: PageRequest) -> Answer:
    """What will be stored; passwords are 「設定有」."""
    name = draft_cookie.require(request)
    try:
        draft, registration = usecases.find_check(request.world.begin, name, request.now)
    except LinkUsed:
        if usecases.has_completed(request.world.begin, name, request.now):
            return SeeOther(DONE)
        raise
    key = request.world.links.confirmation_key(registration.registration_id)
    if draft.submission_id is None:
        return SeeOther(path_with(ENTRY, key=key))
    shown = {"draft": draft, "registration": registration, "key": key}
    return Page("confirmation/check.html", shown)


@pages.post(CHECK)
def post_check(request: PageRequest) -> Answer:
    """Complete the registration."""
    asked = Asked(draft_cookie.require(request), request.form.get("submission_id", ""), request.language)
    completed = usecases.complete_registration(request.world.begin, request.world, asked, request.now)
    request.entry.outcome = "repeated" if completed.is_repeated else "registration_completed"
    return SeeOther(DONE)


@pages.get(DONE)
def show_done(request: PageRequest) -> Answer:
    """Both IDs, to this browser only."""
    payer_id, filer_id = usecases.find_ids(request.world.begin, draft_cookie.require(request), request.now)
    return Page("confirmation/done.html", {"payer_id": payer_id, "filer_id": filer_id})


@pages.post("/confirmation/quit")
def quit_confirmation(request: PageRequest) -> Answer:
    """「終了」: this browser forgets the IDs."""
    usecases.forget(request.world.begin, draft_cookie.find(request))
    draft_cookie.take_back(request)
    return SeeOther("/")

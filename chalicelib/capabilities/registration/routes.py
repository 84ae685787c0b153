"""Pages of 仮登録: terms, entry, check, sent."""

from chalicelib.capabilities.registration import usecases
from chalicelib.capabilities.registration.forms import ConsentForm, EntryForm, holder_from
from chalicelib.domain.drafts import Asked, Draft
from chalicelib.domain.refusals import DraftGone, LinkExpired, LinkUsed, ResendTooSoon
from chalicelib.domain.registrations import Registration
from chalicelib.web.answers import Answer, Page, SeeOther
from chalicelib.web.drafting import DraftCookie
from chalicelib.web.pages import Pages
from chalicelib.web.requests import PageRequest

pages = Pages(__name__)
draft_cookie = DraftCookie("registration")

TERMS, ENTRY, CHECK, SENT = "/registration", "/registration/entry", "/registration/check", "/registration/sent"


@pages.get(TERMS)
def show_terms(request: PageRequest) -> Answer:
    """The terms of use and the notes, to agree to."""
    is_kept = request.query.get("kept") == "1" and draft_cookie.find(request) is not None
    shown = {"form": ConsentForm(), "is_kept": is_kept}
    return Page("registration/terms.html", shown, here=f"{TERMS}?kept=1" if is_kept else None)


@pages.post(TERMS)
def accept_terms(request: PageRequest) -> Answer:
    """Begin, if 「同意する」 is ticked."""
    form = ConsentForm(request.form)
    if not form.validate():
        return Page("registration/terms.html", {"form": form, "is_kept": False}, 422)
    name = usecases.accept_terms(request.world.begin, request.world, draft_cookie.find(request), request.now)
    draft_cookie.hand_out(request, name)
    return SeeOther(ENTRY)


def _resumed(request: PageRequest) -> Draft:
    return usecases.resume_draft(request.world.begin, draft_cookie.require(request), request.now)


@pages.get(ENTRY)
def show_entry(request: PageRequest) -> Answer:
    """The form, with what was typed before."""
    if draft_cookie.find(request) is None:
        return SeeOther(TERMS)
    draft = _resumed(request)
    if draft.result:
        return SeeOther(SENT)
    if not usecases.has_consented(draft):
        return SeeOther(TERMS)
    return Page("registration/entry.html", {"form": EntryForm(values=draft.values)})


@pages.post(ENTRY)
def post_entry(request: PageRequest) -> Answer:
    """Keep what was typed; go on when all of it is in order."""
    form = EntryForm(request.form)
    try:
        draft = _resumed(request)
    except DraftGone:
        return _consent_again(request, form)
    if draft.result:
        return SeeOther(SENT)
    if not usecases.has_consented(draft):
        return _consent_again(request, form)
    is_valid = form.validate()
    submission_id = request.world.new_token() if is_valid else None
    values = form.values() if is_valid else form.as_typed()
    is_kept = usecases.keep_entry(request.world.begin, draft, values, submission_id, request.now)
    if not is_kept:
        return SeeOther(SENT)
    return SeeOther(CHECK) if is_valid else Page("registration/entry.html", {"form": form}, 422)


def _consent_again(request: PageRequest, form: EntryForm) -> Answer:
    name = usecases.keep_without_consent(request.world.begin, request.world, form.as_typed(), request.now)
    draft_cookie.hand_out(request, name)
    return SeeOther(f"{TERMS}?kept=1")


@pages.get(CHECK)
def show_check(request: PageRequest) -> Answer:
    """What will be stored, as it will be stored."""
    draft = _resumed(request)
    if draft.result:
        return SeeOther(SENT)
    if draft.submission_id is None:
        return SeeOther(ENTRY)
    shown = {"email": draft.values["email"], "holder": holder_from(draft.values), "submission_id": draft.submission_id}
    return Page("registration/check.html", shown)


@pages.post(CHECK)
def post_check(request: PageRequest) -> Answer:
    """Register, and post the letter."""
    asked = Asked(draft_cookie.require(request), request.form.get("submission_id", ""), request.language)
    request.entry.outcome = usecases.register(request.world.begin, request.world, asked, request.now)
    return SeeOther(SENT)


@pages.get(SENT)
def show_sent(request: PageRequest) -> Answer:
    """What to do next, and what may have gone wrong."""
    if draft_cookie.find(request) is None:
        return SeeOther(TERMS)
    return _sent_page(request, usecases.find_sent(request.world.begin, draft_cookie.require(request), request.now))


def _sent_page(request: PageRequest, registration: Registration, refusal: ResendTooSoon | None = None) -> Page:
    return Page(
        "registration/sent.html",
        {
            "registration": registration,
            "wait_seconds": registration.seconds_until_resend(request.now),
            "is_expired": registration.is_expired(request.now),
            "is_resent": request.query.get("resent") == "1",
            "refusal": refusal,
        },
        status=429 if refusal else 200,
        here=SENT,
        headers={"Retry-After": str(refusal.seconds)} if refusal else {},
    )


@pages.post("/registration/resend")
def resend_letter(request: PageRequest) -> Answer:
    """「メールを再送する」: at most once a minute."""
    registration = usecases.find_sent(request.world.begin, draft_cookie.require(request), request.now)
    try:
        outcome = usecases.resend_letter(request.world.begin, request.world, registration, request.now)
    except ResendTooSoon as refusal:
        request.entry.outcome = refusal.code
        return _sent_page(request, registration, refusal)
    except (LinkUsed, LinkExpired):
        # The waiting page itself says which, and what to do.
        return SeeOther(SENT)
    request.entry.outcome = outcome
    return SeeOther(f"{SENT}?resent=1")


@pages.post("/registration/other-address")
def choose_other_address(request: PageRequest) -> Answer:
    """「別のメールアドレスを使う」: keeps what was typed."""
    usecases.choose_other_address(request.world.begin, draft_cookie.require(request), request.now)
    return SeeOther(ENTRY)


@pages.post("/registration/quit")
def quit_registration(request: PageRequest) -> Answer:
    """「終了」: forgets what was typed."""
    usecases.quit_registration(request.world.begin, draft_cookie.find(request))
    draft_cookie.take_back(request)
    return SeeOther("/")

"""Pages of 利用者情報変更, and the link that confirms a new address."""

from chalicelib.capabilities.mypage import usecases, usecases_profile
from chalicelib.capabilities.mypage.door import pages, submission_of, visit_of
from chalicelib.capabilities.mypage.forms import PayerPasswordForm
from chalicelib.capabilities.mypage.forms_profile import ProfileForm, holder_in, profile_form, stored_values
from chalicelib.capabilities.mypage.usecases import Credentials
from chalicelib.capabilities.mypage.usecases_profile import ProfileMoved
from chalicelib.domain.accounts import Account
from chalicelib.domain.drafts import Draft
from chalicelib.domain.links import AddressLink
from chalicelib.domain.refusals import AddressLinkDead
from chalicelib.forms.problems import Problem
from chalicelib.web.addresses import path_with
from chalicelib.web.answers import Answer, Page, SeeOther
from chalicelib.web.kept_forms import FORM, confirmed_form, keep_form, require_form, unconfirmed_form
from chalicelib.web.requests import PageRequest
from chalicelib.web.sessions import SignedIn, signed_in

ENTRY, CHECK, DONE = "/mypage/profile", "/mypage/profile/check", "/mypage/profile/done"
ADDRESS, ADDRESS_DONE = "/mypage/address", "/mypage/address/confirmed"


def _entry_page(signed: SignedIn, form: ProfileForm, draft: Draft | None, status: int | None = None) -> Page:
    """The form; when the account was edited since it was opened, what is stored now stands beside what was typed."""
    shown_version = draft.values.get("version", "") if draft else str(signed.account.version)
    has_moved = shown_version != str(signed.account.version)
    shown = {
        "form": form,
        "draft": draft,
        "account": signed.account,
        "stored": stored_values(signed.account) if has_moved else None,
    }
    here = path_with(ENTRY, **{FORM: draft.name}) if draft else ENTRY
    return Page("mypage/profile.html", shown, status or (409 if has_moved else 200), here=here)


@pages.get(ENTRY)
@signed_in
def show_profile(request: PageRequest, signed: SignedIn) -> Answer:
    """What is stored, or what was typed before."""
    draft = unconfirmed_form(request, signed.id_suffix)
    return _entry_page(signed, profile_form(signed.account, values=draft.values if draft else None), draft)


@pages.post(ENTRY)
@signed_in
def post_profile(request: PageRequest, signed: SignedIn) -> Answer:
    """Keep what was typed; go on when all of it is in order."""
    form = profile_form(signed.account, request.form)
    is_valid = form.validate()
    earlier = unconfirmed_form(request, signed.id_suffix)
    name = earlier.name if earlier else ""
    values = form.values() if is_valid else form.as_typed()
    kept = {**values, "version": request.form.get("version", "")}
    draft = keep_form(request, signed.id_suffix, kept, name=name, is_valid=is_valid)
    if not is_valid:
        return _entry_page(signed, form, draft, 422)
    is_newest = kept["version"] == str(signed.account.version)
    return SeeOther(path_with(CHECK if is_newest else ENTRY, **{FORM: draft.name}))


@pages.get(CHECK)
@signed_in
def show_profile_check(request: PageRequest, signed: SignedIn) -> Answer:
    """What will be stored, and which addresses wait for their link."""
    draft = require_form(request, signed.id_suffix)
    if draft.result:
        return SeeOther(path_with(DONE, **{FORM: draft.name}))
    if draft.submission_id is None:
        return SeeOther(path_with(ENTRY, **{FORM: draft.name}))
    stored = stored_values(signed.account)
    shown = {
        "draft": draft,
        "account": signed.account,
        "holder": holder_in(signed.account, draft.values),
        "new_addresses": usecases_profile.new_addresses(signed.account, draft.values),
        "changed": [name for name, value in stored.items() if draft.values.get(name, "") != value],
    }
    return Page("mypage/profile_check.html", shown, here=path_with(CHECK, **{FORM: draft.name}))


@pages.post(CHECK)
@signed_in
def post_profile_check(request: PageRequest, signed: SignedIn) -> Answer:
    """Store it."""
    draft = confirmed_form(request, signed.id_suffix)
    try:
        usecases_profile.change_profile(request.world.begin, request.world, signed.account, draft, request.now)
    except ProfileMoved:
        request.entry.outcome = "profile_moved"
        return SeeOther(path_with(ENTRY, **{FORM: draft.name}))
    return SeeOther(path_with(DONE, **{FORM: draft.name}))


@pages.get(DONE)
@signed_in
def show_profile_done(request: PageRequest, signed: SignedIn) -> Answer:
    """That it is stored, and which links to open."""
    draft = require_form(request, signed.id_suffix)
    here = path_with(DONE, **{FORM: draft.name})
    return Page("mypage/profile_done.html", {"account": signed.account}, here=here)


def _address_page(
    request: PageRequest, form: PayerPasswordForm, account: Account, link: AddressLink, status: int = 200
) -> Page:
    key = request.world.links.address_key(link)
    shown = {
        "form": form,
        "key": key,
        "role": link.role.value,
        "address": account.pending[link.role].address,
        "submission_id": request.world.new_token(),
    }
    return Page("mypage/address.html", shown, status, here=path_with(ADDRESS, key=key))


@pages.get(ADDRESS)
def show_address(request: PageRequest) -> Answer:
    """Behind the link: which address, and the password to confirm it with. Nothing changes by looking."""
    world = request.world
    link = world.links.address_link(request.query.get("key", ""))
    account = usecases_profile.open_link(world.begin, link, world.new_token(), request.now)
    if account is None:
        raise AddressLinkDead
    return _address_page(request, PayerPasswordForm(), account, link)


@pages.post(ADDRESS)
def post_address(request: PageRequest) -> Answer:
    """Put the new address in the old one's place."""
    world, submission_id = request.world, submission_of(request)
    link = world.links.address_link(request.form.get("key", ""))
    account = usecases_profile.open_link(world.begin, link, submission_id, request.now)
    if account is None:
        return SeeOther(ADDRESS_DONE)
    form = PayerPasswordForm(request.form)
    if not form.validate():
        return _address_page(request, form, account, link, 422)
    credentials = Credentials(account.id_suffix, form.payer_password.secret)
    if usecases.judge(world.begin, world.hasher, credentials, visit_of(request), lambda _: account) is None:
        form.payer_password.errors = [Problem("credentials_wrong")]
        return _address_page(request, form, account, link, 422)
    usecases_profile.confirm_address(world.begin, world, account, link, submission_id, request.now)
    return SeeOther(ADDRESS_DONE)


@pages.get(ADDRESS_DONE)
def show_address_confirmed(request: PageRequest) -> Answer:  # noqa: ARG001 - every view is given its request
    """That it is in place."""
    return Page("mypage/address_confirmed.html")

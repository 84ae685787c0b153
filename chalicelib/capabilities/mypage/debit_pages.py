"""Pages of ダイレクト納付口座: one set of views for both kinds, told apart by their path."""

from typing import Any

from chalicelib.banking import published_banks
from chalicelib.capabilities.mypage import usecases_debit
from chalicelib.capabilities.mypage.door import pages, submission_of
from chalicelib.capabilities.mypage.forms_debit import DebitAccountForm, bank_account_in, debit_values
from chalicelib.capabilities.mypage.usecases_debit import Page as Part
from chalicelib.capabilities.mypage.usecases_debit import Removal
from chalicelib.domain.debit_accounts import BankAccount, DebitAccount, DebitKind, is_debit_account_id
from chalicelib.domain.drafts import Draft
from chalicelib.domain.refusals import DebitAccountChanged, DebitAccountGone
from chalicelib.forms.text import to_ascii
from chalicelib.web.addresses import path_with
from chalicelib.web.answers import Answer, Facts, Page, SeeOther
from chalicelib.web.kept_forms import FORM, confirmed_form, keep_form, require_form, unconfirmed_form
from chalicelib.web.requests import PageRequest
from chalicelib.web.sessions import SignedIn, signed_in

TREASURY, LOCAL_TAX = "/mypage/treasury-accounts", "/mypage/local-tax-accounts"
PATHS = {DebitKind.TREASURY: TREASURY, DebitKind.LOCAL_TAX: LOCAL_TAX}
PAGE_SIZE = 50
_DONE = frozenset({"added", "changed", "removed"})


def _kind_of(request: PageRequest) -> DebitKind:
    return DebitKind.TREASURY if request.path.startswith(TREASURY) else DebitKind.LOCAL_TAX


def _common(kind: DebitKind) -> dict[str, Any]:
    return {"kind": kind, "path": PATHS[kind]}


def _found(request: PageRequest, signed: SignedIn, debit_id: str) -> DebitAccount:
    if not is_debit_account_id(debit_id, _kind_of(request)):
        raise DebitAccountGone
    return usecases_debit.find_debit_account(request.world.begin, signed.account, debit_id)


@pages.get(TREASURY)
@pages.get(LOCAL_TAX)
@signed_in
def show_debit_accounts(request: PageRequest, signed: SignedIn) -> Answer:
    """One part of the list."""
    kind = _kind_of(request)
    asked = {name: request.query.get(name, "") for name in ("after", "before")}
    bounds = {name: text for name, text in asked.items() if is_debit_account_id(text, kind)}
    part = usecases_debit.list_debit_accounts(request.world.begin, signed.account, kind, Part(PAGE_SIZE, **bounds))
    shown = {**_common(kind), "part": part, "counts": signed.account.debits_of(kind), "done": _done(request)}
    return Page("mypage/debit_accounts.html", shown)


def _done(request: PageRequest) -> str:
    said = request.query.get("done", "")
    return said if said in _DONE else ""


@pages.get(f"{TREASURY}/find")
@pages.get(f"{LOCAL_TAX}/find")
@signed_in
def show_list_again(request: PageRequest, signed: SignedIn) -> Answer:  # noqa: ARG001 - the list has the form
    """Where a search leads that met no session."""
    return SeeOther(PATHS[_kind_of(request)])


@pages.post(f"{TREASURY}/find")
@pages.post(f"{LOCAL_TAX}/find")
@signed_in
def find_by_id(request: PageRequest, signed: SignedIn) -> Answer:
    """「口座IDで探す」: straight to that one."""
    found = _found(request, signed, to_ascii(request.form.get("debit_account_id", "")).upper())
    return SeeOther(f"{PATHS[_kind_of(request)]}/{found.debit_account_id}")


def _entry_page(
    request: PageRequest,
    form: DebitAccountForm,
    draft: Draft | None,
    existing: DebitAccount | None,
    status: int | None = None,
) -> Page:
    """The form; when the account was changed since it was opened, what is stored now stands beside what was typed."""
    stored = _stored_meanwhile(draft, existing)
    if stored:
        request.entry.outcome = DebitAccountChanged.code
    shown = {**_common(_kind_of(request)), "form": form, "draft": draft, "existing": existing, "stored": stored}
    here = path_with(request.path, **({FORM: draft.name} if draft else {}))
    return Page("mypage/debit_entry.html", shown, status or (409 if stored else 200), here=here)


def _stored_meanwhile(draft: Draft | None, existing: DebitAccount | None) -> BankAccount | None:
    if draft is None or existing is None:
        return None
    is_overtaken = draft.values.get("version") not in {None, str(existing.version)}
    return existing.bank_account if is_overtaken else None


def _opened(request: PageRequest, signed: SignedIn, existing: DebitAccount | None) -> Answer:
    draft = unconfirmed_form(request, signed.id_suffix)
    stored = debit_values(existing.bank_account) if existing else {}
    form = DebitAccountForm(values=draft.values if draft else stored)
    form.look_up(published_banks())
    return _entry_page(request, form, draft, existing)


def _sent(request: PageRequest, signed: SignedIn, existing: DebitAccount | None) -> Answer:
    """Keep what was typed; look for a bank or a branch, or go on when all of it is in order."""
    form = DebitAccountForm(request.form)
    form.look_up(published_banks())
    is_search = "search" in request.form
    is_valid = not is_search and form.validate()
    values = form.values() if is_valid else form.as_typed()
    draft = _keep(request, signed, existing, values, is_valid=is_valid)
    if not is_valid and not is_search:
        return _entry_page(request, form, draft, existing, 422)
    path = f"{PATHS[_kind_of(request)]}/check" if is_valid else request.path
    return SeeOther(path_with(path, **{FORM: draft.name}))


def _keep(
    request: PageRequest, signed: SignedIn, existing: DebitAccount | None, values: dict[str, str], *, is_valid: bool
) -> Draft:
    version = request.form.get("version", "")
    changed = {"version": version, "debit_account_id": existing.debit_account_id} if existing else {}
    earlier = unconfirmed_form(request, signed.id_suffix)
    name = earlier.name if earlier else ""
    return keep_form(request, signed.id_suffix, {**values, **changed}, name=name, is_valid=is_valid)


@pages.get(f"{TREASURY}/new")
@pages.get(f"{LOCAL_TAX}/new")
@signed_in
def show_new_debit_account(request: PageRequest, signed: SignedIn) -> Answer:
    """ダイレクト納付口座新規作成."""
    usecases_debit.require_room(signed.account, _kind_of(request))
    return _opened(request, signed, None)


@pages.post(f"{TREASURY}/new")
@pages.post(f"{LOCAL_TAX}/new")
@signed_in
def post_new_debit_account(request: PageRequest, signed: SignedIn) -> Answer:
    """On to the check page."""
    return _sent(request, signed, None)


@pages.get(f"{TREASURY}/{{debit_id}}/change")
@pages.get(f"{LOCAL_TAX}/{{debit_id}}/change")
@signed_in
def show_debit_account_change(request: PageRequest, signed: SignedIn, debit_id: str) -> Answer:
    """What is stored, to be changed."""
    return _opened(request, signed, _found(request, signed, debit_id))


@pages.post(f"{TREASURY}/{{debit_id}}/change")
@pages.post(f"{LOCAL_TAX}/{{debit_id}}/change")
@signed_in
def post_debit_account_change(request: PageRequest, signed: SignedIn, debit_id: str) -> Answer:
    """On to the check page."""
    return _sent(request, signed, _found(request, signed, debit_id))


@pages.get(f"{TREASURY}/check")
@pages.get(f"{LOCAL_TAX}/check")
@signed_in
def show_debit_account_check(request: PageRequest, signed: SignedIn) -> Answer:
    """What will be stored."""
    draft, kind = require_form(request, signed.id_suffix), _kind_of(request)
    changed = draft.values.get("debit_account_id", "")
    if draft.result:
        return SeeOther(f"{PATHS[kind]}/{draft.result}")
    back = path_with(f"{PATHS[kind]}/{changed}/change" if changed else f"{PATHS[kind]}/new", **{FORM: draft.name})
    if draft.submission_id is None:
        return SeeOther(back)
    shown = {
        **_common(kind),
        "draft": draft,
        "bank_account": bank_account_in(draft.values),
        "back": back,
        "changed": changed,
    }
    return Page("mypage/debit_check.html", shown, here=path_with(request.path, **{FORM: draft.name}))


@pages.post(f"{TREASURY}/check")
@pages.post(f"{LOCAL_TAX}/check")
@signed_in
def post_debit_account_check(request: PageRequest, signed: SignedIn) -> Answer:
    """Store it."""
    draft, kind = confirmed_form(request, signed.id_suffix), _kind_of(request)
    begin, world = request.world.begin, request.world
    if changed := draft.values.get("debit_account_id"):
        try:
            stored = usecases_debit.change_debit_account(begin, world, signed.account, draft, request.now)
        except DebitAccountChanged:
            return SeeOther(path_with(f"{PATHS[kind]}/{changed}/change", **{FORM: draft.name}))
        return SeeOther(path_with(f"{PATHS[kind]}/{stored}", done="changed"))
    stored = usecases_debit.add_debit_account(begin, world, signed.account, kind, draft, request.now)
    return SeeOther(path_with(f"{PATHS[kind]}/{stored}", done="added"))


@pages.get(f"{TREASURY}/{{debit_id}}")
@pages.get(f"{LOCAL_TAX}/{{debit_id}}")
@signed_in
def show_debit_account(request: PageRequest, signed: SignedIn, debit_id: str) -> Answer:
    """「詳細」."""
    shown = {**_common(_kind_of(request)), "debit_account": _found(request, signed, debit_id), "done": _done(request)}
    return Page("mypage/debit_account.html", shown)


@pages.get(f"{TREASURY}/{{debit_id}}/delete")
@pages.get(f"{LOCAL_TAX}/{{debit_id}}/delete")
@signed_in
def show_debit_account_removal(request: PageRequest, signed: SignedIn, debit_id: str) -> Answer:
    """What will be deleted."""
    found = _found(request, signed, debit_id)
    shown = {**_common(_kind_of(request)), "debit_account": found, "submission_id": request.world.new_token()}
    return Page("mypage/debit_delete.html", shown)


@pages.post(f"{TREASURY}/{{debit_id}}/delete")
@pages.post(f"{LOCAL_TAX}/{{debit_id}}/delete")
@signed_in
def remove_debit_account(request: PageRequest, signed: SignedIn, debit_id: str) -> Answer:
    """Delete it."""
    kind = _kind_of(request)
    if not is_debit_account_id(debit_id, kind):
        raise DebitAccountGone
    removal = Removal(debit_id, request.form.get("version", ""), submission_of(request))
    usecases_debit.remove_debit_account(request.world.begin, request.world, signed.account, removal, request.now)
    return SeeOther(path_with(PATHS[kind], done="removed"))


@pages.get("/mypage/banks")
def search_banks(request: PageRequest) -> Answer:
    """For the script behind 金融機関名: at most 20 banks."""
    return _listed(published_banks().search(request.query.get("query", "")))


@pages.get("/mypage/banks/{bank_code}/branches")
def search_branches(request: PageRequest, bank_code: str) -> Answer:
    """For the script behind 支店名: at most 20 branches."""
    return _listed(published_banks().search_branches(bank_code, request.query.get("query", "")))


def _listed(entries: Any) -> Facts:
    return Facts([{"code": one.code, "name": one.name, "kana": one.kana} for one in entries], is_public=True)

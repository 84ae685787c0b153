"""Pages that set passwords."""

from collections.abc import Iterable

from chalicelib.capabilities.mypage import usecases, usecases_passwords
from chalicelib.capabilities.mypage.door import pages, password_rules, submission_of, visit_of, words_of_portal
from chalicelib.capabilities.mypage.forms import (
    FilerPasswordForm,
    NewPasswordForm,
    PasswordChangeForm,
    ResetRequestForm,
)
from chalicelib.capabilities.mypage.usecases import Credentials
from chalicelib.domain.accounts import Account
from chalicelib.domain.refusals import ResetLinkDead
from chalicelib.forms.passwords import PasswordForm
from chalicelib.forms.problems import Problem
from chalicelib.web.addresses import path_with
from chalicelib.web.answers import Answer, Page, SeeOther
from chalicelib.web.kept_forms import find_form
from chalicelib.web.requests import PageRequest
from chalicelib.web.sessions import SignedIn, current_session, signed_in, take_back_session

CHANGE, CHANGED = "/mypage/password", "/mypage/password/changed"
RESET, RESET_NEW, RESET_SENT = "/mypage/password-reset", "/mypage/password-reset/new", "/mypage/password-reset/sent"
FILER, FILER_CHANGED = "/mypage/filer-password", "/mypage/filer-password/changed"


@pages.get(CHANGE)
def show_password_change(request: PageRequest) -> Answer:
    """パスワード変更, with the ID that is known from the sign-in."""
    kept = find_form(request, "")
    signed = None if kept else current_session(request)
    known = kept.values if kept else {"payer_id": signed.account.payer_id} if signed else {}
    form = PasswordChangeForm(rules=password_rules(request), values=known)
    return _change_page(request, form, is_expired="is_expired" in known)


def _change_page(request: PageRequest, form: PasswordForm, status: int = 200, *, is_expired: bool = False) -> Page:
    shown = {"form": form, "is_expired": is_expired, "submission_id": request.world.new_token()}
    return Page("mypage/password.html", shown, status)


def _change_form(request: PageRequest, own_words: Iterable[str] = ()) -> PasswordChangeForm:
    typed_id = request.form.get("payer_id", "")
    words = [typed_id, *words_of_portal(request), *own_words]
    return PasswordChangeForm(request.form, rules=password_rules(request), own_words=words)


@pages.post(CHANGE)
def post_password_change(request: PageRequest) -> Answer:
    """Set the new password, when the current one is right. What the account is called is looked at only then."""
    world, form = request.world, _change_form(request)
    if not form.validate():
        return _change_page(request, form, 422)
    credentials = Credentials(form.payer_id.id_suffix, form.current_password.secret)
    submission_id, visit = submission_of(request), visit_of(request)
    opened = usecases_passwords.open_with_password(world.begin, world.hasher, credentials, submission_id, visit)
    if opened.is_repeated:
        return SeeOther(CHANGED)
    if opened.account is None:
        return _wrong_password(request, form)
    form = _change_form(request, opened.account.own_words)
    if not _is_acceptable(form):
        usecases.forget_attempts(world.begin, opened.account.id_suffix)
        return _change_page(request, form, 422)
    return _set(request, opened.account, form.new_password.secret) or _wrong_password(request, form)


def _wrong_password(request: PageRequest, form: PasswordChangeForm) -> Page:
    form.current_password.errors = [Problem("credentials_wrong")]
    return _change_page(request, form, 422)


def _is_acceptable(form: PasswordChangeForm) -> bool:
    """Whether the new password is none of the account's own words and not the current one once more."""
    if not form.validate():
        return False
    if form.new_password.secret == form.current_password.secret:
        form.new_password.errors = [Problem("same_as_current")]
    return not form.new_password.errors


def _set(request: PageRequest, account: Account, password: str) -> SeeOther | None:
    world = request.world
    password_hash = world.hasher.hash(password)
    is_set = usecases_passwords.set_payer_password(
        world.begin, world, account, password_hash, submission_of(request), request.now
    )
    if not is_set:
        return None
    take_back_session(request)
    return SeeOther(CHANGED)


@pages.get(CHANGED)
def show_password_changed(request: PageRequest) -> Answer:  # noqa: ARG001 - every view is given its request
    """パスワード変更結果通知."""
    return Page("mypage/password_changed.html")


@pages.get(RESET)
def show_reset(request: PageRequest) -> Answer:  # noqa: ARG001
    """パスワード初期化."""
    return Page("mypage/reset.html", {"form": ResetRequestForm()})


@pages.post(RESET)
def post_reset(request: PageRequest) -> Answer:
    """Always the same answer."""
    form = ResetRequestForm(request.form)
    if not form.validate():
        return Page("mypage/reset.html", {"form": form}, 422)
    world = request.world
    usecases_passwords.ask_for_reset(
        world.begin, world, form.payer_id.id_suffix, form.management_email.data, request.language, request.now
    )
    return SeeOther(RESET_SENT)


@pages.get(RESET_SENT)
def show_reset_sent(request: PageRequest) -> Answer:  # noqa: ARG001
    """What to do next, whether or not there was anybody to write to."""
    return Page("mypage/reset_sent.html")


def _new_password_page(
    request: PageRequest, key: str, form: NewPasswordForm, account: Account, status: int = 200
) -> Page:
    shown = {"form": form, "key": key, "payer_id": account.payer_id, "submission_id": request.world.new_token()}
    return Page("mypage/reset_new.html", shown, status, here=path_with(RESET_NEW, key=key))


@pages.get(RESET_NEW)
def show_new_password(request: PageRequest) -> Answer:
    """The form behind the link. Nothing changes, however often it is fetched."""
    key = request.query.get("key", "")
    link = request.world.links.reset_link(key)
    opened = usecases_passwords.open_with_link(request.world.begin, link, request.world.new_token(), request.now)
    if opened.account is None:
        raise ResetLinkDead
    return _new_password_page(request, key, NewPasswordForm(rules=password_rules(request)), opened.account)


@pages.post(RESET_NEW)
def post_new_password(request: PageRequest) -> Answer:
    """Set the password, and unlock the ID."""
    key, submission_id = request.form.get("key", ""), submission_of(request)
    link = request.world.links.reset_link(key)
    opened = usecases_passwords.open_with_link(request.world.begin, link, submission_id, request.now)
    if opened.is_repeated or opened.account is None:
        return SeeOther(CHANGED)
    words = (*opened.account.own_words, *words_of_portal(request))
    form = NewPasswordForm(request.form, rules=password_rules(request), own_words=words)
    if not form.validate():
        return _new_password_page(request, key, form, opened.account, 422)
    answer = _set(request, opened.account, form.new_password.secret)
    if answer is None:
        raise ResetLinkDead
    return answer


def _filer_page(request: PageRequest, form: FilerPasswordForm, status: int = 200) -> Page:
    return Page("mypage/filer_password.html", {"form": form, "submission_id": request.world.new_token()}, status)


@pages.get(FILER)
@signed_in
def show_filer_password(request: PageRequest, signed: SignedIn) -> Answer:  # noqa: ARG001
    """一括利用者パスワード初期化."""
    return _filer_page(request, FilerPasswordForm(rules=password_rules(request)))


@pages.post(FILER)
@signed_in
def post_filer_password(request: PageRequest, signed: SignedIn) -> Answer:
    """Set it, when the payer password is right."""
    world, submission_id = request.world, submission_of(request)
    words = (*signed.account.own_words, *words_of_portal(request))
    form = FilerPasswordForm(request.form, rules=password_rules(request), own_words=words)
    if not form.validate():
        return _filer_page(request, form, 422)
    credentials = Credentials(signed.id_suffix, form.payer_password.secret)
    opened = usecases_passwords.open_with_password(
        world.begin, world.hasher, credentials, submission_id, visit_of(request)
    )
    if opened.is_repeated:
        return SeeOther(FILER_CHANGED)
    password_hash = world.hasher.hash(form.filer_password.secret)
    if opened.account is None or not usecases_passwords.set_filer_password(
        world.begin, world, opened.account, password_hash, submission_id, request.now
    ):
        form.payer_password.errors = [Problem("credentials_wrong")]
        return _filer_page(request, form, 422)
    return SeeOther(FILER_CHANGED)


@pages.get(FILER_CHANGED)
@signed_in
def show_filer_password_changed(request: PageRequest, signed: SignedIn) -> Answer:  # noqa: ARG001
    """That it is set."""
    return Page("mypage/filer_password_changed.html")

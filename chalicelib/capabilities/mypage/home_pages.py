"""Pages of マイページ itself: the menu, ログイン履歴, the bulk payment file."""

import re

from chalicelib.capabilities.mypage import usecases, usecases_bulk_file, usecases_debit
from chalicelib.capabilities.mypage.door import pages, password_lifetime, submission_of
from chalicelib.capabilities.mypage.usecases_debit import Page as Part
from chalicelib.domain.bulk_files import file_names, file_of
from chalicelib.domain.debit_accounts import DebitKind
from chalicelib.sealing import bulk_file_seal
from chalicelib.web.answers import Answer, Download, Facts, Page, SeeOther
from chalicelib.web.requests import PageRequest
from chalicelib.web.sessions import HOME, SignedIn, signed_in

BULK_FILE = "/mypage/bulk-payment-file"
DOWNLOAD = f"{BULK_FILE}/download"
SIGN_INS = "/mypage/sign-ins"
SHOWN_ACCOUNTS = 5
SHOWN_SIGN_INS = 50
_AFTER = re.compile(r"[0-9T:+-]{13,25}#[A-Za-z0-9_-]{1,16}", re.ASCII)


@pages.get(HOME)
@signed_in
def show_home(request: PageRequest, signed: SignedIn) -> Answer:
    """The menu of the manual, what is stored, the first debit accounts of each kind, the last sign-ins."""
    parts = {
        kind: usecases_debit.list_debit_accounts(request.world.begin, signed.account, kind, Part(SHOWN_ACCOUNTS))
        for kind in DebitKind
    }
    shown = {
        "account": signed.account,
        "parts": parts,
        "recent": signed.session.recent,
        "password_expires_at": signed.account.password_expires_at(password_lifetime(request)),
        "bulk_file": file_of(signed.account),
        "submission_id": request.world.new_token(),
    }
    return Page("mypage/home.html", shown)


@pages.get(SIGN_INS)
@signed_in
def show_sign_ins(request: PageRequest, signed: SignedIn) -> Answer:
    """ログイン履歴: the last 90 days."""
    after = request.query.get("after", "")
    bounds = {"after": after} if _AFTER.fullmatch(after) else {}
    part = usecases.sign_in_history(
        request.world.begin, signed.account, SHOWN_SIGN_INS, request.now, bounds.get("after")
    )
    return Page("mypage/sign_ins.html", {"part": part, "is_first": not bounds})


@pages.get(BULK_FILE)
@signed_in
def show_bulk_file(request: PageRequest, signed: SignedIn) -> Answer:
    """まとめ納付管理ファイル: what it is for, which one is good, and a new one."""
    shown = {"bulk_file": file_of(signed.account), "submission_id": request.world.new_token()}
    return Page("mypage/bulk_file.html", shown)


@pages.post(BULK_FILE)
@signed_in
def issue_bulk_file(request: PageRequest, signed: SignedIn) -> Answer:
    """Issue a new one, and save it."""
    is_new = usecases_bulk_file.issue_bulk_file(
        request.world.begin, signed.account, submission_of(request), request.now
    )
    request.entry.outcome = "bulk_file_issued" if is_new else "repeated"
    return SeeOther(DOWNLOAD)


@pages.get(DOWNLOAD)
@signed_in
def download_bulk_file(request: PageRequest, signed: SignedIn) -> Answer:
    """The one that is good, as often as it is asked for."""
    file = file_of(signed.account)
    if file is None or file.is_expired(request.now):
        return SeeOther(BULK_FILE)
    settings = request.world.settings
    name, ascii_name = file_names(file, settings.service_short_name)
    return Download(bulk_file_seal(settings).sealed(file), "application/json; charset=utf-8", name, ascii_name)


@pages.get("/.well-known/bulk-payment-file-keys.json")
def show_bulk_file_keys(request: PageRequest) -> Answer:
    """With which keys anybody can check such files (RFC 7517)."""
    return Facts(bulk_file_seal(request.world.settings).public_keys(), is_public=True)

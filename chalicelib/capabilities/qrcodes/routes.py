"""Pages of 二次元コード発行: the form, the code, and the keys that anybody can check codes with."""

import hashlib

from chalicelib.capabilities.qrcodes import usecases
from chalicelib.capabilities.qrcodes.forms import CodeForm
from chalicelib.capabilities.qrcodes.usecases import CodeWanted
from chalicelib.code_sealing import qr_code_seal
from chalicelib.domain.code_refusals import CodeNotShown
from chalicelib.domain.lookup_keys import is_lookup_key
from chalicelib.domain.passwords import PasswordRules
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose
from chalicelib.domain.receivers import receiver_key
from chalicelib.texts.portal import portal_names
from chalicelib.web.answers import Answer, Facts, Page, SeeOther
from chalicelib.web.code_pictures import picture_of
from chalicelib.web.pages import Pages
from chalicelib.web.requests import PageRequest, is_token

ENTRY = "/qrcodes"
pages = Pages(__name__)


def _form(request: PageRequest, *, is_sent: bool = False) -> CodeForm:
    rules = PasswordRules(request.world.settings.password_min_length)
    words = (*portal_names(request.world.settings), request.form.get("receiver_name", ""))
    return CodeForm(request.form if is_sent else None, rules=rules, own_words=words)


def _entry_page(request: PageRequest, form: CodeForm, status: int = 200) -> Page:
    return Page("qrcodes/entry.html", {"form": form, "submission_id": request.world.new_token()}, status)


@pages.get(ENTRY)
def show_entry(request: PageRequest) -> Answer:
    """使用目的, 手続種別, 受取者名, password twice."""
    return _entry_page(request, _form(request))


def _entry_again(request: PageRequest) -> Answer:
    """The form was opened before the browser was closed: once more, nothing is wrong."""
    return _entry_page(request, _form(request, is_sent=True), 409)


@pages.post(ENTRY, stale=_entry_again)
def post_entry(request: PageRequest) -> Answer:
    """To the code."""
    form = _form(request, is_sent=True)
    if not form.validate():
        return _entry_page(request, form, 422)
    world = request.world
    key = usecases.issue_code(world.begin, world, _wanted(request, form), request.now)
    request.entry.outcome = "code_issued"
    return SeeOther(f"{ENTRY}/{key}")


def _wanted(request: PageRequest, form: CodeForm) -> CodeWanted:
    purpose, name = Purpose(form.purpose.data), form.full_name()
    procedure = Procedure(form.procedure.data) if purpose is Purpose.AUTHENTICATION else None
    credential = request.world.hasher.credential(form.receiver_password.secret, receiver_key(name))
    sent = request.form.get("submission_id", "")
    token = sent if is_token(sent) else request.world.new_token()
    return CodeWanted(
        purpose=purpose,
        receiver_name=name,
        credential=credential,
        procedure=procedure,
        browser=_digest(request.visitor),
        # Who goes back and fills in the same page otherwise wants another code.
        submission_id=_digest("\n".join((token, purpose, procedure or "", name, credential))),
    )


@pages.get(f"{ENTRY}/{{lookup_key}}")
def show_code(request: PageRequest, lookup_key: str) -> Answer:
    """二次元コード確認, in the browser that issued it."""
    if not is_lookup_key(lookup_key):
        raise CodeNotShown
    code = usecases.show_code(request.world.begin, lookup_key, _digest(request.visitor), request.now)
    text = qr_code_seal(request.world.settings).sealed(code.says)
    return Page("qrcodes/code.html", {"code": code, "picture": picture_of(text)})


@pages.get("/.well-known/qr-code-keys.json")
def show_keys(request: PageRequest) -> Answer:
    """With which keys anybody can check codes (RFC 7517)."""
    return Facts(qr_code_seal(request.world.settings).public_keys(), is_public=True)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

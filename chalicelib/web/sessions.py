"""Pages behind the sign-in: the session's cookie, its two ends, and the way back after signing in again."""

import re
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.accounts import Account
from chalicelib.domain.refusals import AnotherAccount
from chalicelib.domain.sessions import Session, SessionMark, session_end
from chalicelib.web.addresses import path_with
from chalicelib.web.answers import SeeOther
from chalicelib.web.cookies import Cookie
from chalicelib.web.kept_forms import FORM, keep_what_was_sent
from chalicelib.web.presence import Presence, guarded_by
from chalicelib.web.requests import PageRequest, is_token

SIGN_IN = "/mypage/login"
HOME = "/mypage"
SESSION, BACK, KEPT = "session", "back", "kept"
ANYBODY = "------"
_OWNER = re.compile(r"[A-Z]{2}[0-9]{4}", re.ASCII)
_PATH = re.compile(r"/mypage(?:/[A-Za-z0-9-]{1,30}){0,4}", re.ASCII)


@dataclass(frozen=True)
class SignedIn(Presence):
    """Whose page it is, and how long the session lasts without another request."""

    session: Session
    account: Account
    ends_at: datetime
    now: datetime
    kind = "account"
    session_path = "/mypage/session"
    sign_out_path = "/mypage/logout"

    @property
    def id_suffix(self) -> str:
        """The account's suffix."""
        return self.account.id_suffix

    @property
    def owner(self) -> str:
        """The same, which its forms carry along."""
        return self.account.id_suffix

    @property
    def label(self) -> str:
        """The ID as people read it."""
        return self.account.payer_id

    @property
    def kept_until(self) -> datetime:
        """When the session ends at the latest."""
        return self.session.kept_until


def mark_of(request: PageRequest) -> SessionMark | None:
    """What this browser's cookie says, if it is one of ours."""
    return request.world.session_marks.read(request.cookies.get(SESSION, ""))


def current_session(request: PageRequest) -> SignedIn | None:
    """The session of this browser, prolonged; None when there is none that counts."""
    mark = mark_of(request)
    if mark is None:
        return None
    with request.world.begin() as work:
        found = work.sessions.find(mark.name, mark.id_suffix)
    if found is None:
        return None
    session, account = found
    if not session.is_alive(account.epoch, mark.seen_at, request.now):
        return None
    hand_out(request, session)
    return SignedIn(session, account, session_end(session.born_at, request.now), request.now)


def hand_out(request: PageRequest, session: Session) -> None:
    """Let the browser keep the session until it closes, seen now."""
    mark = SessionMark(session.name, session.id_suffix, request.now)
    request.set(Cookie(SESSION, request.world.session_marks.written(mark)))


def take_back_session(request: PageRequest) -> None:
    """Let the browser forget the session; where it was to go on waits for the next sign-in."""
    request.set(Cookie(SESSION, "", max_age=0))


def take_back(request: PageRequest) -> None:
    """Let the browser forget the session, and where it was to go on."""
    for name in (SESSION, BACK, KEPT):
        request.set(Cookie(name, "", max_age=0))


def _to_sign_in(request: PageRequest) -> SeeOther:
    """Remember whose page was asked for, where it is, and what was typed there."""
    if _PATH.fullmatch(request.path):
        mark = mark_of(request)
        owner = mark.id_suffix if mark else request.form.get("signed_in_as", "")
        request.set(Cookie(BACK, f"{owner if _OWNER.fullmatch(owner) else ANYBODY}{request.path.replace('/', '_')}"))
        request.set(Cookie(KEPT, _name_of_kept(request)))
    return SeeOther(SIGN_IN)


def _name_of_kept(request: PageRequest) -> str:
    """Under which name the form waits: a check page only confirms what is kept already."""
    if request.method != "POST":
        asked = request.query.get(FORM, "")
    elif "submission_id" in request.form:
        asked = request.form.get(FORM, "")
    else:
        asked = keep_what_was_sent(request)
    return asked if is_token(asked) else ""


signed_in = guarded_by(current_session, _to_sign_in, AnotherAccount)
"""For views `(request, signed, **parameters)`: without a session, the sign-in comes first, and nothing is lost."""


def has_kept_form(request: PageRequest) -> bool:
    """Whether something typed waits for its person to sign in again."""
    return request.token_in(KEPT) is not None


def after_sign_in(request: PageRequest, id_suffix: str) -> SeeOther:
    """To the page that asked for the sign-in, with what was typed there, if it was this account's; else to My Page."""
    back, name = request.cookies.get(BACK, ""), request.token_in(KEPT)
    for cookie in (BACK, KEPT):
        request.set(Cookie(cookie, "", max_age=0))
    owner, path = back[: len(ANYBODY)], back[len(ANYBODY) :].replace("_", "/")
    if owner not in {ANYBODY, id_suffix} or not _PATH.fullmatch(path):
        return SeeOther(HOME)
    return SeeOther(path_with(path, **({FORM: name} if name else {})))

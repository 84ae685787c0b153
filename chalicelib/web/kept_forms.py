"""Forms of people who are signed in, kept on the server: each under a name of its own, so that tabs do not meet.

A form belongs to the account whose pages it came from, and to its screen; for everybody else, and on other screens, it
is not there. It outlives the session, so that what was typed comes back after signing in again. What was sent without a
session is anybody's word: only the same browser finds it, so that no stranger fills in a form for somebody else.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.drafts import Draft, new_draft
from chalicelib.domain.refusals import DraftGone
from chalicelib.web.requests import PageRequest, is_token

FORM = "form"
KEPT_FOR = timedelta(hours=2)
_OWNER, _SCREEN, _BROWSER = "kept_for", "kept_at", "kept_in"
_LONGEST_TEXT = 500
_NOT_KEPT = ("password", "csrf_token", "signed_in_as", FORM)


def keep_form(
    request: PageRequest,
    id_suffix: str,
    values: Mapping[str, str],
    *,
    name: str = "",
    is_valid: bool = False,
    path: str = "",
) -> Draft:
    """Keep what was typed, under `name` when it was kept before; what `is_valid` may be confirmed.

    It is for the screen at `path`, which is the request's own unless another is named.
    """
    owned = {**values, _OWNER: id_suffix, _SCREEN: _screen_at(path or request.path)}
    fresh = new_draft(name or request.world.new_token(), request.entry.capability, request.now, owned, KEPT_FOR)
    draft = replace(fresh, submission_id=request.world.new_token() if is_valid else None)
    with request.world.begin() as work:
        work.drafts.keep(draft)
    return draft


def keep_what_was_sent(request: PageRequest) -> str:
    """Keep the form of a request that met no session; the answer is its name. Secrets are to be typed anew."""
    values = {
        name: value
        for name, value in request.form.items()
        if len(value) <= _LONGEST_TEXT and not any(mark in name for mark in _NOT_KEPT)
    }
    return keep_form(request, request.form.get("signed_in_as", ""), {**values, _BROWSER: _browser_of(request)}).name


def find_form(request: PageRequest, id_suffix: str) -> Draft | None:
    """The form that the request speaks of, if it is kept and belongs to the account and the screen."""
    asked = request.form.get(FORM) or request.query.get(FORM, "")
    if not is_token(asked):
        return None
    try:
        with request.world.begin() as work:
            draft = work.drafts.find(asked, request.now).of(request.entry.capability)
    except DraftGone:
        return None
    expected = {_OWNER: id_suffix, _SCREEN: _screen_at(request.path)}
    if _BROWSER in draft.values:
        expected[_BROWSER] = _browser_of(request)
    return draft if expected.items() <= draft.values.items() else None


def unconfirmed_form(request: PageRequest, id_suffix: str) -> Draft | None:
    """The same, unless it was confirmed already: then the next thing typed is another form."""
    draft = find_form(request, id_suffix)
    return None if draft and draft.result else draft


def _screen_at(path: str) -> str:
    return "/".join(path.split("/")[:3])


def _browser_of(request: PageRequest) -> str:
    return hashlib.sha256(request.visitor.encode()).hexdigest()


def require_form(request: PageRequest, id_suffix: str) -> Draft:
    """The same. Raises DraftGone."""
    draft = find_form(request, id_suffix)
    if draft is None:
        raise DraftGone
    return draft


def confirmed_form(request: PageRequest, id_suffix: str) -> Draft:
    """The form that a check page confirms. Raises DraftGone, SubmissionStale."""
    draft = require_form(request, id_suffix)
    draft.require_submission(request.form.get("submission_id", ""))
    return draft

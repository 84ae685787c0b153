"""Forms of people who are signed in, kept on the server: each under a name of its own, so that tabs do not meet.

A form belongs to the account whose pages it came from; for everybody else it is not there. It outlives the session, so
that what was typed comes back after signing in again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.drafts import Draft, new_draft
from chalicelib.domain.refusals import DraftGone
from chalicelib.web.requests import PageRequest, is_token

FORM = "form"
KEPT_FOR = timedelta(hours=2)
_OWNER = "kept_for"
_NOT_KEPT = ("password", "csrf_token", "signed_in_as", FORM)


def keep_form(
    request: PageRequest, id_suffix: str, values: Mapping[str, str], *, name: str = "", is_valid: bool = False
) -> Draft:
    """Keep what was typed, under `name` when it was kept before; what `is_valid` may be confirmed."""
    owned = {**values, _OWNER: id_suffix}
    fresh = new_draft(name or request.world.new_token(), request.entry.capability, request.now, owned, KEPT_FOR)
    draft = replace(fresh, submission_id=request.world.new_token() if is_valid else None)
    with request.world.begin() as work:
        work.drafts.keep(draft)
    return draft


def keep_what_was_sent(request: PageRequest) -> str:
    """Keep the form of a request that met no session; the answer is its name. Secrets are to be typed anew."""
    values = {name: value for name, value in request.form.items() if not any(mark in name for mark in _NOT_KEPT)}
    return keep_form(request, request.form.get("signed_in_as", ""), values).name


def find_form(request: PageRequest, id_suffix: str, name: str | None = None) -> Draft | None:
    """The form that the address, or `name`, speaks of, if it is kept and belongs to the account."""
    asked = name or request.form.get(FORM) or request.query.get(FORM, "")
    if not is_token(asked):
        return None
    try:
        with request.world.begin() as work:
            draft = work.drafts.find(asked, request.now).of(request.entry.capability)
    except DraftGone:
        return None
    return draft if draft.values.get(_OWNER) == id_suffix else None


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

"""What was typed into an unfinished form, kept on the server."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.refusals import DraftGone, SubmissionStale

DRAFT_LIFETIME = timedelta(minutes=30)


@dataclass(frozen=True)
class Draft:
    """An unfinished form of one browser.

    `name` is the random name that only the browser's cookie holds (stored as a digest).
    `submission_id` names what the check page showed; `result` is what confirming it led to, once it did.
    """

    name: str
    capability: str
    expires_at: datetime
    values: Mapping[str, str]
    submission_id: str | None = None
    result: str | None = None

    def of(self, capability: str) -> "Draft":
        """The draft, if it is one of this capability: its name proves nothing elsewhere. Raises DraftGone."""
        if self.capability != capability:
            raise DraftGone
        return self

    def typed(self, values: Mapping[str, str], submission_id: str | None) -> "Draft":
        """The draft after a form was sent: new values, nothing confirmed."""
        return replace(self, values=dict(values), submission_id=submission_id, result=None)

    def settled(self, result: str, expires_at: datetime, values: Mapping[str, str]) -> "Draft":
        """The draft after it was confirmed; `values` is what of the typed is still needed."""
        return replace(self, result=result, expires_at=expires_at, values=dict(values))

    def require_submission(self, submission_id: str) -> None:
        """Refuse to confirm anything but what the newest check page showed. Raises SubmissionStale."""
        if not submission_id or submission_id != self.submission_id:
            raise SubmissionStale


@dataclass(frozen=True)
class Asked:
    """What a confirmed check page asks for: whose draft, which submission, in which language."""

    draft_name: str
    submission_id: str
    language: str


def new_draft(
    name: str,
    capability: str,
    now: datetime,
    values: Mapping[str, str] | None = None,
    lifetime: timedelta = DRAFT_LIFETIME,
) -> Draft:
    """A draft that lives 30 minutes from `now`, or another `lifetime`."""
    return Draft(name, capability, now + lifetime, dict(values or {}))

"""Issuing codes about receivers, and showing them to whoever issued them. Nothing tells whether a receiver exists."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.application_refusals import EventSeen
from chalicelib.domain.code_refusals import CodeNotShown
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose, QrCode
from chalicelib.domain.seen_events import SeenEvent
from chalicelib.ports import Begin, Chance
from chalicelib.verbs.qr_codes import drawn_key, end_of_code, until_free

_SOURCE = "qrcodes"


@dataclass(frozen=True)
class CodeWanted:
    """What was asked for. `browser`: digest of the browser's name. `submission_id`: of the form, sent once or again."""

    purpose: Purpose
    receiver_name: str
    credential: str
    procedure: Procedure | None
    browser: str
    submission_id: str

    @property
    def form(self) -> str:
        """The form as it was filled in: gone back to and changed, it is another."""
        asked = (self.purpose.value, self.procedure or "", self.receiver_name, self.credential)
        return "\n".join((self.submission_id, *asked))


def issue_code(begin: Begin, chance: Chance, wanted: CodeWanted, now: datetime) -> str:
    """The key of a new code; the same form again gives the same code."""

    def store() -> str:
        code = QrCode(
            lookup_key=drawn_key(chance, wanted.purpose),
            purpose=wanted.purpose,
            issued_at=now,
            expires_at=end_of_code(wanted.purpose, now),
            receiver_name=wanted.receiver_name,
            credential=wanted.credential,
            procedure=wanted.procedure,
            shown_to=wanted.browser,
        )
        with begin() as work:
            work.events.note(_SOURCE, wanted.form, SeenEvent(wanted.browser, code.lookup_key), now)
            work.qr_codes.add(code)
        return code.lookup_key

    try:
        return until_free(store)
    except EventSeen:
        with begin() as work:
            (seen,) = work.events.find(_SOURCE, [wanted.form])
        if seen is None or seen.digest != wanted.browser:
            raise CodeNotShown from None
        return seen.result


def show_code(begin: Begin, lookup_key: str, browser: str, now: datetime) -> QrCode:
    """A code, for the browser that issued it. Raises CodeNotShown."""
    with begin() as work:
        code = work.qr_codes.find(lookup_key)
    if code is None or not code.is_shown_to(browser, now):
        raise CodeNotShown
    return code

"""Looking at a code at the counter: one verdict, and what can be done."""

import re
from datetime import datetime

from chalicelib.capabilities.counter.usecases import At, deed_of
from chalicelib.domain.application_states import State
from chalicelib.domain.audit import Deed
from chalicelib.domain.code_refusals import CodeForged
from chalicelib.domain.lookup_keys import is_lookup_key
from chalicelib.domain.officers import Officer
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import CodeSays, Purpose, QrCode
from chalicelib.domain.verdicts import Collectable, Scan, Verdict, collectable, verdict_on, verdict_on_receiver
from chalicelib.ports import Begin, CodeSealer, Work

AT_ONCE = 20
"""How many applications are handed over in one transaction."""

_CODE_OF_OURS = re.compile(r"MDG[0-9][A-Z0-9]{20,}", re.ASCII)


def scan(begin: Begin, sealer: CodeSealer, officer: Officer, typed: str, at: At) -> Scan:
    """The verdict on what was scanned or typed (converted to half-width capitals, without spaces and hyphens)."""
    says: CodeSays | None = None
    if _CODE_OF_OURS.fullmatch(typed):
        try:
            says = sealer.opened(typed)
        except CodeForged:
            return _noted(begin, officer, Scan(Verdict.FORGED), "", at)
    elif not is_lookup_key(typed):
        return _noted(begin, officer, Scan(Verdict.UNREADABLE), "", at)
    key = says.lookup_key if says else typed
    return _noted(begin, officer, look_at(begin, officer, key, says, at.now), key, at)


def look_at(begin: Begin, officer: Officer, lookup_key: str, says: CodeSays | None, now: datetime) -> Scan:
    """The verdict on a code, from what is stored now."""
    with begin() as work:
        code = work.qr_codes.find(lookup_key)
        against = verdict_on(code, says, officer.office, now)
        if code is None or against:
            return Scan(against or Verdict.NOT_FOUND, code)
        if code.purpose is Purpose.SINGLE_VEHICLE:
            return _single(work, code, officer)
        return _of_receiver(work, code, officer)


def _of_receiver(work: Work, code: QrCode, officer: Officer) -> Scan:
    receiver = work.receivers.find(code.receiver_name)
    against = verdict_on_receiver(code, receiver)
    if against or code.purpose is not Purpose.AUTHENTICATION or code.procedure is None:
        return Scan(against or Verdict.VALID, code, receiver)
    ready = work.collectables.of_receiver(code.receiver_name, code.procedure, officer.office, AT_ONCE + 1)
    verdict = Verdict.VALID if ready else Verdict.NOTHING_READY
    return Scan(verdict, code, receiver, tuple(ready[:AT_ONCE]), more=len(ready) > AT_ONCE)


def _single(work: Work, code: QrCode, officer: Officer) -> Scan:
    """A single vehicle's code opens its application for any bearer, at the office where it lies, while it is ready."""
    application = work.applications.find(code.application_number or "")
    if application is None or application.pickup_code != code.lookup_key:
        return Scan(Verdict.REVOKED, code)
    if application.state in {State.RETURNED, State.ISSUED}:
        return Scan(Verdict.USED, code)
    if not application.is_ready:
        return Scan(Verdict.REVOKED, code)
    if application.record.office != officer.office:
        return Scan(Verdict.OTHER_OFFICE, code, office=application.record.office)
    return Scan(Verdict.VALID, code, ready=(collectable(application),))


def _noted(begin: Begin, officer: Officer, seen: Scan, about: str, at: At) -> Scan:
    with begin() as work:
        work.audit.note(deed_of(officer, Deed.SCANNED, about, seen.verdict.value, at))
    return seen


def shelf(
    begin: Begin, officer: Officer, procedure: Procedure, limit: int, after: str | None, at: At
) -> tuple[list[Collectable], str | None]:
    """What is ready at the officer's office, of one procedure."""
    state = State.READY_TO_RETURN if procedure is Procedure.CONTINUATION else State.READY_TO_ISSUE
    with begin() as work:
        found = work.collectables.of_office(officer.office, state, limit, after)
        work.audit.note(deed_of(officer, Deed.LISTED, procedure.value, str(len(found[0])), at))
    return found

"""Pages of 読み取り: the scan, its verdict in the same answer, and what follows from it."""

import re
from dataclasses import replace

from chalicelib.capabilities.counter import usecases_approval, usecases_scan
from chalicelib.capabilities.counter.door import at, pages
from chalicelib.capabilities.counter.forms import ApprovalForm, ScanForm
from chalicelib.code_sealing import qr_code_seal
from chalicelib.domain.application_numbers import is_application_number
from chalicelib.domain.code_refusals import MayNotApprove, ScanMoved
from chalicelib.domain.lookup_keys import is_lookup_key
from chalicelib.domain.offices import OFFICES
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.verdicts import Scan, Verdict
from chalicelib.web.answers import Answer, Page
from chalicelib.web.counter import COUNTER, OnDuty, on_duty
from chalicelib.web.headers import CAMERA
from chalicelib.web.requests import PageRequest

SCAN, APPROVAL, HAND_OVER, SHELF = "/counter/scan", "/counter/approval", "/counter/hand-over", "/counter/shelf"
SHOWN_ON_SHELF = 50
_TICK = "application_"
_CURSOR = re.compile(r"[0-9]{1,20}#[0-9]{17}", re.ASCII)


def _scan_page(duty: OnDuty, form: ScanForm, status: int = 200) -> Page:
    shown = {"form": form, "office": OFFICES.get(duty.officer.office)}
    return Page("counter/scan.html", shown, status, headers=CAMERA)


@pages.get(COUNTER)
@on_duty
def show_scan(request: PageRequest, duty: OnDuty) -> Answer:  # noqa: ARG001 - every view is given its request
    """One field, ready for a scanner, a camera, a photo or a typed key."""
    return _scan_page(duty, ScanForm())


@pages.post(SCAN)
@on_duty
def post_scan(request: PageRequest, duty: OnDuty) -> Answer:
    """The verdict, in one round trip: looking changes nothing but the audit log."""
    form = ScanForm(request.form)
    if not form.validate():
        return replace(_scan_page(duty, form, 422), here=COUNTER)
    sealer = qr_code_seal(request.world.settings)
    seen = usecases_scan.scan(request.world.begin, sealer, duty.officer, form.scanned.data, at(request))
    request.entry.outcome = seen.verdict.value
    return _verdict_page(duty, seen, ApprovalForm())


def _verdict_page(duty: OnDuty, seen: Scan, approval: ApprovalForm, status: int = 200) -> Page:
    shown = {
        "seen": seen,
        "form": ScanForm(),
        "approval": approval,
        "may_approve": duty.officer.may_approve,
        "office": OFFICES.get(duty.officer.office),
        "other_office": OFFICES.get(seen.office),
        "used_at_office": OFFICES.get(seen.code.redemption.office) if seen.code and seen.code.redemption else None,
        "is_valid": seen.verdict is Verdict.VALID,
    }
    return Page("counter/verdict.html", shown, status, here=COUNTER, headers=CAMERA)


def _key_in(request: PageRequest) -> str:
    key = request.form.get("lookup_key", "")
    if not is_lookup_key(key):
        raise ScanMoved
    return key


def _verdict_again(request: PageRequest, duty: OnDuty, key: str, approval: ApprovalForm) -> Page:
    """What was scanned, once more, because a tick is missing; only while there is still something to tick."""
    seen = usecases_scan.look_at(request.world.begin, duty.officer, key, None, request.now)
    if seen.verdict is not Verdict.VALID or bool(seen.ready) is bool(approval.problems()):
        raise ScanMoved
    return _verdict_page(duty, seen, approval, 422)


@pages.post(APPROVAL)
@on_duty
def post_approval(request: PageRequest, duty: OnDuty) -> Answer:
    """The papers were in order."""
    key, form = _key_in(request), ApprovalForm(request.form)
    if not duty.officer.may_approve:
        raise MayNotApprove
    if not form.validate():
        return _verdict_again(request, duty, key, form)
    code = usecases_approval.approve(request.world.begin, duty.officer, key, at(request))
    request.entry.outcome = code.purpose.value
    return Page("counter/approved.html", {"code": code, "form": ScanForm()}, here=COUNTER, headers=CAMERA)


@pages.post(HAND_OVER)
@on_duty
def post_hand_over(request: PageRequest, duty: OnDuty) -> Answer:
    """The ticked applications were handed over."""
    world, key = request.world, _key_in(request)
    numbers = sorted(name.removeprefix(_TICK) for name in request.form if name.startswith(_TICK))
    if not numbers:
        return _verdict_again(request, duty, key, ApprovalForm())
    if not all(map(is_application_number, numbers)):
        raise ScanMoved
    collected = usecases_approval.hand_over(world.begin, world, duty.officer, key, numbers, at(request))
    request.entry.outcome = "handed_over"
    shown = {"collected": collected, "lookup_key": key, "form": ScanForm()}
    return Page("counter/handed_over.html", shown, here=COUNTER, headers=CAMERA)


@pages.get(SHELF)
@on_duty
def show_shelf(request: PageRequest, duty: OnDuty) -> Answer:
    """What is ready at this office, by procedure."""
    asked = request.query.get("procedure", "")
    procedure = Procedure(asked) if asked in list(Procedure) else Procedure.CONTINUATION
    cursor = _CURSOR.fullmatch(request.query.get("after", ""))
    after = cursor.group() if cursor else None
    found, further = usecases_scan.shelf(
        request.world.begin, duty.officer, procedure, SHOWN_ON_SHELF, after, at(request)
    )
    shown = {"procedure": procedure, "ready": found, "after": further, "is_first": after is None, "form": ScanForm()}
    return Page("counter/shelf.html", shown, headers=CAMERA)

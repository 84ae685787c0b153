"""What applicants, receivers, officers, business software and offices do, each thing once, on any portal."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from chalicelib.domain.api_keys import HELPDESK, Scope
from chalicelib.domain.application_states import State
from chalicelib.domain.qr_codes import Purpose
from tests.api.program import Program
from tests.api.steps import (
    AT_OFFICES,
    FILED,
    WORDS,
    ask_correction,
    ask_token,
    bulk_payment,
    filed,
    issue_key,
    look,
    pay,
    signed_in,
    tell,
    under_review,
)
from tests.application_builders import APPLICATION_PASSWORD
from tests.builders import ADDRESS
from tests.pages.code_steps import ENTRY as ISSUING
from tests.pages.code_steps import NEW_RECEIVER_PASSWORD, Held, filled, held, issue
from tests.pages.counter_steps import (
    HAND_OVER,
    SHELF,
    approve,
    employ,
    enrol,
    hand_over,
    lay_on_the_shelf,
    scan,
    try_to_sign_in,
)
from tests.pages.mypage_steps import store_account
from tests.pages.portal import OpenPortal
from tests.pages.status_steps import (
    CHASSIS,
    CHECK,
    CORRECTION,
    LOGIN,
    PASSCODE_ENTRY,
    WITHDRAWAL,
    WRONG,
    ask_passcode,
    enter,
    passcode_in_newest_letter,
    store_application,
    try_to_enter,
)
from tests.pages.visitor import Visitor

SINGLE_CODE = "/status/qr-code"


def at_the_interfaces(portal: OpenPortal) -> None:
    """Software asks for a token, files, looks, withdraws and corrects; offices look, tell and unlock."""
    account = store_account(portal)
    ask_token(Program(portal), account.filer_id, WRONG, expect=401)
    filer, office = signed_in(portal, account), issue_key(portal, "TK01")
    in_bulk: dict[str, Any] = bulk_payment(filer)
    number = filed(filer, notification_email=ADDRESS, **in_bulk)
    filer.get(FILED)
    filer.post(f"{FILED}/{number}/withdrawal", {})
    number = under_review(filer, office)
    ask_correction(office, number, "user_name")
    filer.post(f"{FILED}/{number}/corrections", {"fields": {"user_name": "見本次郎"}})
    office.get(AT_OFFICES, state=State.INSPECTION_REVIEW.value)
    look(office, number)
    for _ in range(2):
        tell(office, number, "rejected", event_id="told-twice", reasons=[{"text": WORDS}])
    tell(issue_key(portal, HELPDESK, (Scope.UNLOCK,)), number, "unlocked")
    pay(office, filed(filer, notification_email=ADDRESS))


def at_the_enquiry(portal: OpenPortal) -> None:
    """Somebody is let in by password and by passcode, corrects, and withdraws another one."""
    application = store_application(portal, State.INSPECTION_CORRECTION)
    visitor = Visitor(portal)
    try_to_enter(visitor, application.application_number, WRONG)
    enter(visitor, application)
    visitor.get(CORRECTION)
    visitor.submit(CORRECTION, chassis_number="", expect=422)
    visitor.submit(CORRECTION, chassis_number=CHASSIS)
    visitor.submit(CHECK)
    visitor.submit("/status/logout")
    portal.clock.move(timedelta(hours=1))
    other = store_application(portal, State.INSPECTION_FEE_BULK)
    try_to_enter(visitor, other.application_number, APPLICATION_PASSWORD[::-1])
    ask_passcode(visitor)
    visitor.submit(PASSCODE_ENTRY, passcode="00000000", expect=422)
    visitor.submit(PASSCODE_ENTRY, passcode=passcode_in_newest_letter(portal))
    visitor.get(WITHDRAWAL)
    visitor.submit(WITHDRAWAL)
    assert LOGIN not in visitor.page.path


def at_the_counter(portal: OpenPortal) -> None:
    """Somebody guesses, then an officer signs in, serves everybody, looks at the shelf, and leaves."""
    portal.clock.move(timedelta(hours=1))
    enter(applicant := Visitor(portal), lay_on_the_shelf(portal, 2)[0])
    own = issue_single_code(applicant)
    officer, at_work = Visitor(portal), employ(portal)
    try_to_sign_in(officer, at_work, officer_password=WRONG)
    try_to_sign_in(officer, at_work, expect=200)
    _serve_receiver(officer, Visitor(portal))
    scan(officer, own.text)
    hand_over(officer)
    officer.get(SHELF)
    officer.submit("/counter/logout")


def _serve_receiver(officer: Visitor, receiver: Visitor) -> None:
    """Enrolled, collecting, with another password; some forms are sent twice."""
    enrol(receiver, officer)
    receiver.get(ISSUING)
    _send_twice(receiver, ISSUING, filled(Purpose.AUTHENTICATION))
    scan(officer, held(receiver.page).lookup_key)
    _send_twice(officer, HAND_OVER, {})
    approve(officer, issue(receiver, Purpose.PASSWORD_CHANGE, receiver_password=NEW_RECEIVER_PASSWORD))


def _send_twice(visitor: Visitor, action: str, typed: Mapping[str, str]) -> None:
    form = visitor.page.form(action)
    for _ in range(2):
        visitor.post(form.action, {**form.values, **typed})


def issue_single_code(applicant: Visitor) -> Held:
    """From the status screen, after the question; printed."""
    applicant.get(SINGLE_CODE)
    return held(applicant.submit(SINGLE_CODE))


def let_a_day_pass(portal: OpenPortal) -> None:
    """Nobody does anything: what was filed comes near its deadline."""
    portal.clock.move(timedelta(days=1))

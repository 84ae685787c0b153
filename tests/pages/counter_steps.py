"""What officers do at the counter, and what lies on their shelves."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyotp

from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.officers import Officer, Role
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose
from chalicelib.domain.verdicts import Verdict
from tests.application_builders import a_record, an_application
from tests.code_builders import OFFICER_PASSWORD, OTHER_OFFICE, OTHER_OFFICER_ID, an_officer
from tests.pages.code_steps import RECEIVER, Held, issue
from tests.pages.portal import OpenPortal
from tests.pages.steps import Typed
from tests.pages.visitor import Shown, Visitor

SIGN_IN, COUNTER, SCAN = "/counter/login", "/counter", "/counter/scan"
APPROVAL, HAND_OVER, SHELF = "/counter/approval", "/counter/hand-over", "/counter/shelf"
WORDS = {
    Verdict.VALID: "有効",
    Verdict.USED: "使用済み",
    Verdict.REVOKED: "失効",
    Verdict.EXPIRED: "期限切れ",
    Verdict.OTHER_OFFICE: "別の事務所",
    Verdict.FORGED: "偽造の疑い",
    Verdict.UNREADABLE: "読み取れません",
    Verdict.NOT_FOUND: "該当なし",
    Verdict.RECEIVER_UNKNOWN: "受取者が未登録",
    Verdict.CREDENTIAL_WRONG: "パスワード不一致",
    Verdict.NAME_TAKEN: "受取者名が登録済み",
    Verdict.NOTHING_READY: "お渡しするものなし",
}
STEP = timedelta(seconds=30)
READY = {Procedure.CONTINUATION: State.READY_TO_RETURN, Procedure.NEW_VEHICLE: State.READY_TO_ISSUE}


def employ(portal: OpenPortal, role: Role = Role.EXAMINER, **other: Any) -> Officer:
    """An officer of the sample office."""
    officer = an_officer(role, **other)
    with portal.world().begin() as work:
        work.officers.put(officer)
    return officer


def one_time_password(portal: OpenPortal, officer: Officer) -> str:
    """What the officer's authenticator shows now."""
    return pyotp.TOTP(officer.totp_secret).at(portal.clock.now)


def try_to_sign_in(visitor: Visitor, officer: Officer, *, expect: int = 422, **typed: Any) -> Shown:
    """Fill in 窓口ログイン."""
    secrets: Typed = {
        "officer_id": officer.officer_id,
        "officer_password": OFFICER_PASSWORD,
        "one_time_password": one_time_password(visitor.portal, officer),
    }
    visitor.get(SIGN_IN)
    return visitor.submit(SIGN_IN, expect=expect, **{**secrets, **typed})


def at_the_counter(portal: OpenPortal, role: Role = Role.EXAMINER, **other: Any) -> Visitor:
    """An officer who is signed in, at a browser of their own."""
    visitor = Visitor(portal)
    try_to_sign_in(visitor, employ(portal, role, **other), expect=200)
    return visitor


def elsewhere(portal: OpenPortal) -> Visitor:
    """An officer of another office, signed in."""
    return at_the_counter(portal, officer_id=OTHER_OFFICER_ID, office=OTHER_OFFICE)


def scan(officer: Visitor, text: str, *, expect: int = 200) -> Shown:
    """A scanner types, and sends."""
    if not any(form.action.endswith(SCAN) for form in officer.page.document.forms):
        officer.get(COUNTER)
    return officer.submit(SCAN, scanned=text, expect=expect)


def approve(officer: Visitor, held: Held, *, expect: int = 200) -> Shown:
    """Scan, look at the papers, 「承認する」."""
    scan(officer, held.text)
    return officer.submit(APPROVAL, papers_seen="yes", expect=expect)


def enrol(visitor: Visitor, officer: Visitor, **typed: Any) -> None:
    """A receiver from nothing."""
    approve(officer, issue(visitor, Purpose.ENROLMENT, **typed))


def says(page: Shown, verdict: Verdict) -> None:
    """The verdict is the heading, and nothing else may be done than what follows from it."""
    assert page.outcome == verdict.value
    assert WORDS[verdict] in page.heading
    if verdict is not Verdict.VALID:
        actions = [form.action for form in page.document.forms]
        assert not [one for one in actions if one.endswith((APPROVAL, HAND_OVER))]


def lay_on_the_shelf(
    portal: OpenPortal, count: int = 1, procedure: Procedure = Procedure.CONTINUATION, first: int = 100, **other: Any
) -> list[Application]:
    """So many applications that are ready, a second apart; `other` goes into their records.

    Each applicant has an address of their own, but the first two share one.
    """
    filed_at = portal.clock.now - timedelta(hours=20)
    laid = []
    for position in range(first, first + count):
        at = filed_at + timedelta(seconds=position)
        application = an_application(
            procedure,
            READY[procedure],
            filed_at=at,
            record=replace(a_record(procedure, receiver_name=RECEIVER), **other),
            application_number=application_number(at, procedure, f"{position:03d}"),
            notification_email=f"taro{max(position, first + 1)}@example.jp",
        )
        portal.discretion.tokens.add(application.application_number)
        with portal.world().begin() as work:
            work.applications.add(application)
        laid.append(application)
    return laid


def ticks(page: Shown) -> dict[str, bool]:
    """The boxes of 「渡しました」 by application number, and whether they are ticked."""
    form = page.form(HAND_OVER)
    names = {name for name in form.names if name.startswith("application_")}
    return {name.removeprefix("application_"): name in form.values for name in names}


def hand_over(officer: Visitor, *leave: Application, expect: int = 200) -> Shown:
    """「渡しました」, some left on the shelf."""
    return officer.submit(HAND_OVER, expect=expect, **{f"application_{one.application_number}": None for one in leave})


def deeds(portal: OpenPortal) -> list[AuditEntry]:
    """The audit log."""
    return portal.store.rows.audit

"""Two-dimensional codes, through the package that is deployed: from a receiver's enrolment to the hand-over."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.domain.application_numbers import grouped
from chalicelib.domain.officers import Officer, Role
from chalicelib.domain.qr_codes import Purpose
from chalicelib.signing.qr_codes import verified
from tests.api.program import Program
from tests.api.steps import FILED
from tests.application_builders import APPLICATION_PASSWORD
from tests.deployed.conftest import STACK, run_tool
from tests.deployed.emulator import Emulator
from tests.deployed.portal import DeployedPortal
from tests.deployed.programs import made_ready, software_of, system_of
from tests.deployed.tables import rows_of
from tests.errands import issue_single_code
from tests.pages.code_steps import NEW_RECEIVER_PASSWORD, issue
from tests.pages.counter_steps import (
    APPROVAL,
    COUNTER,
    HAND_OVER,
    SIGN_IN,
    approve,
    hand_over,
    scan,
    ticks,
    try_to_sign_in,
)
from tests.pages.status_steps import try_to_enter
from tests.pages.visitor import Visitor

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("deployed")]

OFFICE, OTHER_OFFICE = "TK01", "OS01"
# Of their own: an address gets 20 mails an hour.
MANAGED, NOTIFIED = "uketori.canary@example.jp", "kaito.canary@example.jp"
RECEIVER = "見本書類受取（87654321）"
FUNCTIONS = ("qrcodes", "counter", "status")
ADDED = re.compile(r"^(\S+) \S+ \S+ active\npassword: (\S+)\n.*[?&]secret=([A-Z2-7]+)", re.MULTILINE)
CALLS = {("counter", "show_scan"): 1, ("counter", "post_approval"): 4, ("qrcodes", "show_code"): 1}


@pytest.fixture(autouse=True)
def log(emulator: Emulator, portal: DeployedPortal) -> Iterator[None]:
    """Whatever was done, the log names nobody."""
    portal.clock.now = datetime.now(UTC)
    yield
    printed = "".join(line for name in FUNCTIONS for line in emulator.printed(f"{STACK}-{name}"))
    assert not [canary for canary in portal.discretion.never_logged() if canary in printed]


@pytest.fixture
def filer(portal: DeployedPortal) -> Program:
    """Business software."""
    return software_of(portal, MANAGED)


@pytest.fixture
def office(portal: DeployedPortal, emulator: Emulator) -> Program:
    """The system of the office where applications wait."""
    return system_of(portal, emulator, OFFICE)


def at_the_counter(portal: DeployedPortal, emulator: Emulator, role: Role, office: str = OFFICE) -> Visitor:
    """An officer whom the operator added, signed in."""
    added = ADDED.search(run_tool(emulator, "infra.officers", "add", "--office", office, "--role", role.value))
    assert added
    officer_id, password, secret = added.groups()
    portal.discretion.passwords.update((password, secret))
    portal.clock.now = datetime.now(UTC)
    visitor = Visitor(portal)
    page = try_to_sign_in(visitor, Officer(officer_id, office, role, "", secret), officer_password=password, expect=200)
    assert page.path == COUNTER
    return visitor


def test_a_receiver_is_enrolled_and_collects_until_the_password_changes(
    portal: DeployedPortal, emulator: Emulator, filer: Program, office: Program
) -> None:
    receiver, examiner = Visitor(portal), at_the_counter(portal, emulator, Role.EXAMINER)
    approve(examiner, issue(receiver, Purpose.ENROLMENT, receiver_name=RECEIVER))
    numbers = [made_ready(filer, office, receiver_name=RECEIVER, notification_email=NOTIFIED) for _ in range(2)]
    code = issue(receiver, Purpose.AUTHENTICATION, receiver_name=RECEIVER)
    clerk = at_the_counter(portal, emulator, Role.CLERK)
    assert ticks(scan(clerk, code.text)) == dict.fromkeys(numbers, True)
    unticked: dict[str, Any] = {f"application_{numbers[1]}": None}
    clerk.submit(HAND_OVER, **unticked)
    assert [filer.get(f"{FILED}/{number}").said["state"] for number in numbers] == ["returned", "ready_to_return"]
    assert ticks(scan(clerk, code.lookup_key)) == {numbers[1]: True}
    new = issue(receiver, Purpose.PASSWORD_CHANGE, receiver_name=RECEIVER, receiver_password=NEW_RECEIVER_PASSWORD)
    approve(examiner, new)
    assert scan(clerk, code.text).heading == "パスワード不一致"
    portal.settle()
    mails = [mail["BodyText"] for mail in emulator.mails() if mail["To"] == [NOTIFIED]]
    assert sum(grouped(numbers[0]) in text for text in mails) > sum(grouped(numbers[1]) in text for text in mails)


def test_a_code_for_one_vehicle_is_taken_by_its_office_once(
    portal: DeployedPortal, emulator: Emulator, filer: Program, office: Program
) -> None:
    number, applicant = made_ready(filer, office), Visitor(portal)
    try_to_enter(applicant, number, APPLICATION_PASSWORD, expect=200)
    code = issue_single_code(applicant)
    elsewhere = at_the_counter(portal, emulator, Role.CLERK, OTHER_OFFICE)
    clerk = at_the_counter(portal, emulator, Role.CLERK)
    assert scan(elsewhere, code.text).heading == "別の事務所"
    assert ticks(scan(clerk, code.text)) == {number: True}
    hand_over(clerk)
    assert filer.get(f"{FILED}/{number}").said["state"] == "returned"
    assert scan(clerk, code.lookup_key).heading == "使用済み"


def test_a_clerk_does_not_approve_and_whoever_is_dismissed_does_nothing(
    portal: DeployedPortal, emulator: Emulator, visitor: Visitor
) -> None:
    code = issue(visitor, Purpose.ENROLMENT, receiver_name="見本未登録")
    clerk = at_the_counter(portal, emulator, Role.CLERK)
    assert "承認できるのは、審査担当だけです" in scan(clerk, code.text).text
    form = clerk.page.form("/counter/scan")
    clerk.post(APPROVAL, {**form.values, "lookup_key": code.lookup_key, "papers_seen": "yes"}, expect=403)
    officer_id = clerk.get(COUNTER).form("/counter/scan").values["signed_in_as"]
    run_tool(emulator, "infra.officers", "change", officer_id, "--state", "dismissed")
    assert clerk.get(COUNTER).path == SIGN_IN


def test_anybody_can_check_a_code_with_the_published_keys(portal: DeployedPortal, visitor: Visitor) -> None:
    code = issue(visitor, Purpose.ENROLMENT, receiver_name=RECEIVER)
    status, _, published = portal.answer("GET", "/.well-known/qr-code-keys.json", {}, b"")
    assert status == 200
    says = verified(code.text, json.loads(published))
    assert (says.lookup_key, says.purpose) == (code.lookup_key, Purpose.ENROLMENT)


def test_every_deed_stands_in_the_audit_log(portal: DeployedPortal, emulator: Emulator) -> None:
    clerk = at_the_counter(portal, emulator, Role.CLERK)
    officer_id = clerk.page.form("/counter/scan").values["signed_in_as"]
    scan(clerk, "0000000000000000")
    clerk.submit("/counter/logout")
    noted = [row["deed"]["S"] for row in rows_of(emulator, STACK, "audit") if row["officer_id"]["S"] == officer_id]
    assert sorted(noted) == ["scanned", "signed_in", "signed_out"]


def test_pages_cost_what_they_were_designed_to_cost(
    portal: DeployedPortal, emulator: Emulator, visitor: Visitor
) -> None:
    examiner = at_the_counter(portal, emulator, Role.EXAMINER)
    approve(examiner, issue(visitor, Purpose.ENROLMENT, receiver_name="見本費用"))
    told = [line for name in FUNCTIONS for line in emulator.printed(f"{STACK}-{name}") if line.startswith("{")]
    lines = [one for one in map(json.loads, told) if one["status"] == 200]
    found = {view: {one["calls"] for one in lines if (one["capability"], one["function"]) == view} for view in CALLS}
    assert found == {view: {calls} for view, calls in CALLS.items()}

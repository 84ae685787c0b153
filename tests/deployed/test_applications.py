"""Applications, through the package that is deployed: software files, offices tell, somebody looks and corrects."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.api_keys import HELPDESK, Scope
from chalicelib.domain.application_numbers import grouped
from chalicelib.domain.application_states import State
from chalicelib.domain.attempts import WRONG_IN_A_ROW
from chalicelib.domain.deadlines import day_of
from tests.api.program import Program, Told
from tests.api.steps import AT_OFFICES, FILED, OFFICE_SCOPES, a_filing, ask_token, file, filed, tell
from tests.application_builders import APPLICATION_PASSWORD
from tests.deployed.conftest import STACK, run_tool
from tests.deployed.emulator import Emulator
from tests.deployed.portal import DeployedPortal
from tests.jobs.events import schedule
from tests.pages.status_steps import APPLICATION, CHASSIS, CHECK, CORRECTION, WRONG, try_to_enter
from tests.pages.steps import DETAILS, FILER_PASSWORD, open_link
from tests.pages.visitor import Visitor

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("deployed")]

FILER_ID = re.compile(r"KI[A-Z]{2}\d{4}")
KEY = re.compile(r"^key: (\S+)$", re.MULTILINE)
OFFICE = "TK01"
# Of its own: an address gets 20 mails an hour.
MANAGED = "kanri.canary@example.jp"
NOTIFIED = "tsuchi.canary@example.jp"
FUNCTIONS = ("status", "filing", "agency", "expiry")
CALLS_OF_THE_PAGE = 2


@pytest.fixture(autouse=True)
def log(emulator: Emulator, portal: DeployedPortal) -> Iterator[None]:
    """Whatever was done, the log names nobody."""
    portal.clock.now = datetime.now(UTC)
    yield
    printed = "".join(line for name in FUNCTIONS for line in emulator.printed(f"{STACK}-{name}"))
    assert not [canary for canary in portal.discretion.never_logged() if canary in printed]


def _with_key(portal: DeployedPortal, emulator: Emulator, office: str, *scopes: Scope) -> Program:
    """The system of an office, to which the operator gave a key."""
    said = run_tool(emulator, "infra.office_keys", "issue", "--office", office, "--scope", *scopes)
    found = KEY.search(said)
    assert found
    portal.discretion.tokens.add(found[1])
    return Program(portal, found[1])


@pytest.fixture
def office(portal: DeployedPortal, emulator: Emulator) -> Program:
    """The office that applications are sent to."""
    return _with_key(portal, emulator, OFFICE, *OFFICE_SCOPES)


@pytest.fixture
def filer(portal: DeployedPortal, visitor: Visitor) -> Program:
    """Business software with a token, of somebody who has just been registered."""
    open_link(visitor, email=MANAGED, email_confirmation=MANAGED)
    visitor.submit(**DETAILS)
    visitor.submit()
    filer_id = FILER_ID.search(visitor.page.text)
    assert filer_id
    token = ask_token(Program(portal), filer_id[0], FILER_PASSWORD).said["access_token"]
    portal.discretion.tokens.add(token)
    return Program(portal, token)


def _is_paid(office: Program, number: str) -> Told:
    """The bank reports the charge that is open."""
    charge = office.get(f"{AT_OFFICES}/{number}").said["charges"][-1]
    paid_on = day_of(datetime.now(UTC)).isoformat()
    return tell(office, number, "payment_reported", kind=charge["kind"], amount=charge["amount"], paid_on=paid_on)


def _corrects_what_the_office_asked_for(office: Program, visitor: Visitor, number: str) -> None:
    due_on = (day_of(datetime.now(UTC)) + timedelta(days=10)).isoformat()
    reasons = [{"field": "chassis_number", "text": "車台番号を確かめてください。"}]
    assert (
        tell(office, number, "correction_asked", reasons=reasons, due_on=due_on).said["state"]
        == "inspection_correction"
    )
    visitor.get(APPLICATION)
    assert "車台番号を確かめてください。" in visitor.page.text
    visitor.get(CORRECTION)
    assert visitor.submit(CORRECTION, chassis_number=CHASSIS).path.startswith(CHECK)
    assert visitor.submit(CHECK).path == APPLICATION
    assert CHASSIS in visitor.page.text


def test_an_application_lives_from_filing_to_handing_over(
    portal: DeployedPortal, emulator: Emulator, filer: Program, office: Program
) -> None:
    number = filed(filer, notification_email=NOTIFIED)
    applicant = Visitor(portal)
    page = try_to_enter(applicant, number, APPLICATION_PASSWORD, expect=200)
    assert page.path == APPLICATION
    assert grouped(number) in page.text
    assert [_is_paid(office, number).said["state"] for _ in range(2)] == ["weight_tax_due", "inspection_review"]
    _corrects_what_the_office_asked_for(office, applicant, number)
    tell(office, number, "review_passed")
    assert tell(office, number, "ready").said["state"] == "ready_to_return"
    assert tell(office, number, "handed_over").said["state"] == "returned"
    told = filer.get(f"{FILED}/{number}").said
    assert told["record"]["chassis_number"] == CHASSIS
    assert (told["state"], told["turn"]) == ("returned", "nobody")
    listed = office.get(AT_OFFICES, state="returned").said["applications"]
    assert number in {one["application_number"] for one in listed}
    portal.settle()
    letters = [mail for mail in emulator.mails() if mail["To"] == [NOTIFIED] and grouped(number) in mail["BodyText"]]
    assert len(letters) == len(told["history"])


def test_the_same_filing_again_gives_the_same_number(filer: Program) -> None:
    said = [file(filer, a_filing(), key="sent-twice").said for _ in range(2)]
    assert said[0] == said[1]
    assert len(filer.get(FILED).said["applications"]) == 1


def test_a_revoked_key_opens_nothing(portal: DeployedPortal, emulator: Emulator) -> None:
    office = _with_key(portal, emulator, "SP01", Scope.READ)
    office.get(AT_OFFICES, state="tax_review")
    (line,) = (one for one in run_tool(emulator, "infra.office_keys", "list").splitlines() if " SP01 " in one)
    run_tool(emulator, "infra.office_keys", "revoke", line.split()[0])
    assert office.get(AT_OFFICES, expect=401, state="tax_review").code == "unauthorized"


def test_a_locked_application_is_opened_by_the_operator_and_by_the_helpdesk(
    portal: DeployedPortal, emulator: Emulator, filer: Program, visitor: Visitor
) -> None:
    number = filed(filer)
    helpdesk = _with_key(portal, emulator, HELPDESK, Scope.UNLOCK)
    for unlock in (
        lambda: run_tool(emulator, "infra.office_keys", "unlock", number),
        lambda: tell(helpdesk, number, "unlocked"),
    ):
        for _ in range(WRONG_IN_A_ROW):
            try_to_enter(visitor, number, WRONG)
        try_to_enter(visitor, number, APPLICATION_PASSWORD)
        unlock()
        assert try_to_enter(visitor, number, APPLICATION_PASSWORD, expect=200).path == APPLICATION
        visitor.submit("/status/logout")


def test_the_expiry_job_ends_what_was_not_paid_in_time(
    portal: DeployedPortal, emulator: Emulator, filer: Program
) -> None:
    late, other = filed(filer, notification_email=NOTIFIED), filed(filer)
    _let_the_deadline_pass(emulator, late)
    for _ in range(2):
        portal.run("expiry", schedule())
    assert filer.get(f"{FILED}/{late}").said["state"] == State.VOID
    assert filer.get(f"{FILED}/{other}").said["state"] == State.INSPECTION_FEE_DUE
    lines = [json.loads(line) for line in emulator.printed(f"{STACK}-expiry") if line.startswith("{")]
    assert sum(line.get("voided", 0) for line in lines) == 1
    portal.settle()
    mails = [mail["BodyText"] for mail in emulator.mails() if mail["To"] == [NOTIFIED]]
    assert len([text for text in mails if grouped(late) in text]) == 2


def _let_the_deadline_pass(emulator: Emulator, number: str) -> None:
    emulator.client("dynamodb").update_item(
        TableName=f"{STACK}-applications",
        Key={"application_number": {"S": number}, "entry": {"S": "application"}},
        UpdateExpression="SET due_on = :day, due_at = :moment",
        ExpressionAttributeValues={":day": {"S": "2020-01-06"}, ":moment": {"N": "1578322800"}},
    )


def test_the_status_page_costs_what_it_was_designed_to_cost(
    filer: Program, visitor: Visitor, emulator: Emulator
) -> None:
    try_to_enter(visitor, filed(filer), APPLICATION_PASSWORD, expect=200)
    visitor.reload()
    lines = [json.loads(line) for line in emulator.printed(f"{STACK}-status") if line.startswith("{")]
    pages = [one["calls"] for one in lines if one["function"] == "show_application" and one["outcome"] == "200"]
    assert pages
    assert set(pages) == {CALLS_OF_THE_PAGE}

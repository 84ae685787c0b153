"""Software and offices' systems of the stage that is deployed: with accounts and keys as real ones get them."""

import re
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.deadlines import day_of
from tests.api.program import Program, Told
from tests.api.steps import AT_OFFICES, OFFICE_SCOPES, ask_token, filed, tell
from tests.deployed.conftest import run_tool
from tests.deployed.emulator import Emulator
from tests.deployed.portal import DeployedPortal
from tests.pages.steps import DETAILS, FILER_PASSWORD, open_link
from tests.pages.visitor import Visitor

_FILER_ID = re.compile(r"KI[A-Z]{2}\d{4}")
_KEY = re.compile(r"^key: (\S+)$", re.MULTILINE)


def system_of(portal: DeployedPortal, emulator: Emulator, office: str) -> Program:
    """The system of an office, to which the operator gave a key."""
    said = run_tool(emulator, "infra.office_keys", "issue", "--office", office, "--scope", *OFFICE_SCOPES)
    found = _KEY.search(said)
    assert found
    portal.discretion.tokens.add(found[1])
    return Program(portal, found[1])


def software_of(portal: DeployedPortal, address: str) -> Program:
    """Business software with a token, of somebody who has just been registered."""
    visitor = Visitor(portal)
    open_link(visitor, email=address, email_confirmation=address)
    visitor.submit(**DETAILS)
    visitor.submit()
    filer_id = _FILER_ID.search(visitor.page.text)
    assert filer_id
    token = ask_token(Program(portal), filer_id[0], FILER_PASSWORD).said["access_token"]
    portal.discretion.tokens.add(token)
    return Program(portal, token)


def is_paid(office: Program, number: str) -> Told:
    """The bank reports the charge that is open."""
    charge = office.get(f"{AT_OFFICES}/{number}").said["charges"][-1]
    paid_on = day_of(datetime.now(UTC)).isoformat()
    return tell(office, number, "payment_reported", kind=charge["kind"], amount=charge["amount"], paid_on=paid_on)


def made_ready(filer: Program, office: Program, **other: Any) -> str:
    """The number of an application that waits to be collected."""
    number = filed(filer, **other)
    is_paid(office, number)
    is_paid(office, number)
    tell(office, number, "review_passed")
    assert tell(office, number, "ready").said["state"] == "ready_to_return"
    return number

"""The ways of business software: filing applications, looking at them, withdrawing and correcting them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bench.my_page import WORDS_OF_FILER, WRONG, open_account
from bench.post_office import PostOffice
from bench.program import Program, new_key
from bench.stage import Stage, Step
from chalicelib import wiring
from chalicelib.domain.accounts import Account
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.bulk_files import file_of
from chalicelib.domain.procedures import Procedure
from chalicelib.sealing import bulk_file_seal

TOKEN, FILED = "/filing/v1/token", "/filing/v1/applications"
WORDS_OF_APPLICATION = "nine quiet bicycles in the rain"
OFFICE = "TK01"
AT_ONCE = 25
UNKNOWN = application_number(datetime(2025, 4, 1, tzinfo=UTC), Procedure.CONTINUATION, "000")
ONE, MANY = f"POST {FILED} (1)", f"POST {FILED} ({AT_ONCE})"
NOTIFIED = "applicant@example.jp"
_RECORD = {
    "plate_number": "品川-580-さ-1234",
    "chassis_number": "AX01-0000001",
    "applicant_name": "見本行政書士事務所",
    "user_name": "見本太郎",
    "office": OFFICE,
    "recording_agent_number": "KIROKU0001",
    "recording_agent_name": "見本自動車整備",
    "insurance_reference": "HOKEN-0000001",
    "compliance_reference": "TEKIGO-0000001",
}


def a_filing(**other: str) -> dict[str, str]:
    """An application for 継続検査 as software sends it."""
    said = {"procedure": "continuation", "application_password": WORDS_OF_APPLICATION, "notification_email": NOTIFIED}
    return {**said, **_RECORD, **other}


def _said(filings: Sequence[dict[str, str]]) -> dict[str, Any]:
    return {"applications": list(filings)}


def filer_of(stage: Stage, account: Account | None = None) -> Program:
    """The software of an account, with a token."""
    program = Program(stage)
    known = account or open_account(filer_password=WORDS_OF_FILER)
    told = program.post(TOKEN, {"filer_id": known.filer_id, "filer_password": WORDS_OF_FILER})
    program.bearer = told["access_token"]
    return program


def file_one(filer: Program, about: str = "1", **other: str) -> str:
    """The number of an application that was filed by itself."""
    (result,) = filer.post(FILED, _said([a_filing(**other)]), about)["results"]
    return str(result["application_number"])


def file_and_look(stage: Stage, mail: PostOffice) -> list[Step]:
    """A token, one application, its letter, a look at it, and the list."""
    filer = filer_of(stage)
    number = file_one(filer)
    filer.get(f"{FILED}/{number}")
    filer.get(FILED, "a list of 1")
    filer.steps += mail.deliver("received")
    return filer.steps


def file_many(stage: Stage, mail: PostOffice) -> list[Step]:
    """As many as go at once, twice under one key, and the list of them."""
    filer, key = filer_of(stage), new_key()
    filings = _said([a_filing(chassis_number=f"AX01-{position:07d}") for position in range(AT_ONCE)])
    filer.post(FILED, filings, f"{AT_ONCE}", key)
    filer.post(FILED, filings, f"{AT_ONCE}, sent again", key)
    filer.get(FILED, f"a list of {AT_ONCE}")
    filer.get(f"{FILED}?limit=10", "10 of a list")
    mail.deliver("received")
    return filer.steps


def file_in_bulk(stage: Stage, mail: PostOffice) -> list[Step]:
    """One that is paid in bulk, with the account's file; then it is withdrawn."""
    account = open_account(filer_password=WORDS_OF_FILER)
    filer = filer_of(stage, account)
    number = file_one(filer, "1 in bulk", payment_method="bulk", bulk_payment_file=_bulk_file(account))
    filer.post(f"{FILED}/{number}/withdrawal", {})
    filer.steps += mail.deliver("withdrawn")
    return filer.steps


def _bulk_file(account: Account) -> str:
    world = wiring.world()
    issued = account.with_new_bulk_file(world.now())
    with world.begin() as work:
        work.accounts.issue_bulk_file(account, issued)
    file = file_of(issued)
    assert file  # noqa: S101 - it was issued just now
    return bulk_file_seal(world.settings).sealed(file)


def run_into_refusals(stage: Stage, _mail: PostOffice) -> list[Step]:
    """What is refused or not accepted, of each kind one."""
    filer = filer_of(stage)
    filer.post(FILED, _said([a_filing(chassis_number="", plate_number="x")]), "1 refused")
    file_one(filer, "1 not accepted", insurance_reference="NO-DIGITS")
    filer.post(FILED, {"applications": []}, "wrong shape")
    filer.get(f"{FILED}/{UNKNOWN}", "unknown")
    stranger = Program(stage)
    stranger.get(FILED, "no token")
    account = open_account(filer_password=WORDS_OF_FILER)
    stranger.post(TOKEN, {"filer_id": account.filer_id, "filer_password": WRONG}, "wrong password")
    return filer.steps + stranger.steps


def read_descriptions(stage: Stage, _mail: PostOffice) -> list[Step]:
    """What both interfaces say of themselves."""
    program = Program(stage)
    for root in ("/filing/v1", "/agency/v1"):
        program.get(f"{root}/openapi.json")
        program.get(f"{root}/docs")
    return program.steps

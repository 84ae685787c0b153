"""What business software and the systems of offices do, one request a function."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from chalicelib.domain.accounts import Account
from chalicelib.domain.api_keys import ApiKey, Scope
from chalicelib.domain.bulk_files import file_of
from chalicelib.domain.deadlines import day_of
from chalicelib.domain.procedures import Procedure
from chalicelib.sealing import bulk_file_seal
from chalicelib.storage.digests import name_digest
from tests.api.program import Program, Told, new_key
from tests.application_builders import APPLICATION_PASSWORD, a_record
from tests.builders import FILER_PASSWORD, an_account
from tests.pages.portal import OpenPortal

FILED, TOKEN = "/filing/v1/applications", "/filing/v1/token"
AT_OFFICES = "/agency/v1/applications"
OFFICE_SCOPES = (Scope.READ, Scope.WRITE, Scope.PAYMENTS)
WORDS = "自動車検査証と異なります。"


def ask_token(program: Program, filer_id: str, password: str, *, expect: int = 200) -> Told:
    """With 一括利用者ID and password."""
    program.portal.discretion.passwords.add(password)
    return program.post(TOKEN, {"filer_id": filer_id, "filer_password": password}, key="", expect=expect)


def signed_in(portal: OpenPortal, account: Account) -> Program:
    """The software of an account, with a token."""
    token = ask_token(Program(portal), account.filer_id, FILER_PASSWORD).said["access_token"]
    portal.discretion.tokens.add(token)
    return Program(portal, token)


def issue_key(portal: OpenPortal, office: str, scopes: Sequence[Scope] = OFFICE_SCOPES) -> Program:
    """The system of an office, with a key."""
    secret = f"sample-key-of-{office}-{new_key()}"
    portal.discretion.tokens.add(secret)
    with portal.world().begin() as work:
        work.api_keys.add(secret, key_of(portal, office, scopes, secret))
    return Program(portal, secret)


def key_of(portal: OpenPortal, office: str, scopes: Sequence[Scope], secret: str) -> ApiKey:
    """The key that a secret stands for."""
    return ApiKey(f"id-{secret[-10:]}", name_digest(secret), office, frozenset(scopes), portal.clock.now)


def a_filing(procedure: Procedure = Procedure.CONTINUATION, **other: Any) -> dict[str, Any]:
    """An application with every field that its procedure knows."""
    record = {name: text for name, text in vars(a_record(procedure)).items() if text}
    said: dict[str, Any] = {
        "procedure": procedure.value,
        "application_password": APPLICATION_PASSWORD,
        **record,
        **other,
    }
    return {name: value for name, value in said.items() if value is not None}


def file(filer: Program, *filings: dict[str, Any], key: str | None = None, expect: int = 200) -> Told:
    """File these at once."""
    for one in filings:
        filer.portal.discretion.passwords.add(str(one.get("application_password")))
        filer.portal.discretion.typed.update(str(one[name]) for name in ("user_name", "applicant_name") if name in one)
    return filer.post(FILED, {"applications": list(filings)}, key=key, expect=expect)


def filed(filer: Program, procedure: Procedure = Procedure.CONTINUATION, **other: Any) -> str:
    """The number of an application that was accepted."""
    (result,) = file(filer, a_filing(procedure, **other)).said["results"]
    assert result["status"] == "accepted", result
    return str(result["application_number"])


def look(program: Program, number: str, *, expect: int = 200) -> Told:
    """At one application, through the interface that the program speaks to."""
    return program.get(f"{_place_of(program)}/{number}", expect=expect)


def _place_of(program: Program) -> str:
    return AT_OFFICES if program.bearer.startswith("sample-key") else FILED


def tell(office: Program, number: str, kind: str, /, *, expect: int = 200, event_id: str = "", **facts: Any) -> Told:
    """Tell an event, under an id of its own or under this one."""
    said = {"type": kind, "event_id": event_id or new_key(), **facts}
    return office.post(f"{AT_OFFICES}/{number}/events", said, key="", expect=expect)


def pay(office: Program, number: str, **other: Any) -> Told:
    """Report that the open charge was paid."""
    expect = other.pop("expect", 200)
    return tell(office, number, "payment_reported", expect=expect, **{**payment_of(office, number), **other})


def payment_of(office: Program, number: str) -> dict[str, Any]:
    """What the bank reports when the newest charge is paid."""
    charge = look(office, number).said["charges"][-1]
    return {"kind": charge["kind"], "amount": charge["amount"], "paid_on": today(office.portal)}


def ask_correction(office: Program, number: str, *fields: str, **other: Any) -> Told:
    """Ask for these fields to be put right within ten days."""
    due_on = (day_of(office.portal.clock.now) + timedelta(days=10)).isoformat()
    reasons = [{"field": name, "text": WORDS} for name in fields]
    return tell(office, number, "correction_asked", **{"reasons": reasons, "due_on": due_on, **other})


def today(portal: OpenPortal) -> str:
    """The day in Japan."""
    return day_of(portal.clock.now).isoformat()


def under_review(filer: Program, office: Program, procedure: Procedure = Procedure.CONTINUATION, **other: Any) -> str:
    """The number of an application that the office looks at."""
    number = filed(filer, procedure, **other)
    pay(office, number)
    pay(office, number)
    return number


def in_correction_of(filer: Program, office: Program, *fields: str) -> str:
    """The number of an application of which fields are to be put right."""
    number = under_review(filer, office)
    ask_correction(office, number, *fields)
    return number


def pass_review(office: Program, number: str, **facts: Any) -> Told:
    """審査完了."""
    return tell(office, number, "review_passed", **facts)


def new_bulk_file(portal: OpenPortal, account: Account) -> str:
    """まとめ納付管理ファイル of an account, as it downloads it; files that it had before count no more."""
    with portal.world().begin() as work:
        current = work.accounts.find(account.id_suffix)
        assert current is not None
        issued = current.with_new_bulk_file(portal.clock.now)
        work.accounts.issue_bulk_file(current, issued)
    file = file_of(issued)
    assert file is not None
    return bulk_file_seal(portal.settings).sealed(file)


def bulk_payment(filer: Program) -> dict[str, Any]:
    """The members that make an application payable in bulk, by the account of the same holder."""
    with filer.portal.world().begin() as work:
        account = work.accounts.find(an_account().id_suffix)
    assert account is not None
    return {"payment_method": "bulk", "bulk_payment_file": new_bulk_file(filer.portal, account)}

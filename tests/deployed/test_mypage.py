"""My Page, through the package that is deployed: from the IDs to a new password."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.signing.bulk_files import verified
from tests.deployed.conftest import STACK
from tests.deployed.emulator import Emulator
from tests.deployed.portal import DeployedPortal
from tests.deployed.tables import rows_of
from tests.pages.mypage_steps import HOME, LOGIN, NEW_PASSWORD, TREASURY, add_debit_account, try_to_sign_in
from tests.pages.steps import PAYER_PASSWORD, complete
from tests.pages.visitor import Visitor

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("deployed")]

PAYER_ID = re.compile(r"KN[A-Z]{2}\d{4}")
FILE, KEYS = "/mypage/bulk-payment-file", "/.well-known/bulk-payment-file-keys.json"
CHANGE, CHANGED, LOGOUT = "/mypage/password", "/mypage/password/changed", "/mypage/logout"
CALLS_OF_A_PAGE = 3


@pytest.fixture
def payer_id(visitor: Visitor) -> str:
    """Of somebody who has just been registered."""
    complete(visitor)
    found = PAYER_ID.search(visitor.page.text)
    assert found
    return found[0]


@pytest.fixture
def log(emulator: Emulator, portal: DeployedPortal) -> Iterator[None]:
    """Whatever was done, the log names nobody."""
    yield
    printed = "".join(emulator.printed(f"{STACK}-mypage"))
    assert not [canary for canary in portal.discretion.never_logged() if canary in printed]


@pytest.mark.usefixtures("log")
def test_somebody_keeps_their_account_from_the_first_sign_in_on(
    portal: DeployedPortal, visitor: Visitor, payer_id: str, emulator: Emulator
) -> None:
    assert try_to_sign_in(visitor, payer_id, PAYER_PASSWORD, expect=200).path == HOME
    _takes_a_good_bulk_file(portal, visitor, payer_id)
    assert add_debit_account(visitor).path.startswith(f"{TREASURY}/KKAA0001")
    assert "KKAA0001" in visitor.get(HOME).text
    _changes_the_password(visitor, payer_id)
    assert visitor.get(HOME).path == LOGIN
    assert try_to_sign_in(visitor, payer_id, NEW_PASSWORD, expect=200).path == HOME
    visitor.submit(LOGOUT)
    assert visitor.get(HOME).path == LOGIN
    portal.settle()
    told = [mail["BodyText"] for mail in emulator.mails() if payer_id in mail["BodyText"]]
    assert len(told) == len({"the IDs", "a new browser", "a debit account", "a new password"})


def _takes_a_good_bulk_file(portal: DeployedPortal, visitor: Visitor, payer_id: str) -> None:
    visitor.get(FILE)
    form = visitor.page.form(FILE)
    cookies = {"Cookie": visitor.cookie_header(), "Content-Type": "application/x-www-form-urlencoded"}
    body = "&".join(f"{name}={value}" for name, value in form.values.items()).encode()
    assert portal.answer("POST", FILE, cookies, body)[0] == 303
    status, headers, content = portal.answer("GET", f"{FILE}/download", cookies, b"")
    keys = json.loads(portal.answer("GET", KEYS, {}, b"")[2])
    assert status == 200
    assert "attachment" in str(headers)
    assert verified(content.encode(), keys).payer_id == payer_id


def _changes_the_password(visitor: Visitor, payer_id: str) -> None:
    visitor.get(CHANGE)
    twice: dict[str, Any] = {"new_password": NEW_PASSWORD, "new_password_confirmation": NEW_PASSWORD}
    visitor.submit(CHANGE, expect=200, payer_id=payer_id, current_password=PAYER_PASSWORD, **twice)
    assert visitor.page.path == CHANGED


def test_a_signed_in_page_costs_what_it_was_designed_to_cost(
    visitor: Visitor, payer_id: str, emulator: Emulator
) -> None:
    try_to_sign_in(visitor, payer_id, PAYER_PASSWORD, expect=200)
    add_debit_account(visitor)
    visitor.get(HOME)
    lines = [json.loads(line) for line in emulator.printed(f"{STACK}-mypage") if line.startswith("{")]
    pages = [one["calls"] for one in lines if one["function"] == "show_home" and one["outcome"] == "200"]
    assert pages
    assert max(pages) <= CALLS_OF_A_PAGE


def test_five_wrong_passwords_lock_an_id_and_nobody_is_told(
    visitor: Visitor, payer_id: str, emulator: Emulator
) -> None:
    said = {try_to_sign_in(visitor, payer_id, "wrong password of nobody").problem("payer_password") for _ in range(5)}
    said.add(try_to_sign_in(visitor, payer_id, PAYER_PASSWORD).problem("payer_password"))
    said.add(try_to_sign_in(visitor, "KNZZ9999", PAYER_PASSWORD).problem("payer_password"))
    assert len(said) == 1
    tries = {row["subject"]["S"]: int(row["tries"]["N"]) for row in rows_of(emulator, STACK, "attempts")}
    assert tries[f"payer#{payer_id[2:]}"] == 5

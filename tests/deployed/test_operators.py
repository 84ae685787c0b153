"""What an operator does by hand, on the stage that is deployed."""

import os

import pytest

from chalicelib.settings import load_settings
from infra.keys import NAMES, ensure_secrets
from infra.stages import stack_name
from tests.deployed.conftest import STACK, run_tool
from tests.deployed.emulator import Emulator
from tests.deployed.portal import DeployedPortal
from tests.deployed.tables import rows_of
from tests.jobs.events import schedule
from tests.pages.steps import complete, register
from tests.pages.visitor import Visitor

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("deployed")]

FORGOTTEN = "wasurete.canary@example.jp"
# Of its own: an address gets 20 mails an hour.
PARKED = "chusha.canary@example.jp"
ROTATED = "rotated"
NOUNS = ("accounts", "drafts", "letters", "registrations")


def test_one_persons_data_is_found_and_forgotten(portal: DeployedPortal, visitor: Visitor, emulator: Emulator) -> None:
    complete(visitor, notification_email=FORGOTTEN, notification_email_confirmation=FORGOTTEN)
    register(Visitor(portal), email=FORGOTTEN, email_confirmation=FORGOTTEN)
    portal.deliver_letters()
    found = run_tool(emulator, "infra.person", FORGOTTEN)
    assert "own: registrations " in found
    assert "own: letters " in found
    assert "own: address_limits " in found
    assert FORGOTTEN not in found
    run_tool(emulator, "infra.person", FORGOTTEN, "--forget")
    left = [row for noun in NOUNS for row in rows_of(emulator, STACK, noun) if FORGOTTEN in str(row)]
    assert [row.get("notification_email") for row in left] == [{"S": FORGOTTEN}]


def test_a_parked_letter_is_listed_and_sent_after_all(
    portal: DeployedPortal, visitor: Visitor, emulator: Emulator
) -> None:
    portal.settle()
    mail = emulator.client("sesv2")
    mail.delete_email_identity(EmailIdentity="portal.example.jp")
    emulator.client("ses").delete_identity(Identity="portal.example.jp")
    before = len(emulator.mails())
    register(visitor, email=PARKED, email_confirmation=PARKED)
    portal.settle()
    ((letter, name, *_),) = (line.split() for line in run_tool(emulator, "infra.parked").splitlines())
    assert name == "registration_link"
    mail.create_email_identity(EmailIdentity="portal.example.jp")
    run_tool(emulator, "infra.parked", "--again", letter)
    portal.run("sweep", schedule())
    assert len(emulator.mails()) == before + 1
    assert not run_tool(emulator, "infra.parked")


@pytest.mark.parametrize(("name", "choice"), [("SECRET_KEYS", ()), ("SIGNING_KEYS", ("--keys", "SIGNING_KEYS"))])
def test_keys_rotate_without_breaking_what_they_signed(emulator: Emulator, name: str, choice: tuple[str, ...]) -> None:
    stage = f"{ROTATED}-{name.partition('_')[0].lower()}"
    stack = stack_name(stage)
    assert ensure_secrets(emulator.client("ssm"), stack) == [f"/{stack}/{one}" for one in NAMES]
    first = _kept(emulator, stack)
    assert run_tool(emulator, "infra.keys", stage, "add", *choice).startswith(f"2 {name};")
    assert _kept(emulator, stack)[name][1:] == first[name]
    assert _kept(emulator, stack) | {name: []} == first | {name: []}
    assert run_tool(emulator, "infra.keys", stage, "drop", *choice).startswith(f"1 {name};")
    assert len(_kept(emulator, stack)[name]) == 1
    assert not ensure_secrets(emulator.client("ssm"), stack)


def test_what_is_made_for_a_stage_is_what_its_functions_ask_for(emulator: Emulator) -> None:
    stack = stack_name("made")
    ensure_secrets(emulator.client("ssm"), stack)
    made = {name: ",".join(keys) for name, keys in _kept(emulator, stack).items()}
    assert load_settings({**os.environ, **made}).signing_keys == tuple(_kept(emulator, stack)["SIGNING_KEYS"])


def _kept(emulator: Emulator, stack: str) -> dict[str, list[str]]:
    kept = emulator.client("ssm").get_parameters_by_path(Path=f"/{stack}", WithDecryption=True)["Parameters"]
    return {one["Name"].rpartition("/")[2]: one["Value"].split(",") for one in kept}

"""What an operator does by hand, on the stage that is deployed."""

import os
import subprocess
import sys

import pytest

from infra.keys import NAMES, ensure_secrets
from infra.stages import stack_name
from tests.deployed.conftest import STACK
from tests.deployed.emulator import ROOT, Emulator
from tests.deployed.portal import DeployedPortal
from tests.deployed.tables import rows_of
from tests.jobs.events import schedule
from tests.pages.steps import complete, register
from tests.pages.visitor import Visitor

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("deployed")]

FORGOTTEN = "wasurete.canary@example.jp"
ROTATED = "rotated"
NOUNS = ("accounts", "drafts", "letters", "registrations")


def _said(emulator: Emulator, *arguments: str) -> str:
    environment = {
        **os.environ,
        **emulator.environment(),
        "TABLE_PREFIX": STACK,
        "SECRETS_PATH": f"/{STACK}",
    }
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_one_persons_data_is_found_and_forgotten(portal: DeployedPortal, visitor: Visitor, emulator: Emulator) -> None:
    complete(visitor, notification_email=FORGOTTEN, notification_email_confirmation=FORGOTTEN)
    register(Visitor(portal), email=FORGOTTEN, email_confirmation=FORGOTTEN)
    portal.deliver_letters()
    found = _said(emulator, "infra.person", FORGOTTEN)
    assert "own: registrations " in found
    assert "own: letters " in found
    assert "own: address_limits " in found
    assert FORGOTTEN not in found
    _said(emulator, "infra.person", FORGOTTEN, "--forget")
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
    register(visitor)
    portal.settle()
    ((letter, name, *_),) = (line.split() for line in _said(emulator, "infra.parked").splitlines())
    assert name == "registration_link"
    mail.create_email_identity(EmailIdentity="portal.example.jp")
    _said(emulator, "infra.parked", "--again", letter)
    portal.run("sweep", schedule())
    assert len(emulator.mails()) == before + 1
    assert not _said(emulator, "infra.parked")


def test_keys_rotate_without_breaking_what_they_signed(emulator: Emulator) -> None:
    assert ensure_secrets(emulator.client("ssm"), stack_name(ROTATED)) == [f"/{stack_name(ROTATED)}/{n}" for n in NAMES]
    kept = _keys(emulator)
    assert _said(emulator, "infra.keys", ROTATED, "add").startswith("2 keys")
    assert _keys(emulator)[1:] == kept
    assert _said(emulator, "infra.keys", ROTATED, "drop").startswith("1 keys")
    assert len(_keys(emulator)) == 1
    assert not ensure_secrets(emulator.client("ssm"), stack_name(ROTATED))


def _keys(emulator: Emulator) -> list[str]:
    name = f"/{stack_name(ROTATED)}/SECRET_KEYS"
    kept = emulator.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    return str(kept).split(",")

"""The whole way of the foundation, through the package that is deployed."""

import json
import re
import time
from collections.abc import Callable

import pytest

from chalicelib.storage.tables import TABLES
from infra.keys import NAMES
from infra.tables import noun_of
from tests.deployed.conftest import STACK
from tests.deployed.emulator import Emulator
from tests.deployed.portal import DeployedPortal
from tests.deployed.tables import rows_of, table_name, tables_of
from tests.jobs.events import bounce, schedule
from tests.pages.steps import ADDRESS, CORPORATION, complete, register
from tests.pages.visitor import Visitor

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("deployed")]
IDS = re.compile(r"K[NI][A-Z]{2}\d{4}")
CALLS_TO_COMPLETE = 3
FUNCTIONS = frozenset({"portal", "registration", "confirmation", "mailer"})


def test_somebody_gets_both_ids_by_way_of_the_mailed_link(portal: DeployedPortal, visitor: Visitor) -> None:
    visitor.get("/")
    complete(visitor)
    ids = set(IDS.findall(visitor.page.text))
    assert visitor.page.path == "/confirmation/done"
    assert len(ids) == 2
    portal.deliver_letters()
    link, notice = portal.mails_seen[-2:]
    assert [link["To"], notice["To"]] == [[ADDRESS], [ADDRESS]]
    assert ids == set(IDS.findall(notice["BodyText"]))
    assert portal.settings.absolute_url("/confirmation?key=") in link["BodyHtml"]
    visitor.reload()
    assert ids == set(IDS.findall(visitor.page.text))


def test_each_letter_leaves_once(portal: DeployedPortal, visitor: Visitor, emulator: Emulator) -> None:
    before = len(emulator.mails())
    register(visitor, **CORPORATION)
    portal.deliver_letters()
    portal.run("sweep", schedule())
    assert len(emulator.mails()) == before + 1


def test_a_bounce_is_told_on_the_waiting_page(portal: DeployedPortal, visitor: Visitor, emulator: Emulator) -> None:
    register(visitor)
    portal.deliver_letters()
    newest = max(
        rows_of(emulator, STACK, "letters"), key=lambda row: int(row["posted_at"]["N"]) * 10 + ("about" in row)
    )
    quiet = visitor.reload().notices()
    portal.tell(bounce(newest["letter_id"]["S"]))
    assert visitor.reload().notices() != quiet


def test_every_table_has_what_its_model_says(outputs: dict[str, str], emulator: Emulator) -> None:
    store = emulator.client("dynamodb")
    swept = {f"{STACK}-{noun_of(model)}" for model in TABLES if "ttl" in model.get_attributes()}
    for properties in tables_of(emulator, STACK).values():
        name = table_name(STACK, properties)
        table = store.describe_table(TableName=name)["Table"]
        sweeping = store.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        backups = store.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
        assert table["DeletionProtectionEnabled"]
        assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
        assert sweeping.get("AttributeName", "") == ("ttl" if name in swept else "")
        assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    assert len(tables_of(emulator, STACK)) == len(TABLES)


def test_rows_that_end_carry_the_moment_for_sweeping(
    portal: DeployedPortal, visitor: Visitor, emulator: Emulator
) -> None:
    register(visitor)
    for model in TABLES:
        for row in rows_of(emulator, STACK, noun_of(model)):
            is_swept = "ttl" in model.get_attributes() and not _is_lasting_count(row)
            assert ("ttl" in row) == is_swept
            assert not is_swept or int(row["ttl"]["N"]) > time.time()


def _is_lasting_count(row: dict[str, object]) -> bool:
    return "used" in row and "#" not in str(row["address"])


def test_the_stream_hands_over_new_letters_and_parks_what_fails(outputs: dict[str, str], emulator: Emulator) -> None:
    letters = emulator.client("dynamodb").describe_table(TableName=f"{STACK}-letters")["Table"]
    found = emulator.client("lambda").list_event_source_mappings(FunctionName=f"{STACK}-mailer")
    (mapping,) = found["EventSourceMappings"]
    assert letters["StreamSpecification"] == {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}
    assert mapping["EventSourceArn"] == letters["LatestStreamArn"]
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BisectBatchOnFunctionError"]
    assert mapping["FilterCriteria"]["Filters"] == [{"Pattern": '{"eventName": ["INSERT"]}'}]
    assert mapping["DestinationConfig"]["OnFailure"]["Destination"].endswith(f":{STACK}-parking")


def test_secrets_are_kept_encrypted_and_differ(outputs: dict[str, str], emulator: Emulator) -> None:
    kept = emulator.client("ssm").get_parameters_by_path(Path=outputs["SecretsPath"], WithDecryption=True)["Parameters"]
    assert {one["Type"] for one in kept} == {"SecureString"}
    assert {one["Name"].rpartition("/")[2] for one in kept} == set(NAMES)
    assert len({one["Value"] for one in kept}) == len(NAMES)


def test_functions_are_told_where_their_secrets_are_and_not_the_secrets(
    outputs: dict[str, str], emulator: Emulator
) -> None:
    for function in emulator.client("lambda").list_functions()["Functions"]:
        variables = function["Environment"]["Variables"]
        assert variables["SECRETS_PATH"] == outputs["SecretsPath"]
        assert not set(NAMES) & variables.keys()


def test_each_request_is_logged_once_with_its_cost_and_names_nobody(
    portal: DeployedPortal, visitor: Visitor, emulator: Emulator
) -> None:
    complete(visitor)
    portal.deliver_letters()
    printed = [line for name in FUNCTIONS for line in emulator.printed(f"{STACK}-{name}")]
    entries = [json.loads(line) for line in printed if line.startswith("{")]
    completed = [one for one in entries if (one["capability"], one["function"]) == ("confirmation", "post_check")]
    assert {"request_id", "milliseconds", "calls", "units", "outcome"} <= completed[-1].keys()
    assert completed[-1]["calls"] == CALLS_TO_COMPLETE
    assert not [canary for canary in portal.discretion.never_logged() if canary in "".join(printed)]


def test_deploying_again_keeps_secrets_rows_and_address(
    portal: DeployedPortal, visitor: Visitor, outputs: dict[str, str], emulator: Emulator, again: Callable[[], str]
) -> None:
    register(visitor)
    before = emulator.client("ssm").get_parameters_by_path(Path=outputs["SecretsPath"], WithDecryption=True)
    assert f"PortalURL: {outputs['PortalURL']}" in again()
    after = emulator.client("ssm").get_parameters_by_path(Path=outputs["SecretsPath"], WithDecryption=True)
    assert before["Parameters"] == after["Parameters"]
    visitor.reload()
    assert visitor.page.path == "/registration/sent"

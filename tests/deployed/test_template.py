"""The template, without AWS: what it promises."""

import json
import re
from typing import Any

import pytest

from app import app
from infra.keys import NAMES
from infra.package import Package
from infra.parameters import asked_settings
from tests.page_checker import complaints
from tests.pages.portal import BEHIND_A_STAGE, opened
from tests.pages.visitor import served_from

pytestmark = [pytest.mark.xdist_group("deployed")]

GATEWAY_WAITS = 29
JOBS = frozenset({"Mailer", "Sweep", "Expiry", "Feedback"})


@pytest.fixture(scope="session")
def template(package: Package) -> dict[str, Any]:
    """The template of the package."""
    read: dict[str, Any] = json.loads(package.template.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> dict[str, Any]:
    """Everything in it."""
    made: dict[str, Any] = template["Resources"]
    return made


def _of_type(resources: dict[str, Any], kind: str) -> dict[str, Any]:
    return {name: made["Properties"] for name, made in resources.items() if made["Type"] == kind}


def test_every_path_leads_to_the_function_that_registered_it(resources: dict[str, Any]) -> None:
    paths = resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    assert paths.keys() == app.routes.keys()
    for path, methods in paths.items():
        owner = next(iter(app.routes[path].values())).view_function.__module__.split(".")[2]
        uris = {method["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"] for method in methods.values()}
        assert {re.search(r"\$\{AWS::StackName\}-(\w+)/invocations$", uri)[1] for uri in uris} == {owner}  # type: ignore[index]


def test_methods_that_no_view_serves_reach_the_portal_too(resources: dict[str, Any]) -> None:
    paths = resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"].values()
    assert all("x-amazon-apigateway-any-method" in methods for methods in paths)


def test_the_gateway_may_call_each_function_it_leads_to_and_no_other(resources: dict[str, Any]) -> None:
    allowed = {one["FunctionName"]["Ref"] for one in _of_type(resources, "AWS::Lambda::Permission").values()}
    assert allowed == _of_type(resources, "AWS::Serverless::Function").keys() - JOBS


def test_no_function_serves_everything(resources: dict[str, Any]) -> None:
    assert not [name for name in resources if name.lower().startswith("apihandler")]
    assert "APIHandler" not in json.dumps(resources)


def test_functions_of_pages_end_before_the_gateway_does(resources: dict[str, Any]) -> None:
    functions = _of_type(resources, "AWS::Serverless::Function")
    assert all(functions[name]["Timeout"] < GATEWAY_WAITS for name in functions.keys() - JOBS)


def test_every_function_has_a_role_and_a_log_of_its_own(resources: dict[str, Any]) -> None:
    functions = _of_type(resources, "AWS::Serverless::Function")
    for name, function in functions.items():
        assert function["Role"] == {"Fn::GetAtt": [f"{name}Role", "Arn"]}
        assert function["LoggingConfig"] == {"LogGroup": {"Ref": f"{name}LogGroup"}}
        assert "RetentionInDays" in resources[f"{name}LogGroup"]["Properties"]


def test_no_role_has_a_wildcard(resources: dict[str, Any]) -> None:
    assert "*" not in json.dumps([role.get("Policies") for role in _of_type(resources, "AWS::IAM::Role").values()])


def test_what_fails_for_good_is_parked(resources: dict[str, Any]) -> None:
    functions = _of_type(resources, "AWS::Serverless::Function")
    for name in JOBS:
        assert "Parking" in json.dumps([functions[name].get("EventInvokeConfig"), functions[name]["Events"]])


def test_tables_outlive_the_stack(resources: dict[str, Any]) -> None:
    for made in resources.values():
        if made["Type"] == "AWS::DynamoDB::Table":
            assert made["DeletionPolicy"] == "RetainExceptOnCreate"
            assert made["UpdateReplacePolicy"] == "Retain"
            assert made["Properties"]["SSESpecification"]["SSEEnabled"]
            assert made["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


def test_the_access_log_has_no_query_and_nobody_in_it(resources: dict[str, Any]) -> None:
    log = resources["RestAPI"]["Properties"]["AccessLogSetting"]["Format"]
    kept = set(re.findall(r"\$context\.[\w.]+", log))
    assert "$context.requestId" in kept
    assert not [
        name
        for name in kept
        if re.search(r"(?i)query|path$|sourceIp|userAgent|identity", name.replace("resourcePath", ""))
    ]


def test_every_setting_reaches_every_function(template: dict[str, Any]) -> None:
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    assert variables.keys() >= {setting.name.upper() for setting in asked_settings()}
    assert not set(NAMES) & variables.keys()


def test_every_alarm_calls_somebody(resources: dict[str, Any]) -> None:
    alarms = _of_type(resources, "AWS::CloudWatch::Alarm")
    watched = {alarm["MetricName"] for alarm in alarms.values()}
    assert watched >= {"5XXError", "Errors", "Throttles", "IteratorAge", "ApproximateNumberOfMessagesVisible"}
    assert watched >= {"MailsParked", "Reputation.BounceRate", "Reputation.ComplaintRate"}
    assert all(alarm["AlarmActions"] == [{"Ref": "Alarms"}] for alarm in alarms.values())


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("MISSING_AUTHENTICATION_TOKEN", 404),
        ("REQUEST_TOO_LARGE", 413),
        ("THROTTLED", 429),
        ("DEFAULT_4XX", 400),
        ("DEFAULT_5XX", 503),
    ],
)
def test_the_gateways_own_answers_are_pages_of_the_portal(template: dict[str, Any], kind: str, status: int) -> None:
    response = template["Resources"]["RestAPI"]["Properties"]["GatewayResponses"][kind]
    headers = {name: value[1:-1] for name, value in response["ResponseParameters"]["Headers"].items()}
    text, values = response["ResponseTemplates"]["text/html"]["Fn::Sub"]
    page = text.replace("${Base}", values["Base"]["Fn::If"][2])
    for setting in asked_settings():
        page = page.replace(f"${{{_parameter(setting.name)}}}", str(setting.default))
    assert "${" not in page
    assert response["StatusCode"] == str(status)
    assert ("Retry-After" in headers) == (status in {429, 503})
    with opened(BEHIND_A_STAGE) as portal:
        served = served_from("GET", "", status, headers, page)
        assert not complaints(served, portal.surroundings())


def _parameter(setting: str) -> str:
    return "".join(part.capitalize() for part in setting.split("_"))

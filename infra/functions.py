"""One function a capability: each loads its own capability alone, writes its own log, and has its own role."""

from typing import Any

from infra.intrinsics import NOTHING, Node, attribute, either, filled, ref, resource_name

ENTRY = "chalicelib.entry.app"
_OF_APP = "app."
_PARKING = "Parking"
# Chalice's one function for all paths, which nothing needs once each path has its own.
ALL_PATHS = ("APIHandler", "ApiHandlerRole", "APIHandlerInvokePermission")


def functions_of(resources: dict[str, Node]) -> dict[str, Node]:
    """The functions in a template of Chalice, by logical id."""
    return {name: resource for name, resource in resources.items() if resource["Type"] == "AWS::Serverless::Function"}


def shape_functions(resources: dict[str, Node]) -> None:
    """Give each function its name, entrance, log and failure queue."""
    for name, function in functions_of(resources).items():
        properties = function["Properties"]
        capability = _capability(properties["Handler"])
        if capability:
            properties["Handler"] = ENTRY
            properties["Environment"] = {"Variables": {"CAPABILITY": capability}}
        properties["FunctionName"] = function_name(name)
        properties["CodeUri"] = {"Bucket": ref("CodeBucket"), "Key": ref("CodeKey")}
        properties["LoggingConfig"] = {"LogGroup": ref(log_group_id(name))}
        del properties["Tags"]
        _reserve(properties)
        _shape_events(properties)


def _capability(handler: str) -> str | None:
    """The capability whose pages a function serves; None for a job, which is addressed by its own module."""
    return handler.removeprefix(_OF_APP) if handler.startswith(_OF_APP) else None


def function_name(resource: str) -> Node:
    """The name of a function. The API says it too, where the function itself would make a circle of references."""
    return filled("${AWS::StackName}-" + resource.lower())


def log_group_id(function: str) -> str:
    """The logical id of a function's log group."""
    return f"{function}LogGroup"


def log_groups(resources: dict[str, Node]) -> dict[str, Node]:
    """A log group for each function, so that logs end one day and a role can name its own."""
    return {
        log_group_id(name): _log_group(f"/aws/lambda/${{AWS::StackName}}-{name.lower()}")
        for name in functions_of(resources)
    }


def _log_group(name: str) -> Node:
    return {
        "Type": "AWS::Logs::LogGroup",
        "DeletionPolicy": "Delete",
        "UpdateReplacePolicy": "Retain",
        "Properties": {"LogGroupName": filled(name), "RetentionInDays": ref("LogDays")},
    }


def _reserve(properties: Node) -> None:
    reserved = properties.get("ReservedConcurrentExecutions")
    if reserved is not None:
        properties["ReservedConcurrentExecutions"] = either("ReservesConcurrency", reserved, NOTHING)


def _shape_events(properties: Node) -> None:
    """Whatever wakes a job hands over what failed for good: to a queue that an alarm watches."""
    events: dict[str, Any] = properties.get("Events", {})
    for event in events.values():
        if event["Type"] == "DynamoDB":
            event["Properties"].update(_stream_manners())
        else:
            properties["EventInvokeConfig"] = {
                "MaximumEventAgeInSeconds": 21600,
                "MaximumRetryAttempts": 2,
                "DestinationConfig": {"OnFailure": {"Type": "SQS", "Destination": attribute(_PARKING, "Arn")}},
            }


def _stream_manners() -> Node:
    """One bad record is cut out and parked; the rest goes on. After a day the sweep has long sent what was lost."""
    return {
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": 5,
        "MaximumRecordAgeInSeconds": 86400,
        "StartingPosition": "TRIM_HORIZON",
        "FilterCriteria": {"Filters": [{"Pattern": '{"eventName": ["INSERT"]}'}]},
        "DestinationConfig": {"OnFailure": {"Destination": attribute(_PARKING, "Arn")}},
    }


def parking() -> dict[str, Node]:
    """Where events wait that failed every time."""
    return {
        _PARKING: {
            "Type": "AWS::SQS::Queue",
            "DeletionPolicy": "Delete",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "QueueName": filled("${AWS::StackName}-parking"),
                "MessageRetentionPeriod": 1209600,
                "SqsManagedSseEnabled": True,
            },
        }
    }


def function_id(capability: str) -> str:
    """The logical id that Chalice gives the function of a capability."""
    return resource_name(capability)

"""One stack in CloudFormation: made or changed by a change set, and what it says when that fails."""

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError, WaiterError

_NOTHING_CHANGED = ("didn't contain changes", "No updates are to be performed")
_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]


class DeploymentFailed(Exception):
    """The stack could not be made or changed; the message says what CloudFormation said."""


def change_stack(cloud: Any, stack: str, change_set: str, template_url: str, parameters: Mapping[str, str]) -> bool:
    """Bring the stack to the template. The answer: whether anything changed. Raises DeploymentFailed."""
    known = _known_parameters(cloud, stack)
    kind = "CREATE" if known is None else "UPDATE"
    cloud.create_change_set(
        StackName=stack,
        ChangeSetName=change_set,
        ChangeSetType=kind,
        TemplateURL=template_url,
        Capabilities=_CAPABILITIES,
        Parameters=_parameters(parameters, known or frozenset()),
    )
    if not _has_changes(cloud, stack, change_set):
        cloud.delete_change_set(StackName=stack, ChangeSetName=change_set)
        return False
    cloud.execute_change_set(StackName=stack, ChangeSetName=change_set)
    _wait(cloud, stack, f"stack_{kind.lower()}_complete")
    return True


def outputs(cloud: Any, stack: str) -> dict[str, str]:
    """What the stack tells about itself."""
    found = cloud.describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", ())}


def _known_parameters(cloud: Any, stack: str) -> frozenset[str] | None:
    """The parameters that the stack has values for; None when there is no stack yet."""
    try:
        found = cloud.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise
        return None
    if found["StackStatus"] == "REVIEW_IN_PROGRESS":
        return None
    return frozenset(parameter["ParameterKey"] for parameter in found.get("Parameters", ()))


def _parameters(given: Mapping[str, str], known: frozenset[str]) -> list[dict[str, Any]]:
    """What was given; what was not stays as it is."""
    return [
        *({"ParameterKey": name, "ParameterValue": value} for name, value in sorted(given.items())),
        *({"ParameterKey": name, "UsePreviousValue": True} for name in sorted(known - given.keys())),
    ]


def _has_changes(cloud: Any, stack: str, change_set: str) -> bool:
    try:
        cloud.get_waiter("change_set_create_complete").wait(
            StackName=stack, ChangeSetName=change_set, WaiterConfig={"Delay": 1, "MaxAttempts": 300}
        )
    except WaiterError as error:
        reason = cloud.describe_change_set(StackName=stack, ChangeSetName=change_set).get("StatusReason", "")
        if any(words in reason for words in _NOTHING_CHANGED):
            return False
        raise DeploymentFailed(reason or str(error)) from error
    return True


def _wait(cloud: Any, stack: str, waiter: str) -> None:
    try:
        cloud.get_waiter(waiter).wait(StackName=stack, WaiterConfig={"Delay": 2, "MaxAttempts": 900})
    except WaiterError as error:
        raise DeploymentFailed("\n".join(_failures(cloud, stack)) or str(error)) from error


def _failures(cloud: Any, stack: str) -> Iterator[str]:
    for event in cloud.describe_stack_events(StackName=stack)["StackEvents"]:
        if event["ResourceStatus"].endswith("_FAILED"):
            yield f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', event['ResourceStatus'])}"

"""Each path of the API leads to the function of the capability whose module registered the view."""

from typing import Any

from app import app
from infra.functions import function_id, functions_of
from infra.intrinsics import Node, filled

STAGE = "api"
_ANY = "x-amazon-apigateway-any-method"
_INTEGRATION = "x-amazon-apigateway-integration"
_CAPABILITIES = "chalicelib.capabilities."
_URI = (
    "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
    "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${AWS::StackName}-%s/invocations"
)


class PathWithoutFunction(Exception):
    """A capability has pages, but app.py declares no function for it."""


def capability_of_path(path: str) -> str:
    """The capability that registered the views of `path`, read from the code."""
    owners = {entry.view_function.__module__ for entry in app.routes[path].values()}
    names = {owner.removeprefix(_CAPABILITIES).partition(".")[0] for owner in owners}
    if len(names) != 1:
        raise PathWithoutFunction(f"{path} belongs to several capabilities: {', '.join(sorted(names))}")
    return names.pop()


def lead_paths(definition: Node, resources: dict[str, Node]) -> None:
    """Point every path of the API's definition at its own function."""
    for path, methods in definition["paths"].items():
        capability = capability_of_path(path)
        if function_id(capability) not in functions_of(resources):
            raise PathWithoutFunction(f"{path} belongs to {capability}, for which app.py declares no function")
        definition["paths"][path] = _led(methods, capability)


def _led(methods: dict[str, Any], capability: str) -> dict[str, Any]:
    """Every method, also those that no view serves: the portal answers them itself with 405 and `Allow`, as a page."""
    return {method: _operation(methods, capability) for method in (*methods, _ANY)}


def _operation(methods: dict[str, Any], capability: str) -> Node:
    written = next(iter(methods.values()))
    parameters = {"parameters": written["parameters"]} if "parameters" in written else {}
    integration = {
        "type": "aws_proxy",
        "httpMethod": "POST",
        "passthroughBehavior": "when_no_match",
        "uri": filled(_URI % capability),
    }
    return {"responses": {}, **parameters, _INTEGRATION: integration}


def invoke_permissions(definition: Node) -> dict[str, Node]:
    """The gateway's right to call each function that it leads to."""
    capabilities = sorted({capability_of_path(path) for path in definition["paths"]})
    return {f"{function_id(name)}InvokePermission": _permission(name) for name in capabilities}


def _permission(capability: str) -> Node:
    return {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "Action": "lambda:InvokeFunction",
            "FunctionName": {"Ref": function_id(capability)},
            "Principal": "apigateway.amazonaws.com",
            "SourceArn": filled(
                "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestAPI}/" + STAGE + "/*"
            ),
        },
    }

"""The API: its stage, its own domain, its limits, its log without query strings, and the firewall before it."""

import json

from infra.intrinsics import Node, attribute, either, filled, named, ref
from infra.paths import STAGE
from infra.refusals import gateway_responses

_ACCOUNT = "GatewayAccount"
# Neither the query, which holds keys of links, nor the address of a person.
_ACCESS_LOG = json.dumps(
    {
        "request_id": "$context.requestId",
        "method": "$context.httpMethod",
        "resource": "$context.resourcePath",
        "status": "$context.status",
        "milliseconds": "$context.responseLatency",
        "integration_milliseconds": "$context.integrationLatency",
        "bytes": "$context.responseLength",
        "error": "$context.error.responseType",
    }
)


def shape_api(api: Node) -> None:
    """Everything about the API but where its paths lead."""
    properties = api["Properties"]
    # Texts only: the gateway would otherwise decide by the first Accept value what to decode.
    properties["DefinitionBody"]["x-amazon-apigateway-binary-media-types"] = []
    # The stage writes a log only once the region has a role for it; a resource that may not exist is no dependency.
    properties["Tags"] = {"log-role": either("CreatesGatewayAccount", then=ref(_ACCOUNT), otherwise="shared")}
    properties.update(
        Name=named("portal"),
        # Left out, SAM would make a second stage beside ours.
        OpenApiVersion="2.0",
        # The stage shows what was last deployed to it, and SAM does not see that a parameter changed.
        AlwaysDeploy=True,
        EndpointConfiguration={"Type": "REGIONAL"},
        DisableExecuteApiEndpoint=either("HasDomain", then=True, otherwise=False),
        GatewayResponses=gateway_responses(),
        AccessLogSetting={"DestinationArn": attribute("AccessLogGroup", "Arn"), "Format": _ACCESS_LOG},
        MethodSettings=[
            {
                "ResourcePath": "/*",
                "HttpMethod": "*",
                "LoggingLevel": "OFF",
                "DataTraceEnabled": False,
                "MetricsEnabled": True,
                "ThrottlingRateLimit": ref("RequestsPerSecond"),
                "ThrottlingBurstLimit": ref("RequestsBurst"),
            }
        ],
    )


def gateway_resources() -> dict[str, Node]:
    """What stands around the API."""
    return {**_account(), **_access_log(), **_domain(), **_firewall()}


def _account() -> dict[str, Node]:
    """The region's role for the gateway's logs; a region has one, whoever made it first."""
    trust = {"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "sts:AssumeRole"}
    writer = "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
    return {
        "GatewayLogRole": {
            "Type": "AWS::IAM::Role",
            "Condition": "CreatesGatewayAccount",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
                "ManagedPolicyArns": [filled(writer)],
            },
        },
        _ACCOUNT: {
            "Type": "AWS::ApiGateway::Account",
            "Condition": "CreatesGatewayAccount",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {"CloudWatchRoleArn": attribute("GatewayLogRole", "Arn")},
        },
    }


def _access_log() -> dict[str, Node]:
    return {
        "AccessLogGroup": {
            "Type": "AWS::Logs::LogGroup",
            "DeletionPolicy": "Delete",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "LogGroupName": filled("/madoguchi/${AWS::StackName}/access"),
                "RetentionInDays": ref("LogDays"),
            },
        }
    }


def _domain() -> dict[str, Node]:
    return {
        "Domain": {
            "Type": "AWS::ApiGateway::DomainName",
            "Condition": "HasDomain",
            "Properties": {
                "DomainName": ref("DomainName"),
                "RegionalCertificateArn": ref("CertificateArn"),
                "EndpointConfiguration": {"Types": ["REGIONAL"]},
                "SecurityPolicy": "TLS_1_2",
            },
        },
        "DomainMapping": {
            "Type": "AWS::ApiGateway::BasePathMapping",
            "Condition": "HasDomain",
            # SAM makes the stage under this name.
            "Properties": {"DomainName": ref("Domain"), "RestApiId": ref("RestAPI"), "Stage": ref("RestAPI.Stage")},
        },
    }


def _firewall() -> dict[str, Node]:
    stage = "arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${RestAPI}/stages/" + STAGE
    return {
        "Firewall": {
            "Type": "AWS::WAFv2::WebACL",
            "Condition": "HasFirewall",
            "Properties": {
                "Name": named("firewall"),
                "Scope": "REGIONAL",
                "DefaultAction": {"Allow": {}},
                "VisibilityConfig": _seen_as("firewall"),
                "Rules": [_rate_rule(), _common_rules()],
            },
        },
        "FirewallPlace": {
            "Type": "AWS::WAFv2::WebACLAssociation",
            "Condition": "HasFirewall",
            "DependsOn": ["RestAPIapiStage"],
            "Properties": {"ResourceArn": filled(stage), "WebACLArn": attribute("Firewall", "Arn")},
        },
    }


def _rate_rule() -> Node:
    statement = {"RateBasedStatement": {"AggregateKeyType": "IP", "Limit": ref("RequestsPerAddress")}}
    return {
        "Name": "rate",
        "Priority": 0,
        "Action": {"Block": {}},
        "Statement": statement,
        "VisibilityConfig": _seen_as("rate"),
    }


def _common_rules() -> Node:
    # Forms may be larger than this rule's 8 KB; our own reader has its limit.
    larger = {"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {}}}
    group = {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet", "RuleActionOverrides": [larger]}
    return {
        "Name": "common",
        "Priority": 1,
        "OverrideAction": {"None": {}},
        "Statement": {"ManagedRuleGroupStatement": group},
        "VisibilityConfig": _seen_as("common"),
    }


def _seen_as(name: str) -> Node:
    return {"CloudWatchMetricsEnabled": True, "SampledRequestsEnabled": False, "MetricName": name}

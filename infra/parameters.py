"""What an operator decides per stage, and how it reaches the functions: one parameter a setting."""

from dataclasses import Field, fields
from typing import Any

from chalicelib.settings import Settings
from infra.intrinsics import Node, either, filled, ref, resource_name

# Made by the template or kept as secrets; the region is Lambda's own variable.
_NOT_ASKED = frozenset(
    {"base_url", "table_prefix", "secret_keys", "pepper", "signing_keys", "aws_region", "ses_configuration_set"}
)
# Some of these stand in the gateway's own pages, which nobody escapes there.
_PLAIN = "[^<>&\"'$`{}\\\\]*"
_MAIL_ADDRESS = "[A-Za-z0-9._+-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+"
_YES_NO = {"Type": "String", "AllowedValues": ["yes", "no"]}

DEPLOYMENT: dict[str, Node] = {
    "CodeBucket": {"Type": "String", "Description": "Bucket that holds the package"},
    "CodeKey": {"Type": "String", "Description": "Object of the package in that bucket"},
    "DomainName": {"Type": "String", "Default": "", "Description": "Own domain of the portal, or empty"},
    "CertificateArn": {"Type": "String", "Default": "", "Description": "Certificate of the own domain, in this region"},
    "TableKeyArn": {"Type": "String", "Default": "", "Description": "Own KMS key for the tables, or empty"},
    "AlarmEmail": {"Type": "String", "Default": "", "Description": "Who is told of alarms, or empty"},
    "ProtectTables": {**_YES_NO, "Default": "yes", "Description": "Refuse to delete tables"},
    "ReserveConcurrency": {**_YES_NO, "Default": "yes", "Description": "no: for accounts with a limit near 10"},
    "CreateMailIdentity": {**_YES_NO, "Default": "no", "Description": "yes: make the SES identity of the domain"},
    "CreateGatewayAccount": {
        **_YES_NO,
        "Default": "yes",
        "Description": "no: the region's API Gateway already has a role for its logs",
    },
    "WithFirewall": {**_YES_NO, "Default": "no", "Description": "yes: AWS WAF in front of the portal"},
    "RequestsPerSecond": {"Type": "Number", "Default": 50, "MinValue": 1, "Description": "Beyond: 429"},
    "RequestsBurst": {"Type": "Number", "Default": 100, "MinValue": 1, "Description": "Beyond: 429"},
    "RequestsPerAddress": {
        "Type": "Number",
        "Default": 1000,
        "MinValue": 10,
        "Description": "Firewall: requests of one address in five minutes",
    },
    "LogDays": {"Type": "Number", "Default": 90, "AllowedValues": [7, 14, 30, 60, 90, 180, 365], "Description": "Logs"},
}

CONDITIONS: dict[str, Node] = {
    "HasDomain": {"Fn::Not": [{"Fn::Equals": [ref("DomainName"), ""]}]},
    "HasTableKey": {"Fn::Not": [{"Fn::Equals": [ref("TableKeyArn"), ""]}]},
    "HasAlarmEmail": {"Fn::Not": [{"Fn::Equals": [ref("AlarmEmail"), ""]}]},
    "ProtectsTables": {"Fn::Equals": [ref("ProtectTables"), "yes"]},
    "ReservesConcurrency": {"Fn::Equals": [ref("ReserveConcurrency"), "yes"]},
    "CreatesMailIdentity": {"Fn::Equals": [ref("CreateMailIdentity"), "yes"]},
    "CreatesGatewayAccount": {"Fn::Equals": [ref("CreateGatewayAccount"), "yes"]},
    "HasFirewall": {"Fn::Equals": [ref("WithFirewall"), "yes"]},
}

BASE_URL = either(
    "HasDomain",
    then=filled("https://${DomainName}"),
    otherwise=filled("https://${RestAPI}.execute-api.${AWS::Region}.${AWS::URLSuffix}/api"),
)


def asked_settings() -> tuple[Field[Any], ...]:
    """The settings that become parameters."""
    return tuple(setting for setting in fields(Settings) if setting.name not in _NOT_ASKED)


def parameters() -> dict[str, Node]:
    """All parameters of the template."""
    return {**DEPLOYMENT, **{resource_name(setting.name): _parameter(setting) for setting in asked_settings()}}


def _parameter(setting: Field[Any]) -> Node:
    described: Node = {"Description": f"Setting {setting.name.upper()}"}
    if setting.name == "mail_from":
        return {**described, "Type": "String", "AllowedPattern": _MAIL_ADDRESS}
    if setting.type is bool:
        return {
            **described,
            "Type": "String",
            "AllowedValues": ["0", "1"],
            "Default": "1" if setting.default is True else "0",
        }
    if setting.type is int:
        return {**described, "Type": "Number", "Default": setting.default}
    return {**described, "Type": "String", "AllowedPattern": _PLAIN, "Default": setting.default}


def environment() -> dict[str, Any]:
    """The environment of every function."""
    return {
        "BASE_URL": BASE_URL,
        "TABLE_PREFIX": ref("AWS::StackName"),
        "SECRETS_PATH": filled("/${AWS::StackName}"),
        "SES_CONFIGURATION_SET": ref("MailConfiguration"),
        **{setting.name.upper(): ref(resource_name(setting.name)) for setting in asked_settings()},
    }

"""The tables, made from the models that the code itself uses: one source, so that they cannot differ."""

import os
from typing import Any

from chalicelib.settings import load_store_settings
from chalicelib.storage.connection import Row
from chalicelib.storage.tables import TABLES
from infra.intrinsics import NOTHING, Node, either, named, ref, resource_name

TTL = "ttl"
_KEY_ORDER = ("HASH", "RANGE")


def table_resources() -> dict[str, Node]:
    """Every table by its logical id."""
    return {table_id(model): _table(model) for model in TABLES}


def noun_of(model: type[Row]) -> str:
    """What a table is about, such as `address_limits`: its name without the deployment's prefix."""
    return model.Meta.table_name.removeprefix(f"{load_store_settings(os.environ).table_prefix}-")


def table_id(model: type[Row]) -> str:
    """The logical id, such as `AddressLimitsTable`."""
    return f"{resource_name(noun_of(model))}Table"


def _table(model: type[Row]) -> Node:
    schema: Node = {**model._get_schema()}  # noqa: SLF001 - what PynamoDB itself sends to create the table
    properties: Node = {
        "TableName": named(noun_of(model)),
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": sorted(schema["attribute_definitions"], key=lambda a: str(a["AttributeName"])),
        "KeySchema": _keys(schema["key_schema"]),
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        "SSESpecification": _encryption(),
        "DeletionProtectionEnabled": either("ProtectsTables", then=True, otherwise=False),
    }
    if indexes := schema["global_secondary_indexes"]:
        properties["GlobalSecondaryIndexes"] = [_index(index) for index in indexes]
    if TTL in model.get_attributes():
        properties["TimeToLiveSpecification"] = {"AttributeName": TTL, "Enabled": True}
    if view := getattr(model.Meta, "stream_view_type", None):
        properties["StreamSpecification"] = {"StreamViewType": view}
    return {
        "Type": "AWS::DynamoDB::Table",
        "DeletionPolicy": "RetainExceptOnCreate",
        "UpdateReplacePolicy": "Retain",
        "Properties": properties,
    }


def _keys(schema: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(schema, key=lambda part: _KEY_ORDER.index(part["KeyType"]))


def _index(index: dict[str, Any]) -> Node:
    return {
        "IndexName": index["index_name"],
        "KeySchema": _keys(index["key_schema"]),
        "Projection": index["projection"],
    }


def _encryption() -> Node:
    """A key that shows in CloudTrail: AWS's own for DynamoDB, or the operator's."""
    return {
        "SSEEnabled": True,
        "SSEType": "KMS",
        "KMSMasterKeyId": either("HasTableKey", then=ref("TableKeyArn"), otherwise=NOTHING),
    }

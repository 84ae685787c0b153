"""The deployed tables."""

from collections.abc import Iterator
from typing import Any

from tests.deployed.emulator import Emulator


def tables_of(emulator: Emulator, stack: str) -> dict[str, dict[str, Any]]:
    """The properties of each table in the template that CloudFormation worked with, by logical id."""
    cloud = emulator.client("cloudformation")
    template = cloud.get_template(StackName=stack, TemplateStage="Processed")["TemplateBody"]
    resources = template["Resources"].items()
    return {name: made["Properties"] for name, made in resources if made["Type"] == "AWS::DynamoDB::Table"}


def table_name(stack: str, properties: dict[str, Any]) -> str:
    """The name that a table has in this stack."""
    return str(properties["TableName"]["Fn::Sub"]).replace("${AWS::StackName}", stack)


def complete_tables(emulator: Emulator, stack: str) -> None:
    """Ask the emulator's DynamoDB for what its CloudFormation passes over, in the words of the deployed template."""
    store = emulator.client("dynamodb")
    for properties in tables_of(emulator, stack).values():
        name = table_name(stack, properties)
        recovery = properties["PointInTimeRecoverySpecification"]
        store.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=recovery)
        if sweeping := properties.get("TimeToLiveSpecification"):
            store.update_time_to_live(TableName=name, TimeToLiveSpecification=sweeping)


def rows_of(emulator: Emulator, stack: str, noun: str) -> Iterator[dict[str, Any]]:
    """Every row of a table as DynamoDB holds it."""
    pages = emulator.client("dynamodb").get_paginator("scan").paginate(TableName=f"{stack}-{noun}", ConsistentRead=True)
    return (row for page in pages for row in page["Items"])

"""Making what a deployment's template makes: tables, and an identity to send from."""

import os
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.storage.connection import Row, connection
from chalicelib.storage.tables import TABLES
from local.environment import Backend
from local.voice import say

_TTL = "ttl"


def make_missing_tables() -> None:
    """Make each table that is not there."""
    for table in TABLES:
        if not table.exists():
            _make(table)


def _make(table: type[Row]) -> None:
    table.create_table(wait=True)
    if _TTL in table.get_attributes():
        specification = {"Enabled": True, "AttributeName": _TTL}
        connection.client.update_time_to_live(
            TableName=table.Meta.table_name,
            TimeToLiveSpecification=specification,
        )


def may_send(backend: Backend) -> None:
    """Let an emulator accept our sender; in a real account its owner decides that."""
    if backend is Backend.AWS:
        say(f"SES: {os.environ['MAIL_FROM']} が確認済みでなければ、メールは出ません（/dev/mailbox では読めます）。")
        return
    client: Any = boto3.client("sesv2")
    try:
        client.create_email_identity(EmailIdentity=os.environ["MAIL_FROM"])
    except (BotoCoreError, ClientError) as error:
        say(f"SES: {error}")

"""The least that could answer: Chalice and one DynamoDB client. Loaded from the package's own libraries."""

from typing import Any

import botocore.session
from chalice.app import Chalice

app = Chalice("floor", configure_logs=False)
# Typed loosely: stubs know clients by their class, which the SDK makes when it runs.
client: Any = botocore.session.get_session().create_client("dynamodb")


@app.route("/")
def answer() -> dict[str, str]:
    """Read one item, and say so."""
    client.get_item(TableName="floor", Key={"key": {"S": "1"}})
    return {"answer": "yes"}

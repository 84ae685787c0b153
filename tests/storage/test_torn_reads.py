"""Reading an application while a change of it is being stored: DynamoDB's queries may see half of a transaction."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from chalicelib.domain.application_states import Event
from chalicelib.domain.applications import Application
from chalicelib.ports import Begin, StoreUnavailable
from chalicelib.storage.application_rows import WHOLE, ApplicationRow
from chalicelib.storage.connection import connection
from tests.application_builders import an_application, happens
from tests.storage.network import URL, Network

BEFORE = an_application()
NUMBER = BEFORE.application_number
AFTER = happens(BEFORE, Event.PAID)


def find(begin: Begin) -> Application | None:
    with begin() as work:
        return work.applications.find(NUMBER)


def read_raw(number: str) -> dict[str, dict[str, Any]]:
    """The rows of an application by entry, as DynamoDB gives them."""
    answer = connection.client.query(
        TableName=ApplicationRow.Meta.table_name,
        KeyConditionExpression="application_number = :number",
        ExpressionAttributeValues={":number": {"S": number}},
    )
    return {item["entry"]["S"]: item for item in answer["Items"]}


@pytest.fixture
def torn(stored: Begin, network: Network) -> Callable[[int], None]:
    """Let so many reads meet a change half done."""

    def tear(times: int) -> None:
        with stored() as work:
            work.applications.add(BEFORE)
        old = read_raw(NUMBER)
        with stored() as work:
            work.applications.change(BEFORE, AFTER)
        items = list({**read_raw(NUMBER), **{entry: item for entry, item in old.items() if entry != WHOLE}}.values())
        answer = {"Items": items, "Count": len(items), "ScannedCount": len(items)}
        network.answers += [(AWSResponse(URL, 200, HTTPHeaders(), None), answer)] * times

    return tear


@pytest.mark.parametrize("times", [1, 3])
def test_what_was_read_in_the_middle_of_a_change_is_read_again(
    stored: Begin, torn: Callable[[int], None], times: int
) -> None:
    torn(times)
    assert find(stored) == AFTER


def test_what_never_belongs_together_is_told_as_an_outage(stored: Begin, torn: Callable[[int], None]) -> None:
    torn(4)
    with pytest.raises(StoreUnavailable):
        find(stored)

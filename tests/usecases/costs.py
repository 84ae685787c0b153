"""What an act costs, as somebody outside could measure it."""

import json
from collections.abc import Callable
from typing import Any

from chalicelib.storage.connection import meter
from tests.fakes.outside import FakeHasher
from tests.storage.network import Network, watched

Cost = tuple[int, int, list[list[tuple[str, str]]]]


def cost_of(hasher: FakeHasher, act: Callable[[], object]) -> Cost:
    """Calls, comparisons and hashes, and what was called."""
    before = hasher.compared + hasher.hashed
    meter.reset()
    with watched() as network:
        act()
    assert meter.calls == len(network.calls)
    return meter.calls, hasher.compared + hasher.hashed - before, _written(network)


def _written(network: Network) -> list[list[tuple[str, str]]]:
    """What each call did to which table, in order, without what differs from person to person."""
    return [_parts(json.loads(call["body"])) for call in network.calls]


def _parts(body: dict[str, Any]) -> list[tuple[str, str]]:
    if "RequestItems" in body:
        return sorted(("Get", table) for table in body["RequestItems"])
    if "TransactItems" in body:
        return [(verb, part["TableName"]) for item in body["TransactItems"] for verb, part in item.items()]
    return [("one", body["TableName"])]

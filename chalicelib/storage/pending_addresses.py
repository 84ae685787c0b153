"""How addresses that wait for their link stand in an account's row: one JSON text."""

from collections.abc import Mapping
from datetime import datetime

from chalicelib.domain.accounts import AddressRole, PendingAddress

_Row = dict[str, dict[str, str]]


def pending_to_row(pending: Mapping[AddressRole, PendingAddress]) -> _Row:
    """Plain strings under each role."""
    return {
        role.value: {"address": one.address, "mark": one.mark, "asked_at": one.asked_at.isoformat()}
        for role, one in pending.items()
    }


def pending_from_row(row: _Row) -> dict[AddressRole, PendingAddress]:
    """What `pending_to_row` wrote."""
    return {
        AddressRole(role): PendingAddress(one["address"], one["mark"], datetime.fromisoformat(one["asked_at"]))
        for role, one in row.items()
    }

"""Table of the offices' keys; rows are found by the digest of the key."""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute, UnicodeSetAttribute
from pynamodb.expressions.update import Action

from chalicelib.domain.api_keys import ApiKey, Scope
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found, table_name
from chalicelib.storage.digests import name_digest
from chalicelib.storage.writes import Writes


class ApiKeyRow(Row):
    """One key."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("api_keys")

    digest = UnicodeAttribute(hash_key=True)
    key_id = UnicodeAttribute()
    office = UnicodeAttribute()
    scopes = UnicodeSetAttribute()
    created_at = MomentAttribute()
    revoked_at = MomentAttribute(null=True)


class StoredApiKeys:
    """`ports.ApiKeys` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def find(self, secret: str) -> ApiKey | None:
        """One read."""
        row = found(ApiKeyRow, name_digest(secret))
        return key_from_row(row) if row else None

    def add(self, secret: str, key: ApiKey) -> None:
        """One put."""
        row = ApiKeyRow(
            name_digest(secret),
            key_id=key.key_id,
            office=key.office,
            scopes={scope.value for scope in key.scopes},
            created_at=key.created_at,
        )
        self._writes.put(row)

    def revoke(self, key: ApiKey, now: datetime) -> None:
        """One update, if it is there."""
        revoke: list[Action] = [ApiKeyRow.revoked_at.set(ApiKeyRow.revoked_at | now)]
        self._writes.update(ApiKeyRow(key.digest), revoke, ApiKeyRow.key_id.exists())


def key_from_row(row: ApiKeyRow) -> ApiKey:
    """The key that a row holds."""
    scopes = frozenset(Scope(scope) for scope in row.scopes)
    return ApiKey(row.key_id, row.digest, row.office, scopes, row.created_at, row.revoked_at)

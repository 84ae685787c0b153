"""How moments stand in a table: epoch seconds, UTC."""

from datetime import UTC, datetime

from pynamodb.attributes import Attribute
from pynamodb.constants import NUMBER


class MomentAttribute(Attribute[datetime]):
    """An aware moment, kept to the second."""

    attr_type = NUMBER

    def serialize(self, value: datetime) -> str:
        """Epoch seconds as DynamoDB's number text."""
        return str(int(value.timestamp()))

    def deserialize(self, value: str) -> datetime:
        """The moment in UTC."""
        return datetime.fromtimestamp(int(value), UTC)

"""What stands between a stream and its function.

Source: AWS Lambda, "Configuring error handling" and "partial batch response" of DynamoDB streams: a batch that failed
as a whole is halved, one with records handed back comes again from the first of them; what fails to the end is parked.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
ATTEMPTS = 3


@dataclass
class EventSource:
    """Brings records to a function, in order, until it took them or is given up."""

    function: Callable[[list[Record]], Any]
    parked: list[str] = field(default_factory=list)

    def bring(self, records: list[Record], attempt: int = 1) -> None:
        """One batch, as often as it takes."""
        if not records:
            return
        if attempt > ATTEMPTS:
            self.parked += [_number(record) for record in records]
            return
        try:
            failed = {failure["itemIdentifier"] for failure in self.function(records)["batchItemFailures"]}
        except Exception:  # noqa: BLE001 - whatever it is, the stream only sees that it failed
            self._halve(records, attempt)
            return
        numbers = [_number(record) for record in records]
        assert failed <= set(numbers), "handed back what was never brought: the whole batch counts as failed"
        if failed:
            self.bring(records[min(map(numbers.index, failed)) :], attempt + 1)

    def _halve(self, records: list[Record], attempt: int) -> None:
        middle = len(records) // 2
        self.bring(records[:middle], attempt)
        self.bring(records[middle:], attempt if middle else attempt + 1)


def _number(record: Record) -> str:
    return str(record["dynamodb"]["SequenceNumber"])

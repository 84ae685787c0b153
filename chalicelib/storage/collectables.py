"""Applications that are ready, found by receiver or by office; an index says which, their own rows say what."""

from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application
from chalicelib.domain.procedures import Procedure, Record
from chalicelib.domain.receivers import receiver_key
from chalicelib.domain.verdicts import Collectable
from chalicelib.storage.application_parts import review_from_row
from chalicelib.storage.application_rows import WHOLE, ApplicationRow
from chalicelib.storage.connection import found_together, reaching_the_store
from chalicelib.storage.digests import Digest


def pickup_key(application: Application, digest: Digest) -> str | None:
    """Under which an application waits for its receiver; None while it does not."""
    record = application.record
    if not application.awaits_receiver:
        return None
    return _key(record.receiver_name, application.procedure, record.office, digest)


class StoredCollectables:
    """`ports.Collectables` on DynamoDB."""

    def __init__(self, digest: Digest) -> None:
        self._digest = digest

    def of_receiver(self, name: str, procedure: Procedure, office: str, limit: int) -> list[Collectable]:
        """One query of the index, and one batch read; what was handed over meanwhile is left out."""
        key = _key(name, procedure, office, self._digest)
        numbers, _ = _numbers(ApplicationRow.to_collect, key, limit)
        return [_collectable(row) for row in _rows(numbers) if row.pickup == key]

    def of_office(
        self, office: str, state: State, limit: int, after: str | None = None
    ) -> tuple[list[Collectable], str | None]:
        """One query of the office's index, and one batch read."""
        key = f"{office}#{state.value}"
        beyond: Condition | None = ApplicationRow.changed_key > after if after else None
        numbers, last = _numbers(ApplicationRow.of_office, key, limit, beyond)
        return [_collectable(row) for row in _rows(numbers) if row.office_state == key], last


def _key(name: str, procedure: Procedure, office: str, digest: Digest) -> str:
    return f"{digest(receiver_key(name))}#{procedure.value}#{office}"


def _numbers(index: Any, key: str, limit: int, beyond: Condition | None = None) -> tuple[list[str], str | None]:
    with reaching_the_store():
        page = next(index.query(key, beyond, page_size=limit).page_iter)
    last = page.get("LastEvaluatedKey")
    return [item["application_number"]["S"] for item in page["Items"]], last["changed_key"]["S"] if last else None


def _rows(numbers: list[str]) -> list[ApplicationRow]:
    found = found_together([(ApplicationRow, (number, WHOLE)) for number in numbers])
    return [row for row in found if isinstance(row, ApplicationRow)]


def _collectable(row: ApplicationRow) -> Collectable:
    record = Record(**row.record)
    plate_number = review_from_row(row.review).plate_number or record.plate_number
    return Collectable(row.application_number, Procedure(row.procedure), record, plate_number, row.changed_at)

"""Applications on DynamoDB: read by one query, written as what differs, listed by what is due, office and filer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.domain.application_refusals import ApplicationMoved, ApplicationNumberTaken
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application, ApplicationLine, ApplicationPage
from chalicelib.domain.charges import PaymentMethod
from chalicelib.domain.procedures import Attachment, AttachmentState, Procedure, Record
from chalicelib.ports import StoreUnavailable
from chalicelib.storage.application_parts import (
    Body,
    change_from_row,
    change_to_row,
    charge_from_row,
    charge_to_row,
    day_from_row,
    day_to_row,
    notice_from_row,
    notice_to_row,
    review_from_row,
    review_to_row,
    seal_of,
)
from chalicelib.storage.application_rows import WHOLE, ApplicationRow
from chalicelib.storage.collectables import pickup_key
from chalicelib.storage.connection import found_together, reaching_the_store
from chalicelib.storage.digests import Digest
from chalicelib.storage.writes import Writes

SHARDS = 4
_LAST_SECOND = 9_999_999_999
_READS = 4
_CHARGE, _HISTORY, _NOTICE = "charge#", "history#", "notice#"


class StoredApplications:
    """`ports.Applications` on DynamoDB."""

    def __init__(self, writes: Writes, digest: Digest) -> None:
        self._writes = writes
        self._digest = digest

    def find(self, application_number: str) -> Application | None:
        """One query of its partition; again, while a change was being stored in the middle of it."""
        for _ in range(_READS):
            with reaching_the_store():
                rows = list(ApplicationRow.query(application_number, consistent_read=True))
            whole = next((row for row in rows if row.entry == WHOLE), None)
            if whole is None:
                return None
            parts = [row for row in rows if row.entry != WHOLE]
            application = _from_rows(whole, parts)
            if whole.seal == seal_of(application):
                return application
        raise StoreUnavailable("torn")

    def password_hash_of(self, application_number: str) -> str | None:
        """One read."""
        (row,) = found_together([(ApplicationRow, (application_number, WHOLE))])
        return row.password_hash if isinstance(row, ApplicationRow) else None

    def add(self, application: Application) -> None:
        """One put, and one for each of its parts."""
        self._writes.put(
            _to_row(application, self._digest), ApplicationRow.version.does_not_exist(), ApplicationNumberTaken
        )
        for part in _parts(application).values():
            self._writes.put(part)

    def change(self, before: Application, after: Application) -> None:
        """One conditional put, and one for each part that is new or differs."""
        self._writes.put(_to_row(after, self._digest), ApplicationRow.version == before.version, ApplicationMoved)
        known = _bodies(before)
        for entry, part in _parts(after).items():
            if known.get(entry) != part.body:
                self._writes.put(part)

    def due(self, now: datetime) -> Iterator[str]:
        """One query per shard."""
        for shard in range(SHARDS):
            with reaching_the_store():
                for key in ApplicationRow.due.query(str(shard), ApplicationRow.due_at <= now):
                    yield key.application_number

    def of_office(
        self, office: str, state: State, limit: int, *, since: datetime | None = None, after: str | None = None
    ) -> ApplicationPage:
        """One query of the office's index."""
        return _page(ApplicationRow.of_office, _office_state(office, state), limit, _beyond(since, after))

    def of_filer(
        self,
        filer_suffix: str,
        limit: int,
        *,
        state: State | None = None,
        since: datetime | None = None,
        after: str | None = None,
    ) -> ApplicationPage:
        """One query of the filer's index; other states than `state` are left out of the page that was read."""
        is_wanted: Condition | None = ApplicationRow.state == state.value if state else None
        return _page(ApplicationRow.of_filer, filer_suffix, limit, _beyond(since, after), is_wanted)


def _beyond(since: datetime | None, after: str | None) -> Condition | None:
    start = after or (_moment_key(since) if since else None)
    return ApplicationRow.changed_key > start if start else None


def _page(
    index: Any, key: str, limit: int, beyond: Condition | None, wanted: Condition | None = None
) -> ApplicationPage:
    with reaching_the_store():
        found = index.query(key, beyond, filter_condition=wanted, page_size=limit)
        page = next(found.page_iter)
    rows = [ApplicationRow.from_raw_data(item) for item in page["Items"]]
    last = page.get("LastEvaluatedKey")
    return ApplicationPage(tuple(map(_line, rows)), last["changed_key"]["S"] if last else None)


def _line(row: ApplicationRow) -> ApplicationLine:
    return ApplicationLine(
        application_number=row.application_number,
        procedure=Procedure(row.procedure),
        state=State(row.state),
        filed_at=row.filed_at,
        changed_at=row.changed_at,
        updated_at=row.updated_at,
        due_on=day_from_row(row.due_on),
    )


def _moment_key(moment: datetime) -> str:
    """Epoch seconds that sort as text: ten digits, whatever moment is asked for."""
    return f"{min(max(int(moment.timestamp()), 0), _LAST_SECOND):010d}"


def _office_state(office: str, state: State) -> str:
    return f"{office}#{state.value}"


def _shard_of(application_number: str) -> str:
    return str(sum(map(int, application_number)) % SHARDS)


def _to_row(application: Application, digest: Digest) -> ApplicationRow:
    return ApplicationRow(
        application.application_number,
        WHOLE,
        **_index_keys(application, digest),
        procedure=application.procedure.value,
        state=application.state.value,
        filed_at=application.filed_at,
        changed_at=application.changed_at,
        updated_at=application.last_updated_at,
        record={name: text for name, text in vars(application.record).items() if text},
        password_hash=application.password_hash,
        language=application.language,
        method=application.method.value,
        notification_email=application.notification_email,
        payer_suffix=application.payer_suffix,
        attachments={one.value: state.value for one, state in application.attachments.items()},
        review=review_to_row(application.review),
        is_recording_agent_usable=application.is_recording_agent_usable,
        due_on=day_to_row(application.due_on),
        reminded=application.reminded,
        pickup_code=application.pickup_code,
        version=application.version,
        seal=seal_of(application),
    )


def _index_keys(application: Application, digest: Digest) -> dict[str, Any]:
    number, due_at = application.application_number, application.next_moment
    return {
        "due_shard": _shard_of(number) if due_at else None,
        "due_at": due_at,
        "office_state": _office_state(application.record.office, application.state),
        "filer_suffix": application.filer_suffix,
        "pickup": pickup_key(application, digest),
        "changed_key": f"{_moment_key(application.last_updated_at)}#{number}",
    }


def _parts(application: Application) -> dict[str, ApplicationRow]:
    number = application.application_number
    return {entry: ApplicationRow(number, entry, body=body) for entry, body in _bodies(application).items()}


def _bodies(application: Application) -> dict[str, Body]:
    return {
        **{f"{_CHARGE}{at}#{one.kind.value}": charge_to_row(one) for at, one in enumerate(application.charges)},
        **{f"{_HISTORY}{at:04d}": change_to_row(one) for at, one in enumerate(application.history)},
        **{f"{_NOTICE}{at:04d}": notice_to_row(one) for at, one in enumerate(application.notices)},
    }


def _from_rows(whole: ApplicationRow, parts: list[ApplicationRow]) -> Application:
    return Application(
        application_number=whole.application_number,
        procedure=Procedure(whole.procedure),
        state=State(whole.state),
        filed_at=whole.filed_at,
        changed_at=whole.changed_at,
        updated_at=whole.updated_at,
        record=Record(**whole.record),
        password_hash=whole.password_hash,
        language=whole.language,
        method=PaymentMethod(whole.method),
        notification_email=whole.notification_email,
        filer_suffix=whole.filer_suffix,
        payer_suffix=whole.payer_suffix,
        attachments={Attachment(one): AttachmentState(state) for one, state in whole.attachments.items()},
        review=review_from_row(whole.review),
        is_recording_agent_usable=bool(whole.is_recording_agent_usable),
        due_on=day_from_row(whole.due_on),
        reminded=int(whole.reminded or 0) or None,
        pickup_code=whole.pickup_code,
        charges=tuple(charge_from_row(row.body) for row in parts if row.entry.startswith(_CHARGE)),
        notices=tuple(notice_from_row(row.body) for row in parts if row.entry.startswith(_NOTICE)),
        history=tuple(change_from_row(row.body) for row in parts if row.entry.startswith(_HISTORY)),
        version=int(whole.version),
    )

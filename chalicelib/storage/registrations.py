"""Table of 仮登録."""

from datetime import datetime

from pynamodb.attributes import JSONAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.domain.letters import Delivery, LetterName
from chalicelib.domain.refusals import RegistrationMoved
from chalicelib.domain.registrations import Registration, RegistrationState
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found, table_name
from chalicelib.storage.holders import holder_from_row, holder_to_row
from chalicelib.storage.writes import Writes


class RegistrationRow(Row):
    """One provisional registration, kept 7 days past the death of its link."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("registrations")

    registration_id = UnicodeAttribute(hash_key=True)
    management_email = UnicodeAttribute()
    holder = JSONAttribute()
    language = UnicodeAttribute()
    registered_at = MomentAttribute()
    expires_at = MomentAttribute()
    mailed_at = MomentAttribute()
    letter_id = UnicodeAttribute()
    letter_name = UnicodeAttribute()
    delivery = UnicodeAttribute()
    state = UnicodeAttribute()
    id_suffix = UnicodeAttribute(null=True)
    ttl = MomentAttribute()


def _to_row(registration: Registration) -> RegistrationRow:
    return RegistrationRow(
        registration.registration_id,
        management_email=registration.management_email,
        holder=holder_to_row(registration.holder),
        language=registration.language,
        registered_at=registration.registered_at,
        expires_at=registration.expires_at,
        mailed_at=registration.mailed_at,
        letter_id=registration.letter_id,
        letter_name=registration.letter_name.value,
        delivery=registration.delivery.value,
        state=registration.state.value,
        id_suffix=registration.id_suffix,
        ttl=registration.kept_until,
    )


def _from_row(row: RegistrationRow) -> Registration:
    return Registration(
        registration_id=row.registration_id,
        management_email=row.management_email,
        holder=holder_from_row(row.holder),
        language=row.language,
        registered_at=row.registered_at,
        mailed_at=row.mailed_at,
        letter_id=row.letter_id,
        letter_name=LetterName(row.letter_name),
        delivery=Delivery(row.delivery),
        state=RegistrationState(row.state),
        id_suffix=row.id_suffix,
    )


def _is_open(now: datetime) -> Condition:
    is_pending: Condition = RegistrationRow.state == RegistrationState.PENDING.value
    both: Condition = is_pending & (RegistrationRow.expires_at > now)
    return both


class StoredRegistrations:
    """`ports.Registrations` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def find(self, registration_id: str) -> Registration | None:
        """One read."""
        row = found(RegistrationRow, registration_id)
        return _from_row(row) if row else None

    def add(self, registration: Registration) -> None:
        """One put, if the id is new."""
        condition = RegistrationRow.registration_id.does_not_exist()
        self._writes.put(_to_row(registration), condition, RegistrationMoved)

    def mail_again(self, before: Registration, after: Registration, now: datetime) -> None:
        """One update, if nobody mailed since `before` was read."""
        self._writes.update(
            RegistrationRow(before.registration_id),
            [
                RegistrationRow.mailed_at.set(after.mailed_at),
                RegistrationRow.letter_id.set(after.letter_id),
                RegistrationRow.delivery.set(after.delivery.value),
            ],
            _is_open(now)
            & (RegistrationRow.letter_id == before.letter_id)
            & (RegistrationRow.mailed_at == before.mailed_at),
            RegistrationMoved,
        )

    def complete(self, registration: Registration, id_suffix: str, now: datetime) -> None:
        """One update, if it is pending and alive."""
        after = registration.completed(id_suffix)
        self._writes.update(
            RegistrationRow(registration.registration_id),
            [RegistrationRow.state.set(after.state.value), RegistrationRow.id_suffix.set(id_suffix)],
            _is_open(now),
            RegistrationMoved,
        )

    def note_delivery(self, registration_id: str, letter_id: str, delivery: Delivery) -> None:
        """One update, if the letter is the newest."""
        self._writes.update(
            RegistrationRow(registration_id),
            [RegistrationRow.delivery.set(delivery.value)],
            RegistrationRow.letter_id == letter_id,
            RegistrationMoved,
        )

"""Table of unfinished forms; rows are found by the digest of the cookie's random name."""

from datetime import datetime

from pynamodb.attributes import JSONAttribute, UnicodeAttribute
from pynamodb.exceptions import UpdateError
from pynamodb.expressions.update import Action

from chalicelib.domain.drafts import DRAFT_LIFETIME, Draft
from chalicelib.domain.refusals import DraftGone, SubmissionTaken
from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, found, table_name
from chalicelib.storage.digests import name_digest
from chalicelib.storage.writes import Writes


class DraftRow(Row):
    """One unfinished form."""

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("drafts")

    draft = UnicodeAttribute(hash_key=True)
    capability = UnicodeAttribute()
    typed = JSONAttribute()
    submission_id = UnicodeAttribute(null=True)
    outcome = UnicodeAttribute(null=True)
    expires_at = MomentAttribute()
    ttl = MomentAttribute()


def _from_row(name: str, row: DraftRow) -> Draft:
    return Draft(name, row.capability, row.expires_at, row.typed, row.submission_id, row.outcome)


def _to_row(draft: Draft) -> DraftRow:
    return DraftRow(
        name_digest(draft.name),
        capability=draft.capability,
        typed=dict(draft.values),
        submission_id=draft.submission_id,
        outcome=draft.result,
        expires_at=draft.expires_at,
        ttl=draft.expires_at,
    )


class StoredDrafts:
    """`ports.Drafts` on DynamoDB."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes

    def resume(self, name: str, now: datetime) -> Draft:
        """One call that reads and prolongs; what is settled keeps its own end, for one call more."""
        row = DraftRow(name_digest(name))
        expires_at = now + DRAFT_LIFETIME
        prolong: list[Action] = [DraftRow.expires_at.set(expires_at), DraftRow.ttl.set(expires_at)]
        try:
            self._writes.update_at_once(row, prolong, (DraftRow.expires_at > now) & DraftRow.outcome.does_not_exist())
        except UpdateError:
            return self.find(name, now)
        return _from_row(name, row)

    def find(self, name: str, now: datetime) -> Draft:
        """One read."""
        row = found(DraftRow, name_digest(name))
        if row is None or row.expires_at <= now:
            raise DraftGone
        return _from_row(name, row)

    def keep(self, draft: Draft) -> None:
        """One put in the transaction."""
        self._writes.put(_to_row(draft))

    def change(self, before: Draft, after: Draft, now: datetime) -> None:
        """One conditional put in the transaction."""
        outcome = DraftRow.outcome
        is_as_read = outcome == before.result if before.result else outcome.does_not_exist()
        self._writes.put(_to_row(after), is_as_read & (DraftRow.expires_at > now), SubmissionTaken)

    def settle(self, draft: Draft, now: datetime) -> None:
        """One conditional put in the transaction."""
        is_open = DraftRow.outcome.does_not_exist() & (DraftRow.expires_at > now)
        self._writes.put(_to_row(draft), is_open & (DraftRow.submission_id == draft.submission_id), SubmissionTaken)

    def discard(self, name: str) -> None:
        """One delete in the transaction."""
        self._writes.delete(DraftRow(name_digest(name)))

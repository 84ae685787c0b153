"""Table of 申請: each is a partition, so that one query gives all that a status page shows."""

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection

from chalicelib.storage.attributes import MomentAttribute
from chalicelib.storage.connection import Row, TableMeta, table_name

WHOLE = "application"
_LINE = ["procedure", "state", "filed_at", "changed_at", "updated_at", "due_on"]


class DueApplications(GlobalSecondaryIndex["ApplicationRow"]):
    """Applications for which something is to be done at a certain moment; they leave it when nothing is."""

    class Meta:
        """A projection of the keys."""

        index_name = "due"
        projection = KeysOnlyProjection()

    due_shard = UnicodeAttribute(hash_key=True)
    due_at = MomentAttribute(range_key=True)


class ApplicationsOfOffice(GlobalSecondaryIndex["ApplicationRow"]):
    """Applications of an office in one state, those that changed longest ago first."""

    class Meta:
        """What a list shows, and nothing about people."""

        index_name = "office"
        projection = IncludeProjection(_LINE)

    office_state = UnicodeAttribute(hash_key=True)
    changed_key = UnicodeAttribute(range_key=True)


class ApplicationsOfFiler(GlobalSecondaryIndex["ApplicationRow"]):
    """Applications that one account's software filed, those that changed longest ago first."""

    class Meta:
        """What a list shows, and nothing about people."""

        index_name = "filer"
        projection = IncludeProjection(_LINE)

    filer_suffix = UnicodeAttribute(hash_key=True)
    changed_key = UnicodeAttribute(range_key=True)


class ApplicationsToCollect(GlobalSecondaryIndex["ApplicationRow"]):
    """Applications that a receiver with a code of its own can collect; they leave it when they are handed over."""

    class Meta:
        """A projection of the keys."""

        index_name = "pickup"
        projection = KeysOnlyProjection()

    pickup = UnicodeAttribute(hash_key=True)
    changed_key = UnicodeAttribute(range_key=True)


class ApplicationRow(Row):
    """An application (`entry` is "application"), or one of its charges, changes and notices, which have only `body`.

    `seal` tells whether what was read of it belongs together: a query may meet a transaction half done.
    """

    class Meta(TableMeta):
        """Where it is kept."""

        table_name = table_name("applications")

    application_number = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute(range_key=True)
    due = DueApplications()
    of_office = ApplicationsOfOffice()
    of_filer = ApplicationsOfFiler()
    to_collect = ApplicationsToCollect()
    due_shard = UnicodeAttribute(null=True)
    due_at = MomentAttribute(null=True)
    office_state = UnicodeAttribute(null=True)
    filer_suffix = UnicodeAttribute(null=True)
    pickup = UnicodeAttribute(null=True)
    changed_key = UnicodeAttribute(null=True)
    body = JSONAttribute(null=True)
    procedure = UnicodeAttribute(null=True)
    state = UnicodeAttribute(null=True)
    filed_at = MomentAttribute(null=True)
    changed_at = MomentAttribute(null=True)
    updated_at = MomentAttribute(null=True)
    record = JSONAttribute(null=True)
    password_hash = UnicodeAttribute(null=True)
    language = UnicodeAttribute(null=True)
    method = UnicodeAttribute(null=True)
    notification_email = UnicodeAttribute(null=True)
    payer_suffix = UnicodeAttribute(null=True)
    attachments = JSONAttribute(null=True)
    review = JSONAttribute(null=True)
    is_recording_agent_usable = BooleanAttribute(null=True)
    due_on = UnicodeAttribute(null=True)
    reminded = NumberAttribute(null=True)
    pickup_code = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    seal = UnicodeAttribute(null=True)

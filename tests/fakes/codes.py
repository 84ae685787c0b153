"""Two-dimensional codes, who collects with them, and what can be collected, in memory."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application
from chalicelib.domain.code_refusals import CodeMoved, LookupKeyTaken, ReceiverMoved
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import QrCode
from chalicelib.domain.receivers import Receiver, receiver_key
from chalicelib.domain.verdicts import Collectable, collectable
from tests.fakes.rows import Plan, Reach, Rows, Write


class FakeQrCodes:
    """`ports.QrCodes`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def find(self, lookup_key: str) -> QrCode | None:
        """The code, dead or alive."""
        with self._reach() as rows:
            return rows.qr_codes.get(lookup_key)

    def add(self, code: QrCode) -> None:
        """Store a new one."""
        key = code.lookup_key
        self._plan(
            Write(
                f"code {key}",
                lambda rows: rows.qr_codes.update({key: code}),
                lambda rows: key not in rows.qr_codes,
                LookupKeyTaken,
            )
        )

    def redeem(self, before: QrCode, after: QrCode) -> None:
        """Store its use."""
        key = before.lookup_key

        def is_as_read(rows: Rows) -> bool:
            stored = rows.qr_codes.get(key)
            return stored is not None and stored.revoked_at is None and _used_at(stored) == _used_at(before)

        self._plan(Write(f"code {key}", lambda rows: rows.qr_codes.update({key: after}), is_as_read, CodeMoved))


def _used_at(code: QrCode) -> datetime | None:
    return code.redemption.at if code.redemption else None


class FakeReceivers:
    """`ports.Receivers`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def find(self, name: str) -> Receiver | None:
        """The receiver of that name."""
        with self._reach() as rows:
            return rows.receivers.get(receiver_key(name))

    def add(self, receiver: Receiver) -> None:
        """Store a new one."""
        self._put(receiver, lambda stored: stored is None)

    def change(self, before: Receiver, after: Receiver) -> None:
        """Store the changed one."""
        self._put(after, lambda stored: stored is not None and stored.version == before.version)

    def _put(self, receiver: Receiver, holds: Callable[[Receiver | None], bool]) -> None:
        key = receiver_key(receiver.name)
        self._plan(
            Write(
                f"receiver {key}",
                lambda rows: rows.receivers.update({key: receiver}),
                lambda rows: holds(rows.receivers.get(key)),
                ReceiverMoved,
            )
        )


class FakeCollectables:
    """`ports.Collectables`. As in the table, a shelf that is full leads on, even where nothing follows."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def of_receiver(self, name: str, procedure: Procedure, office: str, limit: int) -> list[Collectable]:
        """What waits for that receiver."""
        key = receiver_key(name), procedure, office
        theirs = self._keyed(lambda one: one.awaits_receiver and _waits_for(one) == key)
        return [collectable(one) for one in list(theirs.values())[:limit]]

    def of_office(
        self, office: str, state: State, limit: int, after: str | None = None
    ) -> tuple[list[Collectable], str | None]:
        """An office's shelf."""
        theirs = self._keyed(lambda one: (one.record.office, one.state) == (office, state))
        shown = [key for key in theirs if after is None or key > after][:limit]
        return [collectable(theirs[key]) for key in shown], shown[-1] if len(shown) == limit else None

    def _keyed(self, is_wanted: Callable[[Application], bool]) -> dict[str, Application]:
        with self._reach() as rows:
            wanted = [one for one in rows.applications.values() if is_wanted(one)]
        keys = {f"{int(one.last_updated_at.timestamp()):010d} {one.application_number}": one for one in wanted}
        return dict(sorted(keys.items()))


def _waits_for(application: Application) -> tuple[str, Procedure, str]:
    record = application.record
    return receiver_key(record.receiver_name), application.procedure, record.office

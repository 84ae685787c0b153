"""Applications and what opens them, in memory."""

from collections.abc import Callable, Iterator
from datetime import datetime

from chalicelib.domain.application_refusals import ApplicationMoved, ApplicationNumberTaken, PasscodeMoved
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application, ApplicationLine, ApplicationPage
from chalicelib.domain.enquiries import Enquiry
from chalicelib.domain.passcodes import Addressee, Passcode
from tests.fakes.rows import Plan, Reach, Rows, Write


class FakeApplications:
    """`ports.Applications`. As in the table, a page that is full leads on, even where nothing follows."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def find(self, application_number: str) -> Application | None:
        """All of it."""
        with self._reach() as rows:
            return rows.applications.get(application_number)

    def password_hash_of(self, application_number: str) -> str | None:
        """The hash of its password."""
        found = self.find(application_number)
        return found.password_hash if found else None

    def add(self, application: Application) -> None:
        """Store a new one."""
        number = application.application_number
        self._put(application, lambda rows: number not in rows.applications, ApplicationNumberTaken)

    def change(self, before: Application, after: Application) -> None:
        """Store what differs."""

        def is_as_read(rows: Rows) -> bool:
            stored = rows.applications.get(before.application_number)
            return stored is not None and stored.version == before.version

        self._put(after, is_as_read, ApplicationMoved)

    def due(self, now: datetime) -> Iterator[str]:
        """Those whose next moment has come."""
        with self._reach() as rows:
            moments = [(one.next_moment, number) for number, one in rows.applications.items()]
        yield from (number for moment, number in moments if moment is not None and moment <= now)

    def of_office(
        self, office: str, state: State, limit: int, *, since: datetime | None = None, after: str | None = None
    ) -> ApplicationPage:
        """An office's applications in one state."""
        with self._reach() as rows:
            theirs = [one for one in rows.applications.values() if (one.record.office, one.state) == (office, state)]
        return _page(theirs, limit, since, after)

    def of_filer(
        self,
        filer_suffix: str,
        limit: int,
        *,
        state: State | None = None,
        since: datetime | None = None,
        after: str | None = None,
    ) -> ApplicationPage:
        """Those that an account's software filed: a page is read first, then what is not wanted is left out."""
        with self._reach() as rows:
            theirs = [one for one in rows.applications.values() if one.filer_suffix == filer_suffix]
        page = _page(theirs, limit, since, after)
        return ApplicationPage(tuple(line for line in page.lines if state in {None, line.state}), page.after)

    def _put(
        self,
        application: Application,
        holds: Callable[[Rows], bool],
        meaning: type[ApplicationMoved] | type[ApplicationNumberTaken],
    ) -> None:
        number = application.application_number
        self._plan(
            Write(f"application {number}", lambda rows: rows.applications.update({number: application}), holds, meaning)
        )


def _page(applications: list[Application], limit: int, since: datetime | None, after: str | None) -> ApplicationPage:
    start = after or (_second(since) if since else "")
    keys = {f"{_second(one.last_updated_at)} {one.application_number}": one for one in applications}
    shown = sorted(key for key in keys if key > start)[:limit]
    return ApplicationPage(tuple(_line(keys[key]) for key in shown), shown[-1] if len(shown) == limit else None)


def _second(moment: datetime) -> str:
    return f"{min(max(int(moment.timestamp()), 0), 9_999_999_999):010d}"


def _line(application: Application) -> ApplicationLine:
    return ApplicationLine(
        application_number=application.application_number,
        procedure=application.procedure,
        state=application.state,
        filed_at=application.filed_at,
        changed_at=application.changed_at,
        updated_at=application.last_updated_at,
        due_on=application.due_on,
    )


class FakeEnquiries:
    """`ports.Enquiries`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def find(self, name: str, application_number: str) -> Enquiry | None:
        """The one of that name, if it is for that application."""
        with self._reach() as rows:
            enquiry = rows.enquiries.get(name)
            return enquiry if enquiry and enquiry.application_number == application_number else None

    def add(self, enquiry: Enquiry) -> None:
        """Store a new one."""
        self._plan(Write(f"enquiry {enquiry.name}", lambda rows: rows.enquiries.update({enquiry.name: enquiry})))

    def end(self, name: str) -> None:
        """Forget it."""

        def forget(rows: Rows) -> None:
            rows.enquiries.pop(name, None)

        self._plan(Write(f"enquiry {name}", forget))


class FakePasscodes:
    """`ports.Passcodes`."""

    def __init__(self, reach: Reach, plan: Plan) -> None:
        self._reach = reach
        self._plan = plan

    def find(self, application_number: str) -> Passcode | None:
        """The newest."""
        with self._reach() as rows:
            return rows.passcodes.get(application_number)

    def look_up(self, application_number: str) -> tuple[Passcode | None, Passcode | None, Addressee | None]:
        """The newest, the newest decoy, and to whom the next might be mailed."""
        with self._reach() as rows:
            own, decoy = (rows.passcodes.get(_place(application_number, is_decoy=one)) for one in (False, True))
            whole = rows.applications.get(application_number)
        if whole is None or not whole.notification_email:
            return own, decoy, None
        return own, decoy, Addressee(whole.notification_email, whole.language)

    def issue(self, before: Passcode | None, after: Passcode) -> None:
        """Store the next one."""
        self._put(after, lambda stored: _turn(stored) == _turn(before))

    def use(self, passcode: Passcode, now: datetime) -> None:
        """It let somebody in, and does so once."""
        is_unused = passcode.digest != "" and now < passcode.expires_at
        self._put(passcode.used(), lambda stored: is_unused and stored is not None and stored.digest == passcode.digest)

    def _put(self, passcode: Passcode, holds: Callable[[Passcode | None], bool]) -> None:
        place = _place(passcode.application_number, is_decoy=passcode.is_decoy)
        self._plan(
            Write(
                f"passcode {place}",
                lambda rows: rows.passcodes.update({place: passcode}),
                lambda rows: holds(rows.passcodes.get(place)),
                PasscodeMoved,
            )
        )


def _place(application_number: str, *, is_decoy: bool) -> str:
    return f"{application_number} of strangers" if is_decoy else application_number


def _turn(passcode: Passcode | None) -> tuple[datetime, int] | None:
    return (passcode.hour, passcode.issued) if passcode else None

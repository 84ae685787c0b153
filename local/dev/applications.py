"""Applications nobody filed: one in each state of each procedure, and keys of offices that do not exist."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.domain import application_moves as moves
from chalicelib.domain.api_keys import HELPDESK, ApiKey, Scope
from chalicelib.domain.application_moves import Billing
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_states import IN_BULK, IN_BULK_STATES, State, states_of
from chalicelib.domain.applications import Actor, Application, Reason
from chalicelib.domain.charges import PaymentMethod, PaymentReport
from chalicelib.domain.deadlines import day_of
from chalicelib.domain.offices import OFFICES
from chalicelib.domain.procedures import PROCEDURES, Attachment, Procedure, Record
from chalicelib.holidays import working_day
from chalicelib.wiring import World

APPLICATION_PASSWORD = "umi-no-mieru-oka-no-ue"  # noqa: S105 - anybody's, on this machine alone
OFFICE = "TK01"
RECEIVER = "見本行政書士事務所（12345678）"
_NOTIFIED = "notice.office@example.jp"
_DIGITS = 24
_AGES = {"filed": 5, "paid": 4, "taxed": 3, "judged": 2, "ended": 1}
_RECORD = Record(
    plate_number="品川-580-さ-1234",
    chassis_number="AX01-0000001",
    model="5BA-AX01",
    applicant_name="見本行政書士事務所",
    user_name="見本　太郎",
    owner_name="見本　太郎",
    owner_name_extended="見本　太郎",
    office=OFFICE,
    recording_agent_number="KIROKU0001",
    recording_agent_name="見本自動車整備",
    receiver_name=RECEIVER,
    insurance_reference="HOKEN-0000001",
    compliance_reference="TEKIGO-0000001",
    completion_reference="KANSEI-0000001",
)
_ASKED = (
    Reason("chassis_number", "完成検査終了証の車台番号と一致していません。"),
    Reason("user_name", "使用者名の表記を確認してください。"),
)
_NO_REASON = (Reason("", "提出された書類では、審査の基準を満たしていることを確認できませんでした。"),)
_UNREADABLE = (Reason(Attachment.INSURANCE.reference, "document_reference_unreadable", is_code=True),)
Told = dict[str, Any]


@dataclass(frozen=True)
class _Course:
    """Leads one application from its filing on; each step happens some days ago."""

    world: World
    procedure: Procedure
    is_bulk: bool
    serial: int

    def at(self, age: str) -> datetime:
        """When a step happened."""
        return self.world.now() - timedelta(days=_AGES[age], minutes=self.serial)

    @property
    def billing(self) -> Billing:
        """Payment numbers of nobody, and a tax to pay."""
        return Billing(self.world.new_digits(_DIGITS), working_day, environmental_tax=12300)

    def filed(self) -> Application:
        """An application that nothing was done about yet."""
        now = self.at("filed")
        known = PROCEDURES[self.procedure].fields
        return Application(
            application_number=application_number(now, self.procedure, f"{self.serial:03d}"),
            procedure=self.procedure,
            state=State.NOT_ACCEPTED,
            filed_at=now,
            changed_at=now,
            record=Record(**{name: getattr(_RECORD, name) for name in known}),
            password_hash="",
            language="ja",
            method=PaymentMethod.BULK if self.is_bulk else PaymentMethod.INDIVIDUAL,
            notification_email=_NOTIFIED,
            filer_suffix="DB1024",
            payer_suffix="DB1024" if self.is_bulk else None,
        )

    def paid(self, application: Application, age: str) -> Application:
        """The application once its open charge was paid."""
        charge = application.open_charge
        if charge is None:
            raise LookupError(application.state)
        report = PaymentReport(charge.kind, charge.amount, day_of(self.at(age)))
        return moves.paid(application, report, self.at(age), self.billing)


def _due(course: _Course) -> Application:
    return moves.accepted(course.filed(), course.billing)


def _taxed(course: _Course) -> Application:
    return course.paid(_due(course), "paid")


def _reviewed(course: _Course) -> Application:
    application = course.paid(_taxed(course), "taxed")
    return moves.documents_obtained(
        application, (Attachment.INSURANCE,), course.at("taxed"), is_recording_agent_usable=True
    )


def _asked(course: _Course, application: Application) -> Application:
    due_on: date = working_day(day_of(course.world.now()) + timedelta(days=5))
    return moves.correction_asked(application, _ASKED, due_on, course.at("judged"))


def _passed(course: _Course) -> Application:
    day = day_of(course.at("judged"))
    plate = "練馬-480-あ-12" if course.procedure is Procedure.NEW_VEHICLE else ""
    everything = PROCEDURES[course.procedure].attachments[:2]
    application = moves.documents_obtained(_reviewed(course), everything, course.at("judged"))
    return moves.review_passed(application, day, plate, course.at("judged"), course.billing)


def _taxed_again(course: _Course) -> Application:
    return moves.review_passed(_passed(course), day_of(course.at("judged")), "", course.at("ended"), course.billing)


def _ready(course: _Course) -> Application:
    if course.procedure is Procedure.NEW_VEHICLE:
        return course.paid(_taxed_again(course), "ended")
    return moves.ready(_passed(course), course.at("ended"))


_WAYS: dict[State, Callable[[_Course], Application]] = {
    State.NOT_ACCEPTED: lambda course: moves.not_accepted(course.filed(), _UNREADABLE),
    State.INSPECTION_FEE_DUE: _due,
    State.WEIGHT_TAX_DUE: _taxed,
    State.INSPECTION_REVIEW: _reviewed,
    State.INSPECTION_CORRECTION: lambda course: _asked(course, _reviewed(course)),
    State.TAX_REVIEW: _passed,
    State.TAX_CORRECTION: lambda course: _asked(course, _passed(course)),
    State.ENVIRONMENTAL_TAX_DUE: _taxed_again,
    State.READY_TO_RETURN: _ready,
    State.READY_TO_ISSUE: _ready,
    State.RETURNED: lambda course: moves.handed_over(_ready(course), course.world.now()),
    State.ISSUED: lambda course: moves.handed_over(_ready(course), course.world.now()),
    State.WITHDRAWN: lambda course: moves.withdrawn(
        _asked(course, _reviewed(course)), Actor.APPLICANT, course.at("ended")
    ),
    State.VOID: lambda course: moves.voided(_due(course), _NO_REASON, course.at("ended")),
    State.REJECTED: lambda course: moves.rejected(_reviewed(course), _NO_REASON, course.at("ended")),
}
# What a counter hands over together.
_MORE = ((Procedure.CONTINUATION, State.READY_TO_RETURN),) * 3
_DUE = {bulk: due for due, bulk in IN_BULK.items()}


def make_applications(world: World) -> list[Told]:
    """One application in each state of each procedure, and more to collect, made when there is none yet."""
    with world.begin() as work:
        known = work.applications.of_filer("DB1024", 100).lines
    if known:
        return [_told(line.application_number, line.procedure, line.state) for line in known]
    password_hash = world.hasher.hash(APPLICATION_PASSWORD)
    made: list[Told] = []
    each = [(procedure, state) for procedure in Procedure for state in states_of(procedure)]
    for procedure, state in (*each, *_MORE):
        course = _Course(world, procedure, state in IN_BULK_STATES, len(made))
        application = _WAYS[_DUE.get(state, state)](course)
        _store(world, application, password_hash)
        made.append(_told(application.application_number, procedure, application.state))
    return made


def _store(world: World, application: Application, password_hash: str) -> None:
    with world.begin() as work:
        work.applications.add(replace(application, password_hash=password_hash))


def _told(number: str, procedure: Procedure, state: State) -> Told:
    return {
        "application_number": number,
        "application_password": APPLICATION_PASSWORD,
        "procedure": procedure.value,
        "state": state.value,
        "office": OFFICE,
        "notification_email": _NOTIFIED,
    }


_KEYS = {
    "mihon-key-of-the-tokyo-office-01": (OFFICE, frozenset({Scope.READ, Scope.WRITE, Scope.PAYMENTS})),
    "mihon-key-of-the-osaka-office-01": ("OS01", frozenset({Scope.READ, Scope.WRITE, Scope.PAYMENTS})),
    "mihon-key-of-the-helpdesk-000001": (HELPDESK, frozenset({Scope.READ, Scope.UNLOCK})),
}


def make_api_keys(world: World) -> list[Told]:
    """Keys that open nothing but this machine."""
    for position, (secret, (office, scopes)) in enumerate(_KEYS.items(), 1):
        with world.begin() as work:
            work.api_keys.add(secret, ApiKey(f"mihon-{position}", "", office, scopes, world.now()))
    return [
        {"api_key": secret, "office": office, "scopes": sorted(scopes)} for secret, (office, scopes) in _KEYS.items()
    ]


def told_offices() -> list[Told]:
    """The offices there are."""
    return [dict(vars(office)) for office in OFFICES.values()]

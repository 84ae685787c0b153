"""Stored applications for the expiry job: some that fall due now, among any number of others."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bench.environment import REGION
from bench.stock import Stock
from chalicelib.domain.application_moves import Billing, accepted, correction_asked, paid, voided
from chalicelib.domain.application_numbers import RANDOM_DIGITS, application_number
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application, Reason
from chalicelib.domain.charges import PAYMENT_DAYS, PaymentReport
from chalicelib.domain.deadlines import day_of
from chalicelib.domain.procedures import Procedure, Record
from chalicelib.storage.application_rows import ApplicationRow
from chalicelib.storage.applications import SHARDS
from chalicelib.wiring import World

KINDS = ("reminder", "unpaid", "uncorrected")
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_OLD = timedelta(days=400)
_DIGITS = "012345678901234567890123"
_RECORD = Record(
    plate_number="品川-580-さ-1234",
    chassis_number="AX01-0000001",
    applicant_name="見本行政書士事務所",
    user_name="見本太郎",
    office="TK01",
    insurance_reference="HOKEN-0000001",
    compliance_reference="TEKIGO-0000001",
)
_ASKED = (Reason("chassis_number", "番号が一致していません。"),)


def due_application(position: int, now: datetime, kind: str) -> Application:
    """An application for which the job has something to do at `now`; `position` tells it from others."""
    age = PAYMENT_DAYS * _DAY - _WEEK + _DAY if kind == "reminder" else (PAYMENT_DAYS + 1) * _DAY
    filed_at = now - age - timedelta(seconds=position)
    application = accepted(_unfiled(filed_at, position), _billing())
    return _in_correction(application, day_of(now - _DAY)) if kind == "uncorrected" else application


def _unfiled(filed_at: datetime, position: int) -> Application:
    return Application(
        application_number=_number(filed_at, position),
        procedure=Procedure.CONTINUATION,
        state=State.NOT_ACCEPTED,
        filed_at=filed_at,
        changed_at=filed_at,
        record=_RECORD,
        password_hash="",
        language="ja",
        notification_email=f"applicant{position:06d}@example.jp",
        filer_suffix="CA6288",
    )


def _billing() -> Billing:
    return Billing(_DIGITS, settle=lambda day: day)


def _under_review(application: Application) -> Application:
    """Both charges were paid at once."""
    at = application.filed_at
    for _ in range(2):
        charge = application.charges[-1]
        application = paid(application, PaymentReport(charge.kind, charge.amount, day_of(at)), at, _billing())
    return application


def _in_correction(application: Application, due_on: date) -> Application:
    return correction_asked(_under_review(application), _ASKED, due_on, application.filed_at)


def _number(moment: datetime, position: int) -> str:
    return application_number(moment, Procedure.CONTINUATION, f"{position % 10**RANDOM_DIGITS:0{RANDOM_DIGITS}d}")


def populate(world: World, stored: int, due: int) -> None:
    """So many applications, of which the job has something to do for `due`: a third of each kind."""
    now = world.now()
    patterns = _not_due(now)
    _store(world, [due_application(position, now, KINDS[position % len(KINDS)]) for position in range(due)])
    _store(world, patterns)
    _multiply(patterns, stored - due - len(patterns), now)


def _store(world: World, applications: Iterable[Application]) -> None:
    for application in applications:
        with world.begin() as work:
            work.applications.add(application)


def _not_due(now: datetime) -> list[Application]:
    """Applications for which there is nothing to do yet, or never: newly filed, reviewed, in correction, ended."""
    news = [accepted(_unfiled(now - timedelta(minutes=position), position), _billing()) for position in range(4)]
    return [
        news[0],
        _under_review(news[1]),
        _in_correction(news[2], day_of(now + PAYMENT_DAYS * _DAY)),
        voided(news[3], _ASKED, now),
    ]


def _multiply(patterns: list[Application], count: int, now: datetime) -> None:
    """Store `count` more applications like these, filed one a second since a day long ago."""
    stock, oldest = Stock(ApplicationRow.Meta.table_name, REGION), now - _OLD
    for position in range(count):
        pattern = patterns[position % len(patterns)]
        number = _number(oldest + timedelta(seconds=position), position)
        values = {
            "application_number": number,
            "due_shard": str(sum(map(int, number)) % SHARDS),
            "changed_key": f"{int(pattern.changed_at.timestamp()):010d}#{number}",
        }
        stock.add_like(pattern.application_number, values)

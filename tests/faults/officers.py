"""The counter, who works there, and what lies on its shelf."""

from tests.code_builders import OFFICE
from tests.fakes.outside import FakeHasher
from tests.faults.rows import Found, Rows
from tests.faults.stage import Stage
from tests.usecases.applications.steps import OWN
from tests.usecases.codes.steps import (
    CLERK,
    COLLEAGUE,
    EXAMINER,
    SECOND_ONE,
    STRANGER,
    THIRD_ONE,
    CounterDesk,
)

HERE, ELSEWHERE = (OWN, SECOND_ONE), THIRD_ONE


def at_the_counter(stage: Stage) -> CounterDesk:
    """Where receivers, applicants and officers take their steps."""
    return CounterDesk(stage.begin, stage.dice, FakeHasher())


def has_officers(stage: Stage) -> None:
    """They work here, one of them at another office."""
    at_the_counter(stage).employ(CLERK, COLLEAGUE, EXAMINER, STRANGER)


def has_ready(stage: Stage) -> None:
    """A receiver, for whom two applications are ready here and one elsewhere."""
    desk = at_the_counter(stage)
    desk.enrol()
    for number in HERE:
        desk.has_ready(number)
    desk.has_ready(ELSEWHERE, office=STRANGER.office)


def the_code(after: Rows, key: str) -> Found:
    """One of them."""
    (code,) = (row for row in after.qr_codes if row["lookup_key"] == key)
    return code


def deeds(after: Rows, office: str = OFFICE) -> list[str]:
    """What was done at an office, in the order of the log."""
    return [row["deed"] for row in after.audit if row["office_day"].startswith(office)]

"""An application, and everybody who does something with it."""

from datetime import date
from typing import Any

from chalicelib.domain.application_states import State
from chalicelib.domain.deadlines import end_of
from chalicelib.storage.application_rows import WHOLE
from tests.fakes.outside import FakeHasher
from tests.faults.rows import Found, Rows
from tests.faults.stage import Stage
from tests.faults.trial import Act
from tests.usecases.applications import steps
from tests.usecases.applications.steps import OWN, ApplicationDesk

TO = steps.TO
END = end_of(date(2019, 10, 8))
"""The first moment after the deadline of what `has` gives."""


def at_the_desk(stage: Stage) -> ApplicationDesk:
    """Where people and systems take their steps."""
    return ApplicationDesk(stage.begin, stage.dice, FakeHasher())


def has(state: State = State.INSPECTION_FEE_DUE, **other: Any) -> Act:
    """An application in this state, whose letters so far are long gone."""

    def prepare(stage: Stage) -> None:
        at_the_desk(stage).has(state, **other)

    return prepare


def whole_applications(after: Rows) -> list[Found]:
    """The rows that say what state each is in."""
    return [row for row in after.applications if row["entry"] == WHOLE]


def the_application(after: Rows, number: str = OWN) -> Found:
    """One of them."""
    (whole,) = (row for row in whole_applications(after) if row["application_number"] == number)
    return whole

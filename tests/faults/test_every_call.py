"""Every AWS call of every use case and job, met by every fault that can hit it: nothing is lost, nothing is doubled."""

from collections.abc import Callable

import pytest

from tests.faults.answers import MAIL, TRANSACTION
from tests.faults.counting import POINTS
from tests.faults.stage import Stage
from tests.faults.table import CASES
from tests.faults.trial import Case, Trial

DOUBLING = {
    (MAIL, "answer lost"),
    (MAIL, "answered 500"),
    (MAIL, "killed after"),
    (TRANSACTION, "not sent"),
    (TRANSACTION, "throttled"),
    (TRANSACTION, "in the way of a transaction"),
    (TRANSACTION, "transaction in progress"),
    (TRANSACTION, "killed before"),
}
"""Between a mail and our note of it: SES's answer is lost, or the note of it does not come about."""


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_fault_at_any_call_loses_or_doubles_anything(
    stage: Stage, case: Case, record_property: Callable[[str, object], None]
) -> None:
    trial = _tried(stage, case)
    record_property(POINTS, trial.points)
    if trial.failures:
        pytest.fail("\n" + "\n".join(trial.failures), pytrace=False)


def test_a_letter_goes_out_twice_only_when_the_answer_or_our_note_of_it_was_lost(stage: Stage) -> None:
    (case,) = (case for case in CASES if case.name == "a letter is posted")
    assert _tried(stage, case).doubled == DOUBLING


def _tried(stage: Stage, case: Case) -> Trial:
    case.prepare(stage)
    trial = Trial(stage, case, stage.keep())
    trial.run()
    return trial

"""Every AWS call of every use case and job, met by every fault that can hit it: nothing is lost, nothing is doubled."""

from collections.abc import Callable

import pytest

from tests.faults.counting import POINTS
from tests.faults.stage import Stage
from tests.faults.table import CASES
from tests.faults.trial import Case, Trial


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_fault_at_any_call_loses_or_doubles_anything(
    stage: Stage, case: Case, record_property: Callable[[str, object], None]
) -> None:
    case.prepare(stage)
    trial = Trial(stage, case, stage.keep())
    trial.run()
    record_property(POINTS, trial.points)
    if trial.failures:
        pytest.fail("\n" + "\n".join(trial.failures), pytrace=False)

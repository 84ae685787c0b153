"""受取者認証兼受取車両個別申告用二次元コード under faults."""

from chalicelib.capabilities.status.usecases_code import single_code
from chalicelib.domain.application_moves import handed_over
from chalicelib.domain.code_refusals import NotReadyToCollect
from tests.faults.applicants import the_application
from tests.faults.officers import at_the_counter
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Case, again
from tests.usecases.applications.steps import LATER, OWN


def _has_one(stage: Stage) -> None:
    at_the_counter(stage).has_ready()


def _issue(stage: Stage) -> object:
    """And look at it, as the browser is led there."""
    at_the_counter(stage).issue_single()
    return single_code(stage.begin, OWN)[1].lookup_key


def _news_come_in(stage: Stage) -> None:
    at_the_counter(stage).tell_news("event-1")


def _it_is_collected(stage: Stage) -> None:
    at_the_counter(stage).tell(lambda one: handed_over(one, LATER))


def _is_issued_unless_collected(stage: Stage, after: Rows) -> None:
    """Collected before, there is none; collected afterwards, there was one."""
    assert len(after.qr_codes) == ("pickup_code" in the_application(after))
    assert after.qr_codes or not at_the_counter(stage).stored().is_ready


CASES = (
    Case(
        "issue a single vehicle's code while it is collected",
        _has_one,
        _issue,
        again(_issue, NotReadyToCollect),
        _is_issued_unless_collected,
        rivals=(_issue, _news_come_in, _it_is_collected),
        refusals=(NotReadyToCollect,),
    ),
)
